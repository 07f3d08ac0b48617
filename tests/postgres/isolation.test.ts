import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import type { AccountId } from '../../src/store/access-store.ts';
import { openPostgres } from '../../src/store/postgres/open.ts';
import { callWith } from '../data/calls.ts';
import { daysOfOwner, recompute, record, recorded, senderOf } from '../store/recorded-calls.ts';
import { addUser, nowMs, openFor, type TestDatabase } from '../store/subject.ts';
import { newPostgresDatabase, type PostgresDatabase } from './database.ts';

/** A database whose transactions see one moment, unless they say otherwise. */
async function repeatableReads(): Promise<PostgresDatabase> {
  const database = await newPostgresDatabase();
  onTestFinished(() => database.remove());
  const url = new URL(database.url);
  const options = `${url.searchParams.get('options')} -c default_transaction_isolation=repeatable\\ read`;
  url.searchParams.set('options', options);
  const open: TestDatabase['open'] = async (observer = { committed: () => {} }) =>
    openPostgres({ url: url.href, connections: 4, observer, nowMs });
  return { ...database, open, url: url.href };
}

/** Keeps everybody else from writing to an account. */
async function holdAccount({ url, run }: PostgresDatabase, accountId: AccountId) {
  const client = new Client(url);
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('BEGIN');
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid FROM tenants WHERE account_id = $1 FOR UPDATE', [
    accountId,
  ]);
  const waiting = async () => {
    // On another connection: a transaction goes on seeing the activity that it has seen.
    const [found] = await run(countWaiting(Number(rows[0]?.pid)));
    return Number(found?.['waiting']);
  };
  return {
    release: () => client.query('COMMIT'),
    /** Until so many stand in line. On a cluster they do so elsewhere, and get some time for it. */
    async waitFor(count: number): Promise<void> {
      for (let tries = 0; tries < 100 && (await waiting()) < count; tries += 1) await sleep(20);
    },
  };
}

/** The first in line waits for the one who holds the lock, the next one for the first. */
const countWaiting = (pid: number) => `
  WITH first AS (SELECT pid FROM pg_stat_activity WHERE ${pid} = ANY(pg_blocking_pids(pid)))
  SELECT count(DISTINCT a.pid) AS waiting FROM pg_stat_activity a, first
  WHERE a.pid = first.pid OR first.pid = ANY(pg_blocking_pids(a.pid))`;

it('a rebuild counts what was recorded while it waited for its turn, whatever transactions are by default', async () => {
  const database = await repeatableReads();
  const [store, other] = [await openFor(database), await openFor(database)];
  const ann = await addUser(store);
  await record(store, senderOf(ann), [recorded(callWith({ id: 'a' }))]);
  const held = await holdAccount(database, ann.account.accountId);
  const recording = record(other, senderOf(ann), [recorded(callWith({ id: 'b' }))]);
  await held.waitFor(1);
  const rebuilding = store.calls.rebuild(recompute);
  await held.waitFor(2);
  await held.release();
  expect(await recording).toEqual(['stored']);
  expect(await rebuilding).toEqual({ documents: 2 });
  expect(Object.values(await daysOfOwner(store, ann))).toEqual([{ calls: 2 }]);
  expect(await store.calls.verify(recompute)).toMatchObject({ documents: 2, differences: 0 });
});
