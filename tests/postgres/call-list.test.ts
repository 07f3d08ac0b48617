import { describe, expect, it, onTestFinished } from 'vitest';
import { firstInstantMsOf } from '../../src/domain/retention.ts';
import type { User } from '../../src/store/access-store.ts';
import type { CallListQuery } from '../../src/store/call-store.ts';
import type { Store } from '../../src/store/store.ts';
import { callWith, phones } from '../data/calls.ts';
import { record, recorded, senderOf } from '../store/recorded-calls.ts';
import { addUser, openFor } from '../store/subject.ts';
import { newPostgresDatabase, type PostgresDatabase } from './database.ts';

/** 2018-01, so that the tests' now is in the month after it. */
const lastMonth = 576;
const monthCount = 60;
const dayMs = 86_400_000;

/** A call a month, in five years that all have a partition of their own. */
const calls = Array.from({ length: monthCount }, (_, index) =>
  callWith({
    id: `c-${String(index).padStart(2, '0')}`,
    phone: phones[index % 2] ?? '',
    startedAtMs: firstInstantMsOf(lastMonth - index) + dayMs,
  }),
);
const ids = calls.map(({ id }) => id);

async function databaseWithCalls(): Promise<{
  readonly database: PostgresDatabase;
  readonly store: Store;
  readonly ann: User;
}> {
  const database = await newPostgresDatabase();
  onTestFinished(() => database.remove());
  const store = await openFor(database);
  const ann = await addUser(store);
  await record(
    store,
    senderOf(ann),
    calls.map((call) => recorded(call)),
  );
  return { database, store, ann };
}

const list = async (store: Store, { account, userId }: User, query: Partial<CallListQuery> = {}) => {
  const whole = { fromMs: -1e14, toMs: 1e14, after: null, limit: 1000 };
  const numbers = { kind: 'owned', ownerId: userId } as const;
  const found = await store.calls.list({ accountId: account.accountId, numbers, ...whole, ...query });
  return found.map(({ callId }) => callId);
};

describe('a list of calls', () => {
  it('goes over any number of partitions, and over what is beside them', async () => {
    const { database, store, ann } = await databaseWithCalls();
    const partitions = await database.run(`SELECT 1 FROM pg_inherits WHERE inhparent = 'document_bodies'::regclass`);
    expect(partitions.length).toBe(monthCount + 1);
    // Neither has a month of its own: they are in the default partition.
    const beside = [callWith({ id: 'old', startedAtMs: -1e13 }), callWith({ id: 'new', startedAtMs: 1e13 })];
    await record(
      store,
      senderOf(ann),
      beside.map((call) => recorded(call)),
    );
    const all = ['new', ...ids, 'old'];
    expect(await list(store, ann)).toEqual(all);
    for (const limit of [1, 2, 9, 10, 11, 61, 62, 63]) {
      expect(await list(store, ann, { limit })).toEqual(all.slice(0, limit));
    }
    for (const [index, call] of calls.entries()) {
      const after = { startedAtMs: call.startedAtMs, callId: call.id };
      expect(await list(store, ann, { after, limit: 3 })).toEqual(all.slice(index + 2, index + 5));
    }
    const [fromMs, toMs] = [calls[40]?.startedAtMs ?? 0, calls[20]?.startedAtMs ?? 0];
    expect(await list(store, ann, { fromMs, toMs })).toEqual(ids.slice(20, 41));
    expect(await list(store, ann, { fromMs, toMs: fromMs })).toEqual(ids.slice(40, 41));
    const even = ids.filter((_, index) => index % 2 === 0);
    expect(await list(store, ann, { numbers: { kind: 'one', phone: phones[0] }, fromMs: 0, toMs: 1e12 * 2 })).toEqual(
      even,
    );
  });

  it('takes any span of time that a number can say', async () => {
    const { store, ann } = await databaseWithCalls();
    const { MIN_SAFE_INTEGER: fromMs, MAX_SAFE_INTEGER: most } = Number;
    expect(await list(store, ann, { fromMs, toMs: most - 1 })).toEqual(ids);
  });

  it('has a call once, and a full page, where a copy of its document was left in another month', async () => {
    const { database, store, ann } = await databaseWithCalls();
    const [from, to] = [lastMonth - 7, lastMonth];
    await database.run(`
      INSERT INTO document_bodies (account_id, month, call_id, phone, started_at_ms, document, applied)
      SELECT account_id, ${to}, call_id, phone, ${firstInstantMsOf(to) + 2 * dayMs}, 'left', applied
      FROM document_bodies WHERE month = ${from}`);
    expect(await list(store, ann)).toEqual(ids);
    for (const limit of [1, 2, 8]) expect(await list(store, ann, { limit })).toEqual(ids.slice(0, limit));
    const read = await store.calls.read(ann.account.accountId, ids[7] ?? '');
    expect(read?.document).toBe(JSON.stringify(calls[7]));
  });

  it('has no call whose month was dropped, also before it is forgotten that the call was there', async () => {
    const { database, store, ann } = await databaseWithCalls();
    await database.run('DROP TABLE document_bodies_2017_12');
    expect(await list(store, ann, { limit: 3 })).toEqual([ids[0], ids[2], ids[3]]);
    expect(await store.calls.read(ann.account.accountId, ids[1] ?? '')).toBe(null);
  });

  it('is found from an index of each partition', async () => {
    const { database } = await databaseWithCalls();
    const without = await database.run(`
      SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'document_bodies'::regclass AND NOT EXISTS (
        SELECT 1 FROM pg_indexes x WHERE x.schemaname = current_schema() AND x.tablename = c.relname
          AND x.indexdef LIKE '%(account_id, phone, started_at_ms, call_id)')`);
    expect(without).toEqual([]);
  });
});
