import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import { callWith } from '../../data/calls.ts';
import { daysOfNumber, daysOfOwner, recompute, record, recorded, senderOf } from '../recorded-calls.ts';
import {
  addColleague,
  addUser,
  closeStore,
  freshDatabase,
  freshStore,
  nowMs,
  openFor,
  type Subject,
  unique,
} from '../subject.ts';

const phone = '+16173990000';
const day = 17_569;
const callOf = (id: string | number, revision = 0) => recorded(callWith({ id: `c-${id}`, revision }));
const numbered = (count: number) => Array.from({ length: count }, (_, index) => index);

export function durabilityContract(subject: Subject): void {
  describe('what was written', () => {
    it('is there after the store was closed and opened again', async () => {
      const { store, database } = await freshStore(subject);
      const ann = await addUser(store);
      const { accountId } = ann.account;
      await record(
        store,
        senderOf(ann),
        [callOf(1), callOf(2)],
        [{ document: Buffer.from('{}'), callId: null, path: '', error: 'x' }],
      );
      await store.keys.add({ user: ann, sha256: 'sha', hint: 'vgk_abcd', label: '', isStrict: false }, nowMs);
      await store.calls.saveImportProgress(accountId, 'a', { documentsDone: 1, summary: '{}' }, nowMs);
      const everything = async (opened: Store) => ({
        users: await opened.accounts.users(),
        accounts: await opened.accounts.list(),
        numbers: await opened.numbers.list(accountId),
        keys: await opened.keys.list(),
        documents: await opened.calls.count(),
        days: await daysOfNumber(opened, ann, phone),
        owned: await daysOfOwner(opened, ann),
        progress: await opened.calls.importProgress(accountId, 'a'),
        rejects: await opened.rejects.list({ accountId: null, afterId: 0, limit: 10 }),
      });
      const before = await everything(store);
      await closeStore(store);
      const later = await openFor(database);
      expect(await everything(later)).toEqual(before);
      expect(await record(later, senderOf(ann), [callOf(1), callOf(3)])).toEqual(['unchanged', 'stored']);
    });

    it('is seen by another store on the same database as soon as its promise resolves', async () => {
      const { store, database } = await freshStore(subject);
      const other = await openFor(database);
      const ann = await addUser(store);
      expect(await other.accounts.findUser('dev', ann.login)).toEqual(ann);
      await record(other, senderOf(ann), [callOf(1)]);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 1 } });
    });

    it('about who may do what is seen by another store soon, also where it has just looked', async () => {
      const { store, database } = await freshStore(subject);
      const other = await openFor(database);
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const { accountId } = ann.account;
      const credential = { login: 'x', userId: ann.userId, passwordSha256: 'sha' };
      const rights = async () => [
        (await other.access.findCredential('x')) !== null,
        await other.numbers.isOwned(accountId, ann.userId, phone),
        (await other.keys.find('sha')) !== null,
      ];
      expect(await rights()).toEqual([false, false, false]);
      await store.access.addCredential(credential, nowMs);
      await store.numbers.add(accountId, ann.userId, phone, nowMs);
      const { keyId } = await store.keys.add(
        { user: ann, sha256: 'sha', hint: 'vgk_', label: '', isStrict: false },
        nowMs,
      );
      await expect.poll(rights).toEqual([true, true, true]);
      await store.accounts.setPassword(ann.userId, 'new hash');
      await store.numbers.give(accountId, phone, bob.userId);
      await store.keys.revoke(keyId, nowMs);
      await expect.poll(rights).toEqual([false, false, false]);
    });

    it('about who may do what is seen by the same store at once', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const { accountId } = ann.account;
      const login = unique('login');
      const rights = async () => [
        (await store.access.findCredential(login)) !== null,
        await store.numbers.isOwned(accountId, ann.userId, phone),
      ];
      expect(await rights()).toEqual([false, false]);
      await record(store, senderOf(ann), [callOf(1)]);
      expect(await rights()).toEqual([false, true]);
      await store.access.addCredential({ login, userId: ann.userId, passwordSha256: 'sha' }, nowMs);
      expect(await rights()).toEqual([true, true]);
      await store.numbers.give(accountId, phone, bob.userId);
      expect(await rights()).toEqual([true, false]);
      await store.accounts.setDisabled(ann.userId, true, { mayLeaveNoAdmin: true });
      expect(await rights()).toEqual([false, false]);
    });
  });

  describe('closing', () => {
    it('finishes the writes that were accepted', async () => {
      const { store, database } = await freshStore(subject);
      const ann = await addUser(store);
      const recording = numbered(50).map((number) => record(store, senderOf(ann), [callOf(number)]));
      await closeStore(store);
      expect(await Promise.all(recording)).toEqual(numbered(50).map(() => ['stored']));
      const later = await openFor(database);
      expect(await daysOfOwner(later, ann)).toEqual({ [day]: { calls: 50 } });
    });

    it('ends the store: it can neither be read, nor written, nor pinged', async () => {
      const { store } = await freshStore(subject);
      const ann = await addUser(store);
      await store.ping();
      await closeStore(store);
      await expect(store.ping()).rejects.toThrow();
      await expect(store.accounts.users()).rejects.toThrow();
      await expect(record(store, senderOf(ann), [callOf(1)])).rejects.toThrow();
      await expect(store.accounts.setDisabled(ann.userId, true, { mayLeaveNoAdmin: true })).rejects.toThrow();
    });
  });

  describe('the work of a store', () => {
    it('shows in the documents that wait, and in what its observer is told', async () => {
      const database = await freshDatabase(subject.newDatabase);
      const told: { durationMs: number; requests: number; documents: number }[] = [];
      const store = await openFor(database, { committed: (commit) => told.push(commit) });
      const ann = await addUser(store);
      const rejects = [{ document: Buffer.from('{}'), callId: null, path: '', error: 'x' }];
      expect(store.waitingDocuments()).toBe(0);
      const recording = [
        record(store, senderOf(ann), [callOf(1), callOf(2)], rejects),
        record(store, senderOf(ann), [callOf(3)]),
      ];
      expect(store.waitingDocuments()).toBe(4);
      await Promise.all(recording);
      expect(store.waitingDocuments()).toBe(0);
      const total = (field: 'requests' | 'documents') => told.reduce((sum, commit) => sum + commit[field], 0);
      expect([total('requests'), total('documents')]).toEqual([3, 4]);
      expect(told.filter(({ durationMs }) => !(durationMs >= 0))).toEqual([]);
    });

    it('is right when two stores record the same calls at the same time', async () => {
      const { store, database } = await freshStore(subject);
      const stores = [store, await openFor(database)];
      const ann = await addUser(store);
      /** Every call comes in twice from each store, in several revisions, a few at a time. */
      const deliver = (target: Store, order: readonly number[]) =>
        order.map((number) =>
          record(target, senderOf(ann), [callOf(number, 1), callOf(number, number % 3), callOf((number * 7) % 60, 2)]),
        );
      const outcomes = await Promise.all(
        stores.flatMap((target, index) => deliver(target, index === 0 ? numbered(60) : numbered(60).reverse())),
      );
      expect(outcomes.flat().filter((outcome) => outcome === 'stored').length).toBe(60);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 60 } });
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 60, differences: 0 });
    });
  });
}
