import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUserWithKey, callsIn, logIn, report } from './client.ts';
import { type RunningServer, repository, Workplace } from './workplace.ts';

const masterCsv = join(repository, 'tests/data/asterisk/Master.csv');
const place = new Workplace();
let server: RunningServer;
beforeAll(async () => {
  await addUserWithKey(place.data, 'plum');
  server = await place.serve();
});
afterAll(() => place.remove());

const importCdr = (file: string) => ['import', 'asterisk-cdr', file, '--login', 'plum', '--zone', 'America/New_York'];

describe('import asterisk-cdr', () => {
  it("makes 6 calls of the sample's 13 rows, and figures that do not change when it is taken in again", async () => {
    const { authorization } = await logIn(server.address, { login: 'plum' });
    const figures = async () => (await report(server.address, authorization, '20240126/20240129/day/ALL')).text;
    expect(await place.output(importCdr(masterCsv))).toBe(
      'Master.csv: 6 stored, 0 replaced, 0 unchanged, 0 stale, 0 rejected',
    );
    const first = await figures();
    expect(callsIn(first)).toBe(6);

    place.write('Master.csv.gz', gzipSync(readFileSync(masterCsv)));
    expect(await place.json(importCdr('Master.csv.gz'))).toEqual([
      {
        file: 'Master.csv.gz',
        resumed_at: 0,
        unreadable: 0,
        summary: { stored: 0, replaced: 0, unchanged: 6, stale: 0, rejected: [] },
      },
    ]);
    expect(await figures()).toBe(first);
    expect(await place.json(['verify'])).toMatchObject({ documents: 6, differences: 0 });
  });

  it('names the rows that it cannot read, takes the others, and fails', async () => {
    const [row = ''] = readFileSync(masterCsv, 'utf8').split('\n');
    const wrong = row.replace('2024-01-27 15:07:24', 'yesterday').replaceAll('1706368044.0', '1706368045.0');
    const { code, stdout, stderr } = await place.run(importCdr('-'), { stdin: `${row}\n${wrong}\n` });
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'standard input: 0 stored, 0 replaced, 1 unchanged, 0 stale, 0 rejected, 1 unreadable\n',
    });
    expect(stderr).toMatch(/^standard input, line 2, start: .*"yesterday".*\n/);
    expect(stderr).toMatch(
      /\nvoxgauge: not everything was taken; correct the lines that are named above, and import the file again\n$/,
    );
  });
});
