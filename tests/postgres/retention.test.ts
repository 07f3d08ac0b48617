import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { firstInstantMsOf } from '../../src/domain/retention.ts';
import type { User } from '../../src/store/access-store.ts';
import type { Store } from '../../src/store/store.ts';
import { callWith } from '../data/calls.ts';
import { daysOfOwner, recompute, record, recorded, senderOf } from '../store/recorded-calls.ts';
import { addUser, openFor } from '../store/subject.ts';
import { newPostgresDatabase, type PostgresDatabase } from './database.ts';

/** 2018-03 */
const month = 578;
const dayMs = 86_400_000;
const startOf = (months: number) => firstInstantMsOf(month + months) + 10 * dayMs;
/** Twenty years and more before now, where a month has no partition of its own. */
const longAgoMs = Date.UTC(1990, 4, 5);

const callIn = (id: string, startedAtMs: number) => recorded(callWith({ id, startedAtMs }));
const calls = [
  callIn('old', longAgoMs),
  callIn('january', startOf(-2)),
  callIn('february', startOf(-1)),
  callIn('march', startOf(0)),
  // Behind the partitions that there are two months before now, as a clock that is wrong has it.
  callIn('future', startOf(3)),
];

async function databaseWithCalls() {
  const database = await newPostgresDatabase();
  onTestFinished(() => database.remove());
  const store = await openFor(database);
  const ann = await addUser(store);
  await record(store, senderOf(ann), calls);
  return { database, store, ann };
}

const partitionsOf = async (database: PostgresDatabase): Promise<readonly unknown[]> => {
  const rows = await database.run(`
    SELECT c.relname::text AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'document_bodies'::regclass ORDER BY c.relname`);
  return rows.map(({ name }) => name);
};

const idsIn = async (database: PostgresDatabase, table: string): Promise<readonly unknown[]> =>
  (await database.run(`SELECT call_id FROM ${table} ORDER BY call_id`)).map((row) => row['call_id']);

const callsOf = async (store: Store, ann: User) => Object.values(await daysOfOwner(store, ann)).length;

describe('months that are dropped', () => {
  it('are gone with their partitions, and others stay', async () => {
    const { database, store, ann } = await databaseWithCalls();
    const before = await partitionsOf(database);
    expect(before).toContain('document_bodies_2018_01');
    expect(before).toContain('document_bodies_2018_02');
    expect(await store.calls.dropBefore(month)).toEqual({ keptFrom: month, documents: 3 });
    expect(await partitionsOf(database)).toEqual(
      before.filter((name) => name !== 'document_bodies_2018_01' && name !== 'document_bodies_2018_02'),
    );
    for (const table of ['documents', 'document_bodies'])
      expect(await idsIn(database, table)).toEqual(['future', 'march']);
    expect(await callsOf(store, ann)).toBe(calls.length);
  });

  it('get no partition again from late documents, of whichever process', async () => {
    const { database, store, ann } = await databaseWithCalls();
    await store.calls.dropBefore(month);
    const before = await partitionsOf(database);
    for (const each of [store, await openFor(database)]) {
      expect(await record(each, senderOf(ann), [callIn('late', startOf(-1))])).toEqual(['tooOld']);
    }
    expect(await partitionsOf(database)).toEqual(before);
  });
});

/** As it is when a run was interrupted after its partitions. */
async function interrupted() {
  const { database, store, ann } = await databaseWithCalls();
  await database.run(`INSERT INTO retention VALUES (1, ${month})`);
  await database.run('DROP TABLE document_bodies_2018_01, document_bodies_2018_02');
  return { database, store, ann };
}

describe('a run that was interrupted when the partitions were gone', () => {
  it('leaves calls that are known without their documents, which count as gone', async () => {
    const { store, ann } = await interrupted();
    const sent = [
      callIn('february', startOf(-1)),
      // It cannot be told what was counted for it.
      recorded(callWith({ id: 'february', startedAtMs: startOf(0), revision: 1 })),
      callIn('march', startOf(0)),
    ];
    expect(await record(store, senderOf(ann), sent)).toEqual(['tooOld', 'tooOld', 'unchanged']);
    expect(await store.calls.verify(recompute)).toMatchObject({ documents: 2, differences: 0 });
    expect(await store.calls.rebuild(recompute)).toEqual({ documents: 2 });
    expect(await callsOf(store, ann)).toBe(calls.length);
  });

  it('leaves places without a document for whoever reads all documents in their order', async () => {
    const { store, ann } = await interrupted();
    const { accountId } = ann.account;
    const found: string[][] = [];
    let after = { storedAtMs: 0, callId: '' };
    for (let isLast = false; !isLast && found.length < 10; ) {
      const chunk = await store.transfer.documents(accountId, after, { documents: 1, bytes: 1 });
      found.push(chunk.documents.map(({ callId }) => callId));
      ({ isLast, next: after } = chunk);
    }
    expect(found).toEqual([[], ['future'], [], ['march'], ['old'], []]);
  });

  it('is gone on with by the next', async () => {
    const { database, store } = await interrupted();
    expect(await store.calls.dropBefore(month)).toEqual({ keptFrom: month, documents: 3 });
    for (const table of ['documents', 'document_bodies'])
      expect(await idsIn(database, table)).toEqual(['future', 'march']);
  });
});

it('damage is found and mended from the third of the month on, and stays where the documents are gone', async () => {
  const { database, store, ann } = await databaseWithCalls();
  const days = Array.from({ length: 20 }, (_, day) =>
    callIn(`day-${day}`, firstInstantMsOf(month) + (day - 10) * dayMs + dayMs / 2),
  );
  await record(store, senderOf(ann), days);
  await store.calls.dropBefore(month);
  for (const table of ['number_days', 'owner_days', 'number_hours']) {
    await database.run(`UPDATE ${table} SET calls = calls + 7 WHERE calls = 1`);
  }
  const { differences, examples } = await store.calls.verify(recompute);
  expect(examples.filter(({ rollup, key }) => rollup !== 'number_hours' && Number(key[2]) < 17_593)).toEqual([]);
  expect(differences).toBeGreaterThanOrEqual(24);
  await store.calls.rebuild(recompute);
  expect((await store.calls.verify(recompute)).differences).toBe(0);
  const left = await database.run(
    'SELECT min(day)::int AS first, max(day)::int AS last FROM number_days WHERE calls = 8',
  );
  expect(left).toEqual([{ first: longAgoMs / dayMs - 1, last: 17_592 }]);
});

describe('dropping', () => {
  it('waits for whoever reads the documents, and keeps nobody else waiting for long', async () => {
    const { database, store, ann } = await databaseWithCalls();
    const reader = new Client(database.url);
    await reader.connect();
    onTestFinished(() => reader.end());
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM document_bodies');
    const dropping = store.calls.dropBefore(month);
    for (let sent = 0; sent < 10; sent += 1) {
      const startedMs = performance.now();
      expect(await record(store, senderOf(ann), [callIn(`new-${sent}`, startOf(0))])).toEqual(['stored']);
      expect(performance.now() - startedMs).toBeLessThan(5000);
    }
    expect(await partitionsOf(database)).toContain('document_bodies_2018_01');
    await reader.query('COMMIT');
    await dropping;
    expect(await partitionsOf(database)).not.toContain('document_bodies_2018_01');
    expect((await store.calls.verify(recompute)).differences).toBe(0);
  });
});
