import { setTimeout as delay } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Recounts, type RecountsOptions } from '../../src/ingest/recounts.ts';
import type { User } from '../../src/store/access-store.ts';
import type { CallStore, Recompute } from '../../src/store/call-store.ts';
import { type Store, StoreUnavailable } from '../../src/store/store.ts';
import { callWith } from '../data/calls.ts';
import { daysOfOwner, recompute, record, recorded, senderOf } from '../store/recorded-calls.ts';
import { newSqliteDatabase } from '../store/sqlite-database.ts';
import { addUser, freshDatabase, openFor } from '../store/subject.ts';

/** 2018-02-07, on which calls start in New York and in Honolulu. In Auckland it is the next day. */
const day = 17_569;
const auckland = 'Pacific/Auckland';
const count = 1200;

let store: Store;
let ann: User;
let problems: unknown[];

beforeEach(async () => {
  store = await openFor(await freshDatabase(newSqliteDatabase));
  ann = await addUser(store);
  const calls = Array.from({ length: count }, (_, number) => recorded(callWith({ id: `c-${number}` })));
  await record(store, senderOf(ann), calls);
  problems = [];
});

function newRecounts(options: Partial<RecountsOptions> = {}): Recounts {
  const onProblem = (error: unknown) => problems.push(error);
  const recounts = new Recounts({ store, recompute, onProblem, lookEveryMs: 20, ...options });
  onTestFinished(() => recounts.close());
  return recounts;
}

const progress = (recounts: Recounts) => recounts.progressOf(ann.account.accountId);
const days = () => daysOfOwner(store, ann);

describe('a recount', () => {
  it('that is started moves the calls in the background, and tells how far it is', async () => {
    const recounts = newRecounts();
    expect(await progress(recounts)).toBe(null);
    expect(await recounts.start(ann.account.accountId, auckland)).toBe(true);
    expect(await progress(recounts)).toEqual({ share: expect.any(Number) });
    await expect.poll(() => progress(recounts)).toBe(null);
    expect(await days()).toEqual({ [day + 1]: { calls: count } });
    expect(await recounts.start(ann.account.accountId, auckland)).toBe(false);
    expect(problems).toEqual([]);
  });

  it('shows the share of documents that it has looked at', async () => {
    const recounts = newRecounts();
    await store.accounts.setTimeZone(ann.account.accountId, auckland);
    expect(await progress(recounts)).toEqual({ share: 0 });
    await store.calls.recountNext(ann.account.accountId, recompute, { documents: 300, bytes: 1_000_000 });
    expect(await progress(recounts)).toEqual({ share: 0.25 });
    expect(await recounts.progressOf(ann.account.accountId + 1)).toBe(null);
  });

  it('of a zone that is changed again and again ends with the last one', async () => {
    const recounts = newRecounts();
    const zones = [auckland, 'Pacific/Honolulu', 'UTC', auckland, 'Pacific/Honolulu'];
    await Promise.all(zones.map((zone) => recounts.start(ann.account.accountId, zone)));
    await expect.poll(() => progress(recounts)).toBe(null);
    expect(await days()).toEqual({ [day]: { calls: count } });
    expect((await store.calls.verify(recompute)).differences).toBe(0);
  });

  it('that was left goes on when a server starts', async () => {
    await store.accounts.setTimeZone(ann.account.accountId, auckland);
    await store.calls.recountNext(ann.account.accountId, recompute);
    const recounts = newRecounts({ lookEveryMs: 600_000 });
    recounts.resume();
    await expect.poll(() => progress(recounts)).toBe(null);
    expect(await days()).toEqual({ [day + 1]: { calls: count } });
  });

  it('that another process has left is taken up, and one that goes on is left to it', async () => {
    let steps = 0;
    const counting: Recompute = (...document) => {
      steps += 1;
      return recompute(...document);
    };
    const recounts = newRecounts({ recompute: counting, lookEveryMs: 1000 });
    recounts.resume();
    await store.accounts.setTimeZone(ann.account.accountId, auckland);
    const most = { documents: 4, bytes: 1_000_000 };
    let left = count;
    // Two looks, at which it has come further each time.
    for (const untilMs = performance.now() + 2500; performance.now() < untilMs; left -= 4) {
      await store.calls.recountNext(ann.account.accountId, recompute, most);
      await delay(20);
    }
    expect(steps).toBe(0);
    await expect.poll(() => progress(recounts), { timeout: 10_000 }).toBe(null);
    expect(steps).toBe(left);
    expect(await days()).toEqual({ [day + 1]: { calls: count } });
  });

  it('stops at close after the step that has begun', async () => {
    const recounts = newRecounts();
    await recounts.start(ann.account.accountId, auckland);
    await recounts.close();
    const left = await store.calls.recounts();
    expect(left).toMatchObject([{ documents: expect.any(Number) }]);
    expect((await store.calls.verify(recompute)).differences).toBe(0);
    await store.calls.recountNext(ann.account.accountId, recompute, { documents: 1, bytes: 1 });
    expect((await store.calls.recounts())[0]?.documents).toBe((left[0]?.documents ?? 0) + 1);
  });
});

describe('what cannot be counted', () => {
  it('is told once, and not tried again until it is started again', async () => {
    let isBroken = true;
    const broken: Recompute = (...document) => {
      if (isBroken) throw new Error('no such luck');
      return recompute(...document);
    };
    const recounts = newRecounts({ recompute: broken });
    recounts.resume();
    await recounts.start(ann.account.accountId, auckland);
    await expect.poll(() => problems.length).toBe(1);
    await delay(200);
    expect(problems).toEqual([new Error(`call c-0 of account ${ann.account.name} cannot be read: no such luck`)]);
    isBroken = false;
    expect(await recounts.start(ann.account.accountId, auckland)).toBe(false);
    await expect.poll(() => progress(recounts)).toBe(null);
    expect(await days()).toEqual({ [day + 1]: { calls: count } });
  });

  it('for the store is not available is taken up again', async () => {
    let failures = 3;
    const recountNext: CallStore['recountNext'] = (...parameters) => {
      failures -= 1;
      return failures < 0 ? store.calls.recountNext(...parameters) : Promise.reject(new StoreUnavailable('not now'));
    };
    const calls = { recounts: () => store.calls.recounts(), recountNext };
    const recounts = newRecounts({ store: { accounts: store.accounts, calls } });
    recounts.resume();
    await recounts.start(ann.account.accountId, auckland);
    await expect.poll(() => progress(recounts)).toBe(null);
    expect(problems).toEqual(Array(3).fill(new StoreUnavailable('not now')));
    expect(await days()).toEqual({ [day + 1]: { calls: count } });
  });
});
