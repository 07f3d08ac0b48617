import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUserWithKey, callDocuments, send } from './client.ts';
import { type RunningServer, until, Workplace } from './workplace.ts';

const place = new Workplace();
let server: RunningServer;
let key: string;
beforeAll(async () => {
  key = await addUserWithKey(place.data, 'plum');
  server = await place.serve();
  expect((await send(server.address, key, callDocuments(20, 'c'))).status).toBe(200);
});
afterAll(() => place.remove());

describe('verify', () => {
  it('finds nothing while nothing is wrong', async () => {
    const text = await place.output(['verify']);
    const [, rows = ''] = /^20 calls, (\d+) rows of sums, 0 that differ$/.exec(text) ?? [];
    expect(Number(rows)).toBeGreaterThan(5);
    const found = { differences: 0, examples: [], compared_from: null, recounting: [] };
    const report = { documents: 20, rows: Number(rows), ...found };
    expect(await place.json(['verify'])).toEqual(report);
  });

  it('names a row whose sum was changed, and fails; rebuild makes it right while the server runs', async () => {
    const database = new DatabaseSync(join(place.data, 'voxgauge.db'), { timeout: 10_000 });
    database.exec('UPDATE number_days SET calls = calls + 1; DELETE FROM caller_days');
    database.close();
    const { code, stdout, stderr } = await place.run(['verify']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^20 calls, \d+ rows of sums, 3 that differ\n$/);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^number_days 1 \+16173990000 17569: stored 21 600000 .*, expected 20 600000 /),
      expect.stringMatching(/^caller_days 1 \+16173990000 17569 \+18005550142: stored no row, expected 20$/),
      // The callers are packed once more beside their rows, and no longer what the rows are.
      expect.stringMatching(/^caller_sets 1 \+16173990000 17569: stored 1, expected 0$/),
      'voxgauge: the figures are not what the stored calls say; "voxgauge rebuild" makes them anew',
      '',
    ]);
    const asJson = await place.run(['verify', '--json']);
    expect(asJson.code).toBe(1);
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      differences: 3,
      examples: [
        { rollup: 'number_days' },
        { rollup: 'caller_days', stored: null, expected: [20] },
        { rollup: 'caller_sets', stored: [1], expected: [0] },
      ],
    });

    expect(await place.output(['rebuild'])).toBe('made all figures anew from 20 calls');
    expect(await place.json(['rebuild'])).toEqual({ documents: 20 });
    expect(await place.json(['verify'])).toMatchObject({ documents: 20, differences: 0 });
  });
});

describe('backup', () => {
  it('is consistent while the server takes calls in, and opens as another data folder', async () => {
    let answered = 0;
    let hasEnded = false;
    const sender = async (name: number) => {
      for (let count = 0; !hasEnded; count += 1) {
        const documents = callDocuments(5, `${name}-${count}`);
        expect((await send(server.address, key, documents)).status).toBe(200);
        answered += documents.length;
      }
    };
    const senders = [sender(0), sender(1)];
    const before = await until(() => (answered >= 50 ? answered : undefined), server);
    const said = await place.output(['backup', 'copy.db']);
    hasEnded = true;
    await Promise.all(senders);
    expect(said).toBe(
      'wrote copy.db; to restore it, put it into an empty folder as voxgauge.db, and name the folder in VOXGAUGE_DATA',
    );

    const restored = place.path('restored');
    mkdirSync(restored);
    copyFileSync(place.path('copy.db'), join(restored, 'voxgauge.db'));
    const environment = { VOXGAUGE_DATA: restored };
    const report = JSON.parse(await place.output(['verify', '--json'], { environment }));
    expect(report).toMatchObject({ differences: 0 });
    expect(report.documents).toBeGreaterThanOrEqual(20 + before);
    expect(report.documents).toBeLessThanOrEqual(20 + answered);
    expect(await place.output(['user', 'list'], { environment })).toMatch(/plum {3}administrator {2}active$/);
  });

  it('says what to do where the file cannot be written', async () => {
    place.write('there.db', '');
    const exists = place.run(['backup', 'there.db']);
    const noFolder = place.run(['backup', 'nowhere/copy.db']);
    expect(await exists).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `voxgauge: no backup was made: ${place.path('there.db')} exists; name a file that does not\n`,
    });
    expect(await noFolder).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `voxgauge: there is no folder ${place.path('nowhere')}; make it, or name another\n`,
    });
    expect(await place.json(['backup', 'other.db'])).toEqual({ file: 'other.db' });
  });
});
