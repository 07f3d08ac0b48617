import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollupNames } from '../../src/domain/rollups.ts';
import { openStore } from '../../src/store/open.ts';
import { addUserWithKey, callDocument, callDocuments, callsIn, logIn, ndjson, report, send } from './client.ts';
import { until, Workplace } from './workplace.ts';

/** Calls of 2018-02-07 in New York; in Auckland it is the next day, in Honolulu the same. */
const place = new Workplace();
const count = 8000;
let key: string;

beforeAll(async () => {
  key = await addUserWithKey(place.data, 'plum');
  await place.output(['import', 'calls', '-', '--login', 'plum'], { stdin: ndjson(callDocuments(count, 'c')) });
});
afterAll(() => place.remove());

const set = (...words: readonly string[]) => ['account', 'set', 'plum', ...words];
const toZone = (zone: string) => set('--time-zone', zone);

/** Calls by day, past the program. */
const days = (folder = place.data) => place.rows('SELECT day, calls FROM owner_days ORDER BY day', folder);
const february = (day: number) => 17_562 + day;

/** Changes the zone past the program, and begins to count. */
async function leaveUncounted(timeZone: string): Promise<void> {
  const nowMs = Date.now();
  const store = await openStore({ kind: 'sqlite', folder: place.data }, { observer: { committed: () => {} }, nowMs });
  const [{ accountId } = { accountId: 0 }] = await store.accounts.list();
  await store.accounts.setTimeZone(accountId, timeZone);
  const stop = () => {
    throw new Error('that is enough');
  };
  await expect(store.calls.recountNext(accountId, stop)).rejects.toThrow('that is enough');
  await store.close();
}

describe('account set --time-zone', () => {
  it.each(['Mars/Olympus', 'EST5', ''])('refuses %j, which is no zone', async (zone) => {
    expect(await place.run(toZone(zone))).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `voxgauge: --time-zone must be an IANA name such as America/New_York or UTC, got "${zone}"\n`,
    });
  });

  it('of an account that does not exist says so', async () => {
    expect(await place.run(['account', 'set', 'pear', '--time-zone', 'UTC'])).toMatchObject({
      code: 1,
      stderr: 'voxgauge: there is no account "pear"; "voxgauge account list" shows those that are\n',
    });
  });

  it('moves all calls to the days of the zone, also in a server that runs, and calls that come in are of it', async () => {
    const server = await place.serve();
    const { authorization } = await logIn(server.address, { login: 'plum' });
    const on = async (day: string) =>
      callsIn((await report(server.address, authorization, `${day}/${day}/day/ALL`)).text);
    expect([await on('20180207'), await on('20180208')]).toEqual([count, 0]);
    const done = 'all calls of account plum count by the days of Pacific/Auckland';
    expect(await place.output(toZone('Pacific/Auckland'))).toBe(done);
    expect([await on('20180207'), await on('20180208')]).toEqual([0, count]);
    expect((await send(server.address, key, callDocument('later'))).status).toBe(200);
    expect(await on('20180208')).toBe(count + 1);
    expect(await place.json(['verify'])).toMatchObject({ documents: count + 1, differences: 0, recounting: [] });
    server.signal('SIGTERM');
    expect((await server.ended).code).toBe(0);
  });

  it('of the zone that it is changes nothing', async () => {
    const before = place.rows('SELECT * FROM accounts');
    expect(await place.json(toZone('Pacific/Auckland'))).toEqual({
      name: 'plum',
      time_zone: 'Pacific/Auckland',
      country: 'US',
      week_start: 1,
      allow_input: false,
    });
    expect(place.rows('SELECT * FROM accounts')).toEqual(before);
  });

  it('that was killed has counted a part, and the same command counts the rest', async () => {
    const running = place.start(toZone('Pacific/Honolulu'));
    const found = 'SELECT documents_done FROM recounts WHERE zone_revision = 2 AND documents_done > 0';
    await until(() => place.rows(found)[0], running);
    running.signal('SIGKILL');
    await running.ended;
    expect(days().map(({ day }) => day)).toEqual([february(7), february(8)]);
    expect(days().reduce((sum, { calls }) => sum + Number(calls), 0)).toBe(count + 1);
    await place.output(toZone('Pacific/Honolulu'));
    expect(days()).toEqual([{ day: february(7), calls: count + 1 }]);
    expect(await place.json(['verify'])).toMatchObject({ differences: 0, recounting: [] });
  });

  it('that was killed is brought to its end by a server that starts', async () => {
    const running = place.start(toZone('Pacific/Auckland'));
    const found = 'SELECT documents_done FROM recounts WHERE zone_revision = 3 AND documents_done > 0';
    await until(() => place.rows(found)[0], running);
    running.signal('SIGKILL');
    await running.ended;
    expect(days().length).toBe(2);
    const server = await place.serve();
    await until(() => (days().length === 1 ? true : undefined), server);
    expect(days()).toEqual([{ day: february(8), calls: count + 1 }]);
    server.signal('SIGTERM');
    expect((await server.ended).code).toBe(0);
    expect(await place.json(['account', 'list'])).toMatchObject([{ name: 'plum', recount: null }]);
  });
});

