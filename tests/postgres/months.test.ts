import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import type { User } from '../../src/store/access-store.ts';
import { openPostgres } from '../../src/store/postgres/open.ts';
import type { Store } from '../../src/store/store.ts';
import { callWith } from '../data/calls.ts';
import { daysOfOwner, recompute, recorded, senderOf } from '../store/recorded-calls.ts';
import { addUser, closeStore, nowMs, openFor } from '../store/subject.ts';
import { newPostgresDatabase, type PostgresDatabase } from './database.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const march = Date.UTC(2018, 2, 5);
/** When the months of the tests are too far ahead to have partitions. */
const longBeforeMs = Date.UTC(2015, 0, 1);

const callIn = (id: string, startedAtMs: number, revision = 0) => recorded(callWith({ id, startedAtMs, revision }));

async function newDatabase(): Promise<PostgresDatabase> {
  const database = await newPostgresDatabase();
  onTestFinished(() => database.remove());
  return database;
}

/** What is told of a server only: on a cluster, a month stays where its first documents are. */
async function skipOnCitus(database: PostgresDatabase, { skip }: TestContext): Promise<void> {
  const found = await database.run(`SELECT 1 FROM pg_extension WHERE extname = 'citus'`);
  if (found.length > 0) skip();
}

interface Sent {
  readonly user: User;
  readonly calls: readonly ReturnType<typeof callIn>[];
  readonly atMs: number;
}

const send = (store: Store, { user, calls, atMs }: Sent) =>
  store.calls.record(senderOf(user), { calls, rejects: [], timeZone: user.account.timeZone }, atMs);

async function take(store: Store, sent: Sent): Promise<readonly unknown[]> {
  const outcomes = await send(store, sent);
  if (!outcomes.ok) throw new Error(`the store has not taken the calls: ${outcomes.error.kind}`);
  return outcomes.value;
}

/** How many documents are in each partition that has some. */
async function placesIn(database: PostgresDatabase): Promise<Readonly<Record<string, number>>> {
  const rows = await database.run(`
    SELECT tableoid::regclass::text AS place, count(*)::int AS documents FROM document_bodies GROUP BY 1 ORDER BY 1`);
  return Object.fromEntries(
    rows.map(({ place, documents }) => [`${place}`.replace('document_bodies_', ''), Number(documents)]),
  );
}

