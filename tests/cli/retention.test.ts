import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUserWithKey, callDocument, callDocuments, ndjson } from './client.ts';
import { Workplace } from './workplace.ts';

const place = new Workplace();
beforeAll(async () => {
  await addUserWithKey(place.data, 'plum');
  const inMarch = callDocument('march', { started_at: '2018-03-20T10:20:00Z', ended_at: null, events: [] });
  const stdin = ndjson([...callDocuments(20, 'c'), inMarch]);
  await place.output(['import', 'calls', '-', '--login', 'plum'], { stdin });
});
afterAll(() => place.remove());

const sums = () => place.rows('SELECT * FROM number_days ORDER BY day');
const thisMonth = new Date().toISOString().slice(0, 7);

describe('retention', () => {
  it('says that all documents are kept while none were dropped', async () => {
    expect(await place.output(['retention'])).toBe('all documents are kept');
    expect(await place.json(['retention'])).toEqual({ kept_from: null });
  });

  it.each(['2018-13', '2018-00', '2018-3', '2018', '2018-02-01', '2018-W07', 'march', ''])(
    'refuses to drop before %s, which is no month',
    async (before) => {
      expect(await place.run(['retention', 'drop', '--before', before])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: `voxgauge: --before must be a month, YYYY-MM, got "${before}"\n`,
      });
    },
  );

  it.each([thisMonth, '9999-12'])('refuses to drop before %s, which is not over', async (before) => {
    expect(await place.run(['retention', 'drop', '--before', before])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `voxgauge: --before must be a month that is over, for at least the current one must be kept, got ${before}\n`,
    });
    expect(await place.json(['retention'])).toEqual({ kept_from: null });
  });

  it('asks for the month', async () => {
    const { code, stderr } = await place.run(['retention', 'drop']);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('--before <month>') });
  });

  it('drop removes the documents of the time before, while a server runs, and changes no figure', async () => {
    const server = await place.serve();
    const before = sums();
    const said = await place.output(['retention', 'drop', '--before', '2018-03']);
    expect(said).toBe('20 documents removed; kept from 2018-03 on, and all figures are as they were');
    expect(sums()).toEqual(before);
    expect(place.rows('SELECT call_id FROM documents')).toEqual([{ call_id: 'march' }]);
    server.signal('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });

  it('says from which month on documents are kept', async () => {
    expect(await place.output(['retention'])).toBe(
      'documents are kept from 2018-03 on; the figures of the time before are final',
    );
    expect(await place.json(['retention'])).toEqual({ kept_from: '2018-03' });
  });

  it('drop of what is gone does nothing, nor does an earlier month', async () => {
    for (const before of ['2018-03', '2017-01']) {
      expect(await place.json(['retention', 'drop', '--before', before])).toEqual({
        kept_from: '2018-03',
        documents: 0,
      });
    }
  });

  it('has verify and rebuild say which figures they are about', async () => {
    const text = await place.output(['verify']);
    expect(text).toMatch(/^1 calls, \d+ rows of sums from 2018-03-03 on, 0 that differ$/);
    expect(await place.json(['verify'])).toMatchObject({ documents: 1, differences: 0, compared_from: '2018-03-03' });
    const before = sums();
    expect(await place.output(['rebuild'])).toBe('made the figures from 2018-03-03 on anew from 1 calls');
    expect(sums()).toEqual(before);
  });

  it('has documents of the time before kept as rejects that cannot be taken', async () => {
    const stdin = ndjson([callDocument('c-1'), callDocument('late')]);
    const { code, stdout, stderr } = await place.run(['import', 'calls', '-', '--login', 'plum'], { stdin });
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'standard input: 0 stored, 0 replaced, 0 unchanged, 0 stale, 2 rejected\n',
    });
    expect(stderr.split('\n')[1]).toBe(
      'standard input, call 2 (late): /started_at must not be before 2018-03, the first month (in UTC) whose calls are kept: the figures of the time before are final',
    );
    expect(await place.json(['rejects', 'list'])).toMatchObject([
      { call: 'c-1', path: '/started_at' },
      { call: 'late', path: '/started_at' },
    ]);
    expect(await place.run(['rejects', 'retry', '--all'])).toMatchObject({
      code: 1,
      stdout: '0 taken, 2 still rejected\n',
    });
  });
});