describe('while an account is counted anew', () => {
  const zone = 'America/New_York';
  beforeAll(() => leaveUncounted(zone));

  it('account list says how far it is', async () => {
    const [headings = '', line = ''] = (await place.output(['account', 'list'])).split('\n');
    expect(headings).toMatch(/^account +time zone +country +weeks start +input of callers$/);
    expect(line.split(/ {2,}/)).toEqual([
      'plum',
      `${zone} (0 of ${count + 1} calls counted)`,
      'US',
      'Monday',
      'refused',
    ]);
    expect(await place.json(['account', 'list'])).toMatchObject([{ recount: { documents: 0, total: count + 1 } }]);
  });

  it('verify finds no differences, and says why', async () => {
    const { code, stdout, stderr } = await place.run(['verify']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^8001 calls, \d+ rows of sums, 0 that differ\n$/),
      stderr: 'account plum is being counted anew in its time zone; its sums are compared with what was added so far\n',
    });
    expect(await place.json(['verify'])).toMatchObject({ differences: 0, recounting: ['plum'] });
  });

  it('copy refuses, and names the way out', async () => {
    expect(await place.run(['copy', '--from', 'sqlite', '--to', 'sqlite:copy'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `voxgauge: account plum of sqlite:${place.data} is being counted anew in its time zone ${zone}; "voxgauge account set plum --time-zone ${zone}" there brings that to its end, then run this again\n`,
    });
  });

  it('no documents are dropped', async () => {
    expect(await place.run(['retention', 'drop', '--before', '2018-03'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `voxgauge: no documents can be dropped while figures are counted anew in another time zone: those of account plum in ${zone}; run the same command again to go on\n`,
    });
  });
});

describe('copy', () => {
  const copy = (target: string) => place.json(['copy', '--from', 'sqlite', '--to', target]);
  const inOrder = (table: string, folder: string) =>
    place
      .rows(`SELECT * FROM ${table}`, folder)
      .map((row) => JSON.stringify(row))
      .sort();
  const content = (folder: string) => [...rollupNames, 'owner_days', 'accounts'].map((table) => inOrder(table, folder));

  it('takes along every call once more where the time zone has changed, and no other pass does', async () => {
    await place.output(toZone('America/New_York'));
    const target = place.path('target');
    expect(await copy(`sqlite:${target}`)).toMatchObject({ documents: count + 1, differing_reports: [] });
    expect(await copy(`sqlite:${target}`)).toMatchObject({ documents: 0, differing_reports: [] });
    await place.output(toZone('Asia/Kathmandu'));
    expect(await copy(`sqlite:${target}`)).toMatchObject({ documents: count + 1, differing_reports: [] });
    expect(content(target)).toEqual(content(place.data));
    expect(await copy(`sqlite:${target}`)).toMatchObject({ documents: 0, differing_reports: [] });
  });
});

describe('account set --week-start', () => {
  it.each([
    { said: 'sunday', number: 7, name: 'Sunday' },
    { said: 'Saturday', number: 6, name: 'Saturday' },
    { said: '1', number: 1, name: 'Monday' },
  ])('$said has the weeks of the dashboard start on $name', async ({ said, number, name }) => {
    expect(await place.output(set('--week-start', said))).toBe(
      `weeks of account plum start on ${name} on the dashboard`,
    );
    expect(await place.json(['account', 'list'])).toMatchObject([{ name: 'plum', week_start: number }]);
  });

  it.each(['0', '8', 'mon', 'someday', ''])('refuses %j', async (day) => {
    expect(await place.run(set('--week-start', day))).toMatchObject({
      code: 2,
      stderr: `voxgauge: --week-start must be monday to sunday, or 1 to 7, got "${day}"\n`,
    });
  });

  it('and other settings can be changed together', async () => {
    const said = await place.output(set('--week-start', 'sunday', '--allow-input', 'on', '--time-zone', 'UTC'));
    expect(said.split('\n')).toEqual([
      'events of account plum may hold what a caller said or keyed in',
      'weeks of account plum start on Sunday on the dashboard',
      'all calls of account plum count by the days of UTC',
    ]);
  });
});