/** Until somebody waits for a lock on the table. */
async function waitingFor(database: PostgresDatabase, table: string): Promise<void> {
  const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '${table}'::regclass`;
  while ((await database.run(waiting)).length === 0) await sleep(5);
}

async function partitionsOf(database: PostgresDatabase): Promise<readonly string[]> {
  const rows = await database.run(`
    SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'document_bodies'::regclass ORDER BY 1`);
  return rows.map(({ name }) => `${name}`.replace('document_bodies_', ''));
}

/** Somebody who reads all documents in one transaction, until it is ended. */
async function startReader({ url }: PostgresDatabase): Promise<() => Promise<unknown>> {
  const reader = new Client(url);
  await reader.connect();
  onTestFinished(() => reader.end());
  await reader.query('BEGIN');
  await reader.query('SELECT count(*) FROM document_bodies');
  return () => reader.query('COMMIT');
}

describe('a month whose partition cannot be made for somebody who reads for long', () => {
  it('keeps nobody waiting, and gets its partition with all its documents afterwards', async (context) => {
    const database = await newDatabase();
    await skipOnCitus(database, context);
    const store = await openFor(database);
    const users = [await addUser(store), await addUser(store)];
    const endReading = await startReader(database);
    const startedMs = performance.now();
    for (let round = 0; round < 20; round += 1) {
      // The month changes in the middle of it.
      const atMs = (round < 10 ? nowMs : march) + round;
      const outcomes = await Promise.all(
        users.map((user) => take(store, { user, calls: [callIn(`c-${round}`, atMs)], atMs })),
      );
      expect(outcomes).toEqual([['stored'], ['stored']]);
    }
    // 40 batches, each of which would wait for 300 ms if it tried.
    expect(performance.now() - startedMs).toBeLessThan(3000);
    expect(await partitionsOf(database)).toEqual(['default']);

    const [ann] = users;
    if (ann === undefined) throw new Error('nobody is there');
    await endReading();
    await take(store, { user: ann, calls: [callIn('soon', march)], atMs: march + 1000 });
    expect(await placesIn(database)).toEqual({ default: 41 });
    await take(store, { user: ann, calls: [callIn('later', march)], atMs: march + 2 * minuteMs });
    expect(await placesIn(database)).toEqual({ '2018_03': 22, default: 20 });
    const again = [callIn('c-3', nowMs, 1), callIn('c-13', march, 1), callIn('old', nowMs)];
    expect(await take(store, { user: ann, calls: again, atMs: march + 3 * minuteMs })).toEqual([
      'replaced',
      'replaced',
      'stored',
    ]);
    expect(await placesIn(database)).toEqual({ '2018_02': 21, '2018_03': 22 });
    expect(await store.calls.verify(recompute)).toMatchObject({ documents: 43, differences: 0 });
  });

  it('is of no concern to batches of other months', async (context) => {
    const database = await newDatabase();
    await skipOnCitus(database, context);
    const store = await openFor(database);
    const user = await addUser(store);
    await take(store, { user, calls: [callIn('first', nowMs)], atMs: nowMs });
    const endReading = await startReader(database);
    const startedMs = performance.now();
    // The month after now is not theirs, and neither is the present one.
    for (const atMs of [nowMs, march]) await take(store, { user, calls: [callIn(`at ${atMs}`, nowMs)], atMs });
    expect(performance.now() - startedMs).toBeLessThan(300);
    await endReading();
    expect(await placesIn(database)).toEqual({ '2018_02': 3 });
  });
});

const months = [0, 1, 2, 3, 4, 5, 6, 7];
const timeIn = (month: number): number => Date.UTC(2017, 3 + month, 10);
const ofMonth = 40;
const replaced = 20;

const idsOf = (month: number): readonly string[] => Array.from({ length: ofMonth }, (_, place) => `${month}-${place}`);

/** Reads all documents as a copy does; returns their ids. */
async function readAll(store: Store, { account }: User): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  let after = { storedAtMs: 0, callId: '' };
  for (let isLast = false; !isLast; ) {
    const chunk = await store.transfer.documents(account.accountId, after, { documents: 50, bytes: 1_000_000 });
    for (const { callId } of chunk.documents) ids.add(callId);
    ({ isLast, next: after } = chunk);
  }
  return ids;
}

describe('documents that came before their month got its partition', () => {
  it('are moved into it, whoever records into it at the same time', async (context) => {
    const database = await newDatabase();
    await skipOnCitus(database, context);
    const stores = [await openFor(database), await openFor(database), await openFor(database)];
    const [store] = stores;
    if (store === undefined) throw new Error('there is no store');
    const users = await Promise.all([0, 1, 2].map(() => addUser(store)));
    const [ann] = users;
    if (ann === undefined) throw new Error('nobody is there');
    for (const month of months) {
      const calls = idsOf(month).map((id) => callIn(id, timeIn(month)));
      for (const user of users) await take(store, { user, calls, atMs: longBeforeMs });
    }
    expect(await placesIn(database)).toEqual({ default: months.length * ofMonth * users.length });

    let isOver = false;
    const checking = (async () => {
      for (let reads = 0; !isOver || reads < 2; reads += 1) {
        const found = await readAll(store, ann);
        // Those that are replaced meanwhile come again at the end, or are already behind the reader.
        for (const id of months.flatMap((month) => idsOf(month).slice(replaced))) expect(found).toContain(id);
        expect((await store.calls.verify(recompute)).differences).toBe(0);
      }
    })();
    let atMs = nowMs;
    const recordInto = async (each: Store, user: User, place: number) => {
      for (const month of months) {
        for (const [turn, id] of idsOf(month).slice(0, replaced).entries()) {
          // Whoever could not make it tries again.
          atMs += 2 * minuteMs;
          const calls = [callIn(`${id}-${place}`, timeIn(month)), callIn(id, timeIn(month), turn % 2)];
          expect(await send(each, { user, calls, atMs })).toMatchObject({ ok: true });
        }
      }
    };
    await Promise.all(stores.flatMap((each, place) => users.map((user) => recordInto(each, user, place)))).finally(
      () => {
        isOver = true;
      },
    );
    await checking;

    // Where verify was in the way until the end, the next batch comes after it.
    for (const month of months) {
      atMs += 2 * minuteMs;
      await take(store, { user: ann, calls: [callIn(`${month}-0`, timeIn(month))], atMs });
    }
    const documents = (ofMonth + replaced * stores.length) * users.length;
    expect(Object.values(await placesIn(database))).toEqual(months.map(() => documents));
    expect(Object.keys(await placesIn(database))).not.toContain('default');
    expect(await store.calls.verify(recompute)).toMatchObject({ documents: documents * months.length, differences: 0 });
    expect(await store.calls.rebuild(recompute)).toEqual({ documents: documents * months.length });
  });

  it('are not moved from under somebody who reads at one moment and comes to them later', async (context) => {
    const database = await newDatabase();
    await skipOnCitus(database, context);
    const store = await openFor(database);
    const user = await addUser(store);
    await take(store, { user, calls: [callIn('a', nowMs)], atMs: longBeforeMs });
    const reader = new Client(database.url);
    await reader.connect();
    onTestFinished(() => reader.end());
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await reader.query('SELECT call_id FROM documents');
    await take(store, { user, calls: [callIn('b', nowMs)], atMs: nowMs });
    const { rows } = await reader.query('SELECT call_id FROM document_bodies WHERE month = 577');
    expect(rows).toEqual([{ call_id: 'a' }]);
    await reader.query('COMMIT');
    await take(store, { user, calls: [callIn('c', nowMs)], atMs: nowMs + 2 * minuteMs });
    expect(await placesIn(database)).toEqual({ '2018_02': 3 });
  });

  it('are all found by a copy that begins to read while they are moved', async (context) => {
    const database = await newDatabase();
    await skipOnCitus(database, context);
    const store = await openFor(database);
    const user = await addUser(store);
    const calls = Array.from({ length: 20 }, (_, index) => callIn(`c-${index}`, march + index));
    await take(store, { user, calls, atMs: longBeforeMs });
    // Somebody who has come between the reader and the move: the reader waits first, the move is done, and it reads.
    const other = new Client(database.url);
    await other.connect();
    onTestFinished(() => other.end());
    await other.query('BEGIN; LOCK TABLE documents IN ACCESS EXCLUSIVE MODE');
    const most = { documents: 100, bytes: 1_000_000 };
    const reading = store.transfer.documents(user.account.accountId, { storedAtMs: 0, callId: '' }, most);
    await waitingFor(database, 'documents');
    await other.query(`
      LOCK TABLE ONLY document_bodies, ONLY document_bodies_default IN ACCESS EXCLUSIVE MODE;
      CREATE TABLE document_bodies_2018_03 (LIKE document_bodies INCLUDING STORAGE);
      INSERT INTO document_bodies_2018_03 SELECT * FROM document_bodies_default WHERE month = 578;
      DELETE FROM document_bodies_default WHERE month = 578;
      ALTER TABLE document_bodies ATTACH PARTITION document_bodies_2018_03 FOR VALUES FROM (578) TO (579);
      COMMIT`);
    expect((await reading).documents.length).toBe(20);
  });

  it('are those of a call dated two years ahead, when the time has come', async (context) => {
    const database = await newDatabase();
    await skipOnCitus(database, context);
    const store = await openFor(database);
    const user = await addUser(store);
    const thenMs = nowMs + 730 * dayMs;
    await take(store, { user, calls: [callIn('wrong clock', thenMs), callIn('right', nowMs)], atMs: nowMs });
    expect(await placesIn(database)).toEqual({ '2018_02': 1, default: 1 });
    // Another process, which knows nothing of it.
    const other = await openFor(database);
    expect(await take(other, { user, calls: [callIn('then', thenMs)], atMs: thenMs })).toEqual(['stored']);
    expect(await placesIn(database)).toEqual({ '2018_02': 1, '2020_02': 2 });
    const calls = [callIn('wrong clock', thenMs, 1), callIn('right', thenMs, 1)];
    expect(await take(store, { user, calls, atMs: thenMs })).toEqual(['replaced', 'replaced']);
    expect(await placesIn(database)).toEqual({ '2020_02': 3 });
    expect(await store.calls.verify(recompute)).toMatchObject({ documents: 3, differences: 0 });
    expect(Object.values(await daysOfOwner(store, user)).map(({ calls: count }) => count)).toEqual([3]);
  });

  it('stay where they are while they are too many to be moved at once', async (context) => {
    const database = await newDatabase();
    await skipOnCitus(database, context);
    const store = await openFor(database);
    const user = await addUser(store);
    // 577 is February 2018.
    await database.run(`
      INSERT INTO document_bodies SELECT 0, 577, 'c-' || n, '', 0, '', '' FROM generate_series(1, 20001) n`);
    await take(store, { user, calls: [callIn('a', nowMs)], atMs: nowMs });
    await take(store, { user, calls: [callIn('b', march)], atMs: nowMs });
    expect(await placesIn(database)).toEqual({ '2018_03': 1, default: 20_002 });
    await database.run(`DELETE FROM document_bodies WHERE call_id = 'c-1' OR call_id = 'c-2'`);
    await take(store, { user, calls: [callIn('c', nowMs)], atMs: nowMs + 2 * minuteMs });
    expect(await placesIn(database)).toEqual({ '2018_03': 1, default: 20_001 });
    await database.run(`DELETE FROM document_bodies WHERE call_id = 'c-3'`);
    await take(store, { user, calls: [callIn('d', nowMs)], atMs: nowMs + 2 * hourMs });
    expect(await placesIn(database)).toEqual({ '2018_02': 20_001, '2018_03': 1 });
  });
});

it('a partition that is attached is like one that was made in place', async () => {
  const database = await newDatabase();
  const store = await openFor(database);
  const user = await addUser(store);
  await take(store, { user, calls: [callIn('a', nowMs)], atMs: nowMs });
  const like = (table: string) =>
    database.run(`
      SELECT a.attname, a.attnotnull, a.attstorage, a.attcollation, format_type(a.atttypid, a.atttypmod) AS type,
        c.reloptions::text AS options,
        (SELECT string_agg(pg_get_constraintdef(k.oid), ', ') FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p') AS key
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE c.oid = '${table}'::regclass ORDER BY a.attnum`);
  expect(await like('document_bodies_2018_02')).toEqual(await like('document_bodies_default'));
});

it('a server makes the partitions of this month and the next before anything comes for them', async () => {
  const database = await newDatabase();
  const options = { url: database.url, connections: 2, observer: { committed: () => {} }, nowMs };
  const server = await openPostgres({ ...options, isServer: true });
  onTestFinished(() => closeStore(server));
  // One that is closed at once does not come back to it.
  await (await openPostgres({ ...options, isServer: true, nowMs: march + 100 * dayMs })).close();
  const wanted = ['2018_02', '2018_03', 'default'];
  for (let tries = 0; tries < 100 && (await partitionsOf(database)).length < wanted.length; tries += 1) {
    await sleep(200);
  }
  expect(await partitionsOf(database)).toEqual(wanted);
});
