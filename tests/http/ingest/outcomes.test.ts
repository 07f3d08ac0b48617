import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call } from './call.ts';
import { noSums, numbersOf, query, type Row, storedDocuments, sumsOf } from './database.ts';
import { type Counts, counted, newSender, post, type Sender } from './post.ts';
import { verify } from './verification.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const load = (duration_ms: number) => ({ type: 'page_load', at: 0, url: 'https://ivr.example/a.php', duration_ms });
/** A revision is told by its only page load. */
const revised = (revision: number, loadMs = revision) => call({ revision, events: [load(loadMs)] });
const send = async ({ key }: Sender, ...documents: readonly unknown[]) =>
  (await post(server, key, JSON.stringify(documents))).json;
const sums = ({ accountId }: Sender) => sumsOf(server.folder, accountId);
const stored = ({ accountId }: Sender) => storedDocuments(server.folder, accountId);

describe('sending a call again', () => {
  const rows: { name: string; first: number; second: number; secondMs?: number; want: Counts; loadMs: number }[] = [
    { name: 'the same is unchanged', first: 3, second: 3, want: { unchanged: 1 }, loadMs: 3 },
    {
      name: 'an equal revision that differs replaces',
      first: 3,
      second: 3,
      secondMs: 4,
      want: { replaced: 1 },
      loadMs: 4,
    },
    { name: 'a higher revision replaces', first: 3, second: 7, want: { replaced: 1 }, loadMs: 7 },
    {
      name: 'a higher revision of the same content replaces',
      first: 3,
      second: 4,
      secondMs: 3,
      want: { replaced: 1 },
      loadMs: 3,
    },
    { name: 'a lower revision is stale', first: 3, second: 2, want: { stale: 1 }, loadMs: 3 },
    { name: 'the default revision is lower than 1', first: 1, second: 0, want: { stale: 1 }, loadMs: 1 },
  ];
  it.each(rows)('$name', async ({ first, second, secondMs, want, loadMs }) => {
    const two = [revised(first), revised(second, secondMs)];
    const apart = await newSender(server);
    expect(await send(apart, two[0])).toEqual(counted({ stored: 1 }));
    expect(await send(apart, two[1])).toEqual(counted(want));
    const together = await newSender(server);
    expect(await send(together, ...two)).toEqual(counted({ stored: 1, ...want }));
    for (const sender of [apart, together]) {
      expect(sums(sender)).toEqual({ ...noSums, calls: 1, call_ms: 60_000, page_loads: 1, page_load_ms: loadMs });
    }
    expect(stored(apart)).toEqual(stored(together));
  });

  it('takes a batch in its order', async () => {
    const sender = await newSender(server);
    const batch = [revised(1), revised(5), revised(3), revised(5), revised(5, 50), revised(6), revised(0)];
    expect(await send(sender, ...batch)).toEqual(counted({ stored: 1, replaced: 3, unchanged: 1, stale: 2 }));
    expect(stored(sender)).toEqual([{ id: 'c-1', revision: 6, document: JSON.stringify(revised(6)) }]);
    expect(sums(sender).page_load_ms).toBe(6);
  });

  it('leaves the stored call alone when the correction is rejected', async () => {
    const sender = await newSender(server);
    await send(sender, revised(1));
    const bad = call({ revision: 2, events: [load(-1)] });
    expect(await send(sender, bad)).toEqual(counted({ rejected: [expect.objectContaining({ id: 'c-1' })] }));
    expect(stored(sender)).toEqual([{ id: 'c-1', revision: 1, document: JSON.stringify(revised(1)) }]);
  });

  it('counts documents, not calls, whatever their order', async () => {
    const [forwards, backwards] = [await newSender(server), await newSender(server)];
    const documents = [revised(1), revised(2), call({ id: 'c-2' })];
    expect(await send(forwards, ...documents)).toEqual(counted({ stored: 2, replaced: 1 }));
    expect(await send(backwards, ...documents.toReversed())).toEqual(counted({ stored: 2, stale: 1 }));
    expect(sums(forwards)).toEqual(sums(backwards));
  });
});

describe('senders at the same time', () => {
  it('store a call once, whoever is first, and a number once', async () => {
    const sender = await newSender(server);
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(sender, revised(1))));
    const outcomes = answers.map((answer) => Object(answer).stored + 2 * Object(answer).unchanged);
    expect(outcomes.toSorted()).toEqual([1, ...Array.from({ length: 19 }, () => 2)]);
    expect(sums(sender)).toEqual({ ...noSums, calls: 1, call_ms: 60_000, page_loads: 1, page_load_ms: 1 });
    expect(numbersOf(server.folder, sender.accountId)).toEqual(['+16173990000']);
  });

  it('leave the highest revision, whatever their order', async () => {
    const sender = await newSender(server);
    const revisions = Array.from({ length: 20 }, (_, index) => (index * 7) % 20);
    await Promise.all(revisions.map((revision) => send(sender, revised(revision))));
    expect(stored(sender)).toEqual([{ id: 'c-1', revision: 19, document: JSON.stringify(revised(19)) }]);
    expect(sums(sender).page_load_ms).toBe(19);
  });
});

