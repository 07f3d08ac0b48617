import { describe, expect, it } from 'vitest';
import type { User } from '../../src/store/access-store.ts';
import { lockForServer } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { callWith } from '../data/calls.ts';
import { daysOfOwner, recompute, record, recorded, senderOf } from './recorded-calls.ts';
import { newSqliteDatabase, rawConnection } from './sqlite-database.ts';
import { addColleague, addUser, freshDatabase, nowMs, openFor } from './subject.ts';

const day = 17_569;
const callOf = (id: string) => recorded(callWith({ id }));

/** A store, a user, and a connection that can hold the write lock. */
async function lockableStore() {
  const database = await newSqliteDatabase();
  await freshDatabase(async () => database);
  const commits: { readonly requests: number; readonly documents: number }[] = [];
  const store = await openFor(database, { committed: (commit) => commits.push(commit) });
  return { database, store, commits, ann: await addUser(store), raw: rawConnection(database) };
}

describe('reading', () => {
  it('does not wait for a writer, and sees what was committed', async () => {
    const { store, ann, raw } = await lockableStore();
    await record(store, senderOf(ann), [callOf('a')]);
    raw.exec(`BEGIN EXCLUSIVE; UPDATE owner_days SET calls = 99`);
    const waiting = record(store, senderOf(ann), [callOf('b')]);
    // The lock is held until the end of this test, so whatever waited for it would not get here.
    expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 1 } });
    expect(await store.accounts.findUser('dev', ann.login)).toEqual(ann);
    expect(await store.calls.verify(recompute)).toMatchObject({ documents: 1, differences: 0 });
    await store.ping();
    expect(store.waitingDocuments()).toBe(1);
    raw.exec('ROLLBACK');
    expect(await waiting).toEqual(['stored']);
    expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 2 } });
  });

  it('of quotas and credentials does not wait either, nor does spending', async () => {
    const { store, ann, raw } = await lockableStore();
    await store.access.addCredential({ login: 'x', userId: ann.userId, passwordSha256: 'sha' }, nowMs);
    raw.exec('BEGIN IMMEDIATE');
    const window = { quota: 'data', subject: '1', windowStart: 900 };
    expect(await store.access.spend(window, 1)).toEqual({ used: 1, isGranted: true });
    store.access.touchCredential('x', nowMs + 5);
    expect((await store.access.findCredential('x'))?.lastUsedAtMs).toBe(nowMs + 5);
    raw.exec('ROLLBACK');
  });
});

