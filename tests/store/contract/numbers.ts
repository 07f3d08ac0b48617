import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/store/access-store.ts';
import { callWith } from '../../data/calls.ts';
import { daysOfNumber, daysOfOwner, record, recorded, senderOf } from '../recorded-calls.ts';
import { addColleague, addUser, nowMs, type Subject } from '../subject.ts';

const phone = '+16173990000';
const holder = ({ userId, tool, login }: User) => ({ userId, tool, login });

export function numberContract(subject: Subject): void {
  describe('a number', () => {
    it('is added once an account, and stays with its first owner', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const { accountId } = ann.account;
      expect(await store.numbers.add(accountId, ann.userId, phone, nowMs)).toBe(true);
      expect(await store.numbers.add(accountId, ann.userId, phone, nowMs)).toBe(false);
      expect(await store.numbers.add(accountId, bob.userId, phone, nowMs)).toBe(false);
      expect(await store.numbers.list(accountId)).toEqual([{ phone, owner: holder(ann), sharedWith: [] }]);
    });

    it('may be in two accounts, which know nothing of each other', async () => {
      const { store } = subject;
      const [ann, zoe] = [await addUser(store), await addUser(store)];
      await store.numbers.add(ann.account.accountId, ann.userId, phone, nowMs);
      expect(await store.numbers.list(zoe.account.accountId)).toEqual([]);
      expect(await store.numbers.isOwned(zoe.account.accountId, zoe.userId, phone)).toBe(false);
      expect(await store.numbers.add(zoe.account.accountId, zoe.userId, phone, nowMs)).toBe(true);
      expect(await store.numbers.list(ann.account.accountId)).toEqual([{ phone, owner: holder(ann), sharedWith: [] }]);
    });

    it('is listed in order of numbers', async () => {
      const { store } = subject;
      const { userId, account } = await addUser(store);
      for (const each of ['301', '+442079460000', '+16173990000']) {
        await store.numbers.add(account.accountId, userId, each, nowMs);
      }
      const listed = await store.numbers.list(account.accountId);
      expect(listed.map((number) => number.phone)).toEqual(['+16173990000', '+442079460000', '301']);
    });

    it('is owned by its owner only, also where it is shared', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const { accountId } = ann.account;
      await store.numbers.add(accountId, ann.userId, phone, nowMs);
      await store.numbers.share(accountId, phone, bob.userId);
      expect(await store.numbers.isOwned(accountId, ann.userId, phone)).toBe(true);
      expect(await store.numbers.isOwned(accountId, bob.userId, phone)).toBe(false);
      expect(await store.numbers.isOwned(accountId, ann.userId, '+16173990001')).toBe(false);
      expect(await daysOfOwner(store, bob)).toEqual({});
    });

    it('is visible to its owner and to those it is shared with, and to nobody else', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const [bob, carl, zoe] = [await addColleague(store, ann), await addColleague(store, ann), await addUser(store)];
      const { accountId } = ann.account;
      await store.numbers.add(accountId, ann.userId, phone, nowMs);
      await store.numbers.add(zoe.account.accountId, zoe.userId, phone, nowMs);
      const users = [ann, bob, carl, zoe];
      const visible = (number = phone) =>
        Promise.all(users.map(({ userId }) => store.numbers.isVisible(accountId, userId, number)));
      expect(await visible()).toEqual([true, false, false, false]);
      await store.numbers.share(accountId, phone, bob.userId);
      expect(await visible()).toEqual([true, true, false, false]);
      expect(await visible('+16173990001')).toEqual([false, false, false, false]);
      await store.numbers.give(accountId, phone, carl.userId);
      expect(await visible()).toEqual([false, true, true, false]);
      await store.numbers.unshare(accountId, phone, bob.userId);
      expect(await visible()).toEqual([false, false, true, false]);
    });

    it('is shared and shared no more; twice is as good as once', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const { accountId } = ann.account;
      await store.numbers.add(accountId, ann.userId, phone, nowMs);
      const sharedWith = async () => (await store.numbers.list(accountId)).map((number) => number.sharedWith);
      for (let times = 0; times < 2; times += 1) {
        await store.numbers.share(accountId, phone, bob.userId);
        expect(await sharedWith()).toEqual([[holder(bob)]]);
      }
      for (let times = 0; times < 2; times += 1) {
        await store.numbers.unshare(accountId, phone, bob.userId);
        expect(await sharedWith()).toEqual([[]]);
      }
    });
  });

  describe('a number that is given', () => {
    const other = '+16173990001';
    const day = 17_569;

    /** Two users; the first has two numbers, with two calls and one. */
    async function twoUsers() {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      await record(store, senderOf(ann), [
        recorded(callWith({ id: 'c-1', phone })),
        recorded(callWith({ id: 'c-2', phone, startedAtMs: Date.UTC(2018, 1, 8, 15) })),
        recorded(callWith({ id: 'c-3', phone: other })),
      ]);
      return { store, ann, bob };
    }

    it('takes its calls along, the old ones too, and leaves those of other numbers', async () => {
      const { store, ann, bob } = await twoUsers();
      await store.numbers.give(ann.account.accountId, phone, bob.userId);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 1 } });
      expect(await daysOfOwner(store, bob)).toEqual({ [day]: { calls: 1 }, [day + 1]: { calls: 1 } });
      expect(await daysOfNumber(store, ann, phone)).toEqual({ [day]: { calls: 1 }, [day + 1]: { calls: 1 } });
      expect(await store.numbers.isOwned(ann.account.accountId, bob.userId, phone)).toBe(true);
    });

    it('has its later calls with the new owner, whoever sends them; corrections of old ones too', async () => {
      const { store, ann, bob } = await twoUsers();
      await store.numbers.give(ann.account.accountId, phone, bob.userId);
      const outcomes = await record(store, senderOf(ann), [
        recorded(callWith({ id: 'c-1', phone: other, revision: 1 })),
        recorded(
          callWith({ id: 'c-2', phone, revision: 1, startedAtMs: Date.UTC(2018, 1, 8, 15), events: [{ kind: 'log' }] }),
        ),
        recorded(callWith({ id: 'c-4', phone })),
      ]);
      expect(outcomes).toEqual(['replaced', 'replaced', 'stored']);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 2 } });
      expect(await daysOfOwner(store, bob)).toEqual({ [day]: { calls: 1 }, [day + 1]: { calls: 1, log_events: 1 } });
    });

    it('is not shared with its owner, who sees it no more once it is given away', async () => {
      const { store, ann, bob } = await twoUsers();
      const { accountId } = ann.account;
      await store.numbers.share(accountId, phone, ann.userId);
      const listed = async () => (await store.numbers.list(accountId)).find((number) => number.phone === phone);
      expect(await listed()).toEqual({ phone, owner: holder(ann), sharedWith: [] });
      await store.numbers.give(accountId, phone, bob.userId);
      expect(await listed()).toEqual({ phone, owner: holder(bob), sharedWith: [] });
      expect(await store.numbers.isVisible(accountId, ann.userId, phone)).toBe(false);
    });

    it('is shared with its new owner no more, and with others as before', async () => {
      const { store, ann, bob } = await twoUsers();
      const carl = await addColleague(store, ann);
      const { accountId } = ann.account;
      for (const { userId } of [bob, carl]) await store.numbers.share(accountId, phone, userId);
      await store.numbers.give(accountId, phone, bob.userId);
      expect(await store.numbers.list(accountId)).toEqual([
        { phone, owner: holder(bob), sharedWith: [holder(carl)] },
        { phone: other, owner: holder(ann), sharedWith: [] },
      ]);
    });

    it('to its owner changes nothing, and there and back neither', async () => {
      const { store, ann, bob } = await twoUsers();
      const { accountId } = ann.account;
      const before = await daysOfOwner(store, ann);
      for (const { userId } of [ann, bob, bob, ann]) await store.numbers.give(accountId, phone, userId);
      expect(await daysOfOwner(store, ann)).toEqual(before);
      expect(await daysOfOwner(store, bob)).toEqual({});
    });

    it('between calls that come in at the same time takes all of them along', async () => {
      const { store, ann, bob } = await twoUsers();
      const calls = Array.from({ length: 6 }, (_, index) => recorded(callWith({ id: `late-${index}`, phone })));
      await Promise.all([
        ...calls.slice(0, 3).map((call) => record(store, senderOf(ann), [call])),
        store.numbers.give(ann.account.accountId, phone, bob.userId),
        ...calls.slice(3).map((call) => record(store, senderOf(ann), [call])),
      ]);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 1 } });
      expect(await daysOfOwner(store, bob)).toEqual({ [day]: { calls: 7 }, [day + 1]: { calls: 1 } });
    });
  });
}