describe('a correction', () => {
  const rows = [
    { name: 'another number', changes: { phone: '+16173990001' } },
    { name: 'another caller', changes: { caller: '+442079460018' } },
    { name: 'no caller', changes: { caller: null } },
    { name: 'another day', changes: { started_at: '2018-01-31T23:59:59Z', ended_at: '2018-02-01T00:00:01Z' } },
    { name: 'another application', changes: { application: 'https://ivr.example/other.php' } },
    { name: 'fewer events', changes: { events: [] } },
  ];
  it.each(rows)('of $name leaves the figures that it alone would have made', async ({ changes }) => {
    const first = call({ events: [load(45), { type: 'log', at: 1 }] });
    const corrected = { ...first, ...changes };
    const [one, other] = [await newSender(server), await newSender(server)];
    expect(await send(one, first)).toEqual(counted({ stored: 1 }));
    expect(await send(one, corrected)).toEqual(counted({ replaced: 1 }));
    expect(await send(other, corrected)).toEqual(counted({ stored: 1 }));
    expect(figuresOf(one)).toEqual(figuresOf(other));
  });
});

/** Every row of every rollup in which something is counted, without the account. */
function figuresOf({ accountId }: Sender): Readonly<Record<string, readonly Row[]>> {
  const names = query(
    server.folder,
    "SELECT name FROM sqlite_schema WHERE name LIKE '%\\_days' ESCAPE '\\' OR name LIKE '%\\_hours' ESCAPE '\\'",
  );
  const rowsOf = (table: string) => {
    const columns = query(server.folder, 'SELECT name, pk FROM pragma_table_info(?)', table);
    const counters = columns.filter(({ pk }) => pk === 0).map(({ name }) => `${name} <> 0`);
    const sql = `SELECT * FROM ${table} WHERE account_id = ? AND (${counters.join(' OR ')})`;
    return query(server.folder, sql, accountId).map((row) => ({ ...row, account_id: null, owner_id: null }));
  };
  const figures = Object.fromEntries(names.map(({ name }) => [String(name), rowsOf(String(name))]));
  expect(figures).toMatchObject({ number_days: [{ calls: 1 }], caller_days: expect.any(Array) });
  return figures;
}

describe('a call that is up', () => {
  const up = call({ ended_at: null, end_reason: undefined, events: [load(45)] });
  const over = call({ ended_at: '2018-02-07T15:02:30.250Z', events: [load(45), load(55)] });

  it('counts at once, and its time when it has ended', async () => {
    const sender = await newSender(server);
    expect(await send(sender, up)).toEqual(counted({ stored: 1 }));
    expect(sums(sender)).toEqual({ ...noSums, calls: 1, page_loads: 1, page_load_ms: 45 });
    expect(await send(sender, over)).toEqual(counted({ replaced: 1 }));
    expect(sums(sender)).toEqual({ ...noSums, calls: 1, call_ms: 150_250, page_loads: 2, page_load_ms: 100 });
  });

  it('does not come up again when revisions tell the order', async () => {
    const sender = await newSender(server);
    expect(await send(sender, { ...over, revision: 2 })).toEqual(counted({ stored: 1 }));
    expect(await send(sender, { ...up, revision: 1 })).toEqual(counted({ stale: 1 }));
    expect(sums(sender).call_ms).toBe(150_250);
  });
});

describe("a call's day", () => {
  it("is that of its start in the account's time zone", async () => {
    const sender = await newSender(server, { timeZone: 'America/New_York' });
    await send(
      sender,
      call({ id: 'last-of-6th', started_at: '2018-02-07T04:59:59.999Z', ended_at: '2018-02-07T05:30:00Z' }),
      call({ id: 'first-of-7th', started_at: '2018-02-07T05:00:00Z', ended_at: null }),
      call({ id: 'last-of-7th', started_at: '2018-02-07T23:59:59-05:00', ended_at: '2018-02-09T00:00:00Z' }),
    );
    const response = await fetch(`${server.address}/api/performance/20180206/20180208/day/ALL`, {
      headers: { authorization: await server.logIn(sender.user) },
    });
    const { calls } = JSON.parse(await response.text());
    expect(calls).toEqual({ 1517893200: 1, 1517979600: 2, 1518066000: 0 });
  });
});

describe('two accounts', () => {
  it('do not disturb each other with the same call ids and numbers', async () => {
    const [one, other] = [await newSender(server), await newSender(server)];
    expect(await send(one, revised(5))).toEqual(counted({ stored: 1 }));
    expect(await send(other, revised(1))).toEqual(counted({ stored: 1 }));
    expect(await send(other, revised(2))).toEqual(counted({ replaced: 1 }));
    expect(await send(one, revised(2))).toEqual(counted({ stale: 1 }));
    expect([sums(one).page_load_ms, sums(other).page_load_ms]).toEqual([5, 2]);
    expect([stored(one).length, stored(other).length]).toEqual([1, 1]);
    const numbers = [one, other].map(({ accountId }) => numbersOf(server.folder, accountId));
    expect(numbers).toEqual([['+16173990000'], ['+16173990000']]);
  });

  it('share figures and call ids only within an account', async () => {
    const one = await newSender(server);
    const colleague = await newSender(server, { account: one.user.account.name });
    expect(await send(one, revised(1))).toEqual(counted({ stored: 1 }));
    expect(await send(colleague, revised(1))).toEqual(counted({ unchanged: 1 }));
    expect(await server.store.numbers.isOwned(one.accountId, one.user.userId, '+16173990000')).toBe(true);
  });
});

it('leaves sums that are those of the stored documents', async () => {
  expect(await verify(server.store)).toMatchObject({ differences: 0, examples: [] });
});
