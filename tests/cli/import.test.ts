import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUserWithKey, callDocument, callDocuments, ndjson, send } from './client.ts';
import { Workplace } from './workplace.ts';

const place = new Workplace();
let key: string;
beforeAll(async () => {
  key = await addUserWithKey(place.data, 'plum');
});
afterAll(() => place.remove());

const importCalls = (...words: readonly string[]) => ['import', 'calls', ...words, '--login', 'plum'];
const storedLike = (pattern: string) =>
  place.rows(`SELECT call_id FROM documents WHERE call_id LIKE '${pattern}'`).length;
const zero = { stored: 0, replaced: 0, unchanged: 0, stale: 0, rejected: [] };

describe('import calls', () => {
  it('takes several files in, compressed ones too, and counts what became of each', async () => {
    const revised = [callDocument('a-0', { revision: 2 }), callDocument('a-0', { revision: 1 }), callDocument('a-1')];
    place.write('first.ndjson', ndjson(callDocuments(3, 'a')));
    place.write('second.ndjson.gz', gzipSync(`${ndjson(revised)}\n\n`));
    expect(await place.run(importCalls('first.ndjson', 'second.ndjson.gz'))).toEqual({
      code: 0,
      signal: null,
      stdout:
        'first.ndjson: 3 stored, 0 replaced, 0 unchanged, 0 stale, 0 rejected\n' +
        'second.ndjson.gz: 0 stored, 1 replaced, 1 unchanged, 1 stale, 0 rejected\n',
      stderr: '',
    });
  });

  it('reads standard input, and prints the same counts as JSON', async () => {
    const stdin = ndjson([callDocument('a-2'), callDocument('a-3')]);
    expect(JSON.parse(await place.output([...importCalls('-'), '--json'], { stdin }))).toEqual([
      { file: 'standard input', resumed_at: 0, unreadable: 0, summary: { ...zero, stored: 1, unchanged: 1 } },
    ]);
  });

  it("reads what a shell's <(…) gives", async () => {
    place.write('piped.ndjson', ndjson(callDocuments(2, 'pipe')));
    const voxgauge = `'${process.execPath}' '${import.meta.dirname}/../../bin/voxgauge.js'`;
    const line = `${voxgauge} import calls <(cat piped.ndjson) --login plum`;
    const { code, stdout, stderr } = await place.startProgram('bash', ['-c', line]).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^\d+: 2 stored, 0 replaced, 0 unchanged, 0 stale, 0 rejected\n$/);
  });

  it('takes nothing where one of the files is not there', async () => {
    place.write('there.ndjson', ndjson(callDocuments(1, 'missing')));
    expect(await place.run(importCalls('there.ndjson', 'not-there.ndjson'))).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `voxgauge: there is no file ${place.path('not-there.ndjson')}; name a file that is there, or - for standard input\n`,
    });
    expect(storedLike('missing-%')).toBe(0);
  });

  it('tells what was taken of a compressed file that breaks off', async () => {
    const whole = gzipSync(ndjson(callDocuments(3000, 'broken')), { level: 1 });
    place.write('good.ndjson', ndjson(callDocuments(2, 'good')));
    place.write('broken.ndjson.gz', whole.subarray(0, whole.length - 100));
    const { code, stdout, stderr } = await place.run(importCalls('good.ndjson', 'broken.ndjson.gz'));
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'voxgauge: broken.ndjson.gz cannot be read to its end: unexpected end of file; run the same command again with a copy that is whole\n',
    });
    const stored = storedLike('broken-%');
    expect(stdout).toBe(
      'good.ndjson: 2 stored, 0 replaced, 0 unchanged, 0 stale, 0 rejected\n' +
        `broken.ndjson.gz: ${stored} stored, 0 replaced, 0 unchanged, 0 stale, 0 rejected\n`,
    );

    place.write('broken.ndjson.gz', whole);
    const again = await place.output(importCalls('broken.ndjson.gz'));
    expect(again).toBe(
      `broken.ndjson.gz: ${3000 - stored} stored, 0 replaced, ${stored} unchanged, 0 stale, 0 rejected`,
    );
  });

  it('refuses a file that is no gzip file though its name says so', async () => {
    place.write('plain.ndjson.gz', ndjson(callDocuments(1, 'plain')));
    expect(await place.run(importCalls('plain.ndjson.gz'))).toMatchObject({
      code: 1,
      stderr:
        'voxgauge: plain.ndjson.gz cannot be read to its end: incorrect header check; run the same command again with a copy that is whole\n',
    });
  });

  it('works while the server takes calls in, and no call is lost on either way', async () => {
    const server = await place.serve();
    place.write('beside.ndjson', ndjson(callDocuments(3000, 'beside')));
    const beside = place.start(importCalls('beside.ndjson'));
    let hasEnded = false;
    beside.ended.finally(() => {
      hasEnded = true;
    });
    let sent = 0;
    const sender = async (name: number) => {
      for (let count = 0; !hasEnded; count += 1) {
        const response = await send(server.address, key, callDocument(`sent-${name}-${count}`));
        expect(response.status).toBe(200);
        sent += 1;
      }
    };
    await Promise.all([sender(0), sender(1), sender(2)]);
    expect(await beside.ended).toMatchObject({
      code: 0,
      stdout: 'beside.ndjson: 3000 stored, 0 replaced, 0 unchanged, 0 stale, 0 rejected\n',
    });
    expect({ sent: storedLike('sent-%'), imported: storedLike('beside-%') }).toEqual({ sent, imported: 3000 });
    expect(await place.json(['verify'])).toMatchObject({ differences: 0 });
  });
});