describe('requests that are committed together', () => {
  /** Sends requests while the lock is held, so that most of them go into one transaction. */
  async function together<T>(
    { raw, commits }: Awaited<ReturnType<typeof lockableStore>>,
    send: () => readonly Promise<T>[],
  ): Promise<readonly PromiseSettledResult<T>[]> {
    raw.exec('BEGIN IMMEDIATE');
    const sent = send();
    raw.exec('ROLLBACK');
    const settled = await Promise.allSettled(sent);
    expect(Math.max(...commits.map(({ requests }) => requests))).toBeGreaterThan(1);
    return settled;
  }

  const statuses = (settled: readonly PromiseSettledResult<unknown>[]) => settled.map(({ status }) => status);

  it('have outcomes of their own, and all sums', async () => {
    const subject = await lockableStore();
    const { store, ann } = subject;
    const zoe = await addUser(store);
    const send = () =>
      ['a', 'b', 'a'].flatMap((id) => [ann, zoe].map((user) => record(store, senderOf(user), [callOf(id)])));
    const outcomes = await together(subject, send);
    const [stored, unchanged] = ['stored', 'unchanged'].map((outcome) => ({ status: 'fulfilled', value: [outcome] }));
    expect(outcomes).toEqual([stored, stored, stored, stored, unchanged, unchanged]);
    for (const user of [ann, zoe]) expect(await daysOfOwner(store, user)).toEqual({ [day]: { calls: 2 } });
    expect((await store.calls.verify(recompute)).differences).toBe(0);
  });

  const failures: readonly { readonly name: string; readonly fail: (store: Store, ann: User) => Promise<unknown> }[] = [
    {
      name: 'a call whose contribution is damaged',
      fail: (store, ann) => record(store, senderOf(ann), [callOf('x'), { ...callOf('y'), applied: 'nonsense' }]),
    },
    {
      name: 'a sender of an account that does not exist',
      fail: (store, ann) => record(store, { ...senderOf(ann), accountId: 999 }, [callOf('x')]),
    },
    {
      name: 'a key that is there already',
      fail: async (store, user) => {
        const key = { user, sha256: 'same', hint: 'vgk_', label: '', isStrict: false };
        await Promise.all([store.keys.add(key, nowMs), store.keys.add(key, nowMs)]);
      },
    },
    {
      name: 'a share with nobody',
      fail: (store, { account }) => store.numbers.share(account.accountId, '+16173990000', 4711),
    },
  ];

  it.each(failures)('do not fail with one that does: $name', async ({ fail }) => {
    const subject = await lockableStore();
    const { store, ann } = subject;
    const settled = await together<unknown>(subject, () => [
      record(store, senderOf(ann), [callOf('a')]),
      record(store, senderOf(ann), [callOf('b')]),
      fail(store, ann),
      record(store, senderOf(ann), [callOf('c'), callOf('b')]),
    ]);
    expect(statuses(settled)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(settled.at(-1)).toMatchObject({ value: ['stored', 'unchanged'] });
    expect(await store.calls.verify(recompute)).toMatchObject({ documents: 3, differences: 0 });
    expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 3 } });
    expect(await record(store, senderOf(ann), [callOf('d')])).toEqual(['stored']);
  });

  it('may give a number away in between', async () => {
    const subject = await lockableStore();
    const { store, ann } = subject;
    const bob = await addColleague(store, ann);
    const settled = await together<unknown>(subject, () => [
      record(store, senderOf(ann), [callOf('a')]),
      record(store, senderOf(ann), [callOf('b')]),
      store.numbers.give(ann.account.accountId, '+16173990000', bob.userId),
      record(store, senderOf(ann), [callOf('c')]),
      record(store, senderOf(ann), [recorded(callWith({ id: 'a', revision: 1, events: [{ kind: 'log' }] }))]),
    ]);
    expect(statuses(settled)).toEqual(Array(5).fill('fulfilled'));
    expect(await daysOfOwner(store, ann)).toEqual({});
    expect(await daysOfOwner(store, bob)).toEqual({ [day]: { calls: 3, log_events: 1 } });
    expect((await store.calls.verify(recompute)).differences).toBe(0);
  });
});

describe('more documents than can wait', () => {
  it('are refused, with nothing of them written; a large batch alone is taken', async () => {
    const { store, ann, raw } = await lockableStore();
    const reject = { document: Buffer.from('{}'), callId: null, path: '', error: 'x' };
    const tooMany = { calls: [callOf('b')], rejects: Array(16_000).fill(reject), timeZone: ann.account.timeZone };
    raw.exec('BEGIN IMMEDIATE');
    const first = record(store, senderOf(ann), [callOf('a')]);
    const refused = await store.calls.record(senderOf(ann), tooMany, nowMs);
    expect(refused).toEqual({
      ok: false,
      error: { kind: 'unavailable', reason: 'too many documents wait to be written' },
    });
    raw.exec('ROLLBACK');
    expect(await first).toEqual(['stored']);
    expect(await store.calls.count()).toBe(1);
    expect(await store.rejects.list({ accountId: null, afterId: 0, limit: 1 })).toEqual([]);
    expect(await store.calls.record(senderOf(ann), tooMany, nowMs)).toEqual({ ok: true, value: ['stored'] });
    expect(await store.rejects.list({ accountId: null, afterId: 0, limit: 2 })).toMatchObject([{ times: 16_000 }]);
  });
});

describe('the lock of a server', () => {
  it('is held by one at a time, and can be had again when it was released', async () => {
    const { database } = await lockableStore();
    const release = lockForServer(database.folder);
    expect(release).not.toBe(null);
    expect(lockForServer(database.folder)).toBe(null);
    release?.();
    const again = lockForServer(database.folder);
    expect(again).not.toBe(null);
    again?.();
  });

  it('of one folder is not that of another, and other commands do not need it', async () => {
    const [{ database, store, ann }, other] = [await lockableStore(), await lockableStore()];
    const releases = [lockForServer(database.folder), lockForServer(other.database.folder)];
    expect(releases).not.toContain(null);
    const command = await openFor(database);
    expect(await record(command, senderOf(ann), [callOf('a')])).toEqual(['stored']);
    expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 1 } });
    for (const release of releases) release?.();
  });
});
