import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUserWithKey, callDocument, ndjson } from './client.ts';
import { until, Workplace } from './workplace.ts';

const place = new Workplace();
beforeAll(() => addUserWithKey(place.data, 'plum'));
afterAll(() => place.remove());

const documents = 20_000;
/** Places of documents that are rejected: one that the killed run takes, and one that the next run takes. */
const wrong: ReadonlySet<number> = new Set([17, documents - 5]);
const documentAt = (_: unknown, index: number) =>
  callDocument(`c-${index}`, wrong.has(index) ? { direction: 'sideways' } : {});
const words = ['import', 'calls', 'calls.ndjson', '--login', 'plum'];

interface Summary {
  readonly stored: number;
  readonly unchanged: number;
  readonly rejected: readonly { readonly index: number; readonly id: string }[];
}

interface Imported {
  readonly resumed_at: number;
  readonly summary: Summary;
}

describe('an import that was killed', () => {
  it('goes on where it was when it is run again, and counts the whole file', async () => {
    place.write('calls.ndjson', ndjson(Array.from({ length: documents }, documentAt)));
    const killed = place.start(words);
    await until(() => place.rows('SELECT 1 FROM imports WHERE documents_done >= 2000')[0], killed);
    killed.signal('SIGKILL');
    expect(await killed.ended).toMatchObject({ signal: 'SIGKILL', stdout: '' });
    const [left] = place.rows('SELECT documents_done FROM imports');
    const { documents_done: done } = left ?? {};
    expect(done).toBeLessThan(documents);

    const again = await place.run([...words, '--json']);
    expect(again.code).toBe(1);
    const said = again.stderr
      .split('\n')
      .filter((line) => !/^calls\.ndjson: \d+ calls, \d+ %, \d+ a second$/.test(line));
    expect(said).toEqual([
      `calls.ndjson: goes on after ${done} calls that an earlier run has taken`,
      'voxgauge: not everything was taken; "voxgauge rejects list" shows the documents that are kept with the reason',
      '',
    ]);
    const [imported]: Imported[] = JSON.parse(again.stdout);
    expect(imported?.resumed_at).toBe(done);
    const { stored = 0, unchanged = 0, rejected = [] } = imported?.summary ?? {};
    // What was stored in the moment of the kill, but not yet counted, is met again as unchanged.
    expect(stored + unchanged).toBe(documents - wrong.size);
    expect(rejected.map(({ index, id }) => [index, id])).toEqual([...wrong].map((index) => [index, `c-${index}`]));
    expect(await place.json(['verify'])).toMatchObject({ documents: documents - wrong.size, differences: 0 });
    expect(place.rows('SELECT * FROM imports')).toEqual([]);
  });

  it('starts from the beginning with --restart, and changes no figure', async () => {
    const killed = place.start(words);
    await until(() => place.rows('SELECT 1 FROM imports WHERE documents_done >= 1000')[0], killed);
    killed.signal('SIGKILL');
    await killed.ended;
    const again = await place.run([...words, '--restart', '--json']);
    const [imported]: Imported[] = JSON.parse(again.stdout);
    expect(imported).toMatchObject({ resumed_at: 0, summary: { stored: 0, unchanged: documents - wrong.size } });
    expect(place.rows('SELECT calls FROM owner_days')).toEqual([{ calls: documents - wrong.size }]);
  });
});
