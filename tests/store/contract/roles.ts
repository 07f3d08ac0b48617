import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/store/access-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { addColleague, addUser, closeStore, freshDatabase, openFor, type Subject } from '../subject.ts';

export function roleContract(subject: Subject): void {
  describe('an administrator', () => {
    const isAdmin = async (store: Store, { tool, login }: User) =>
      (await store.accounts.findUser(tool, login))?.isAdmin;
    const isDisabled = async (store: Store, { tool, login }: User) =>
      (await store.accounts.findUser(tool, login))?.isDisabled;

    it('is the first user of an account, and whoever is added as one', async () => {
      const { store } = subject;
      const ann = await addUser(store, { isAdmin: false });
      const [bob, carl] = [await addColleague(store, ann), await addColleague(store, ann, { isAdmin: true })];
      const zoe = await addUser(store);
      expect([ann, bob, carl, zoe].map((user) => user.isAdmin)).toEqual([true, false, true, true]);
    });

    it('is made and unmade, and nobody else with it', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const [bob, carl] = [await addColleague(store, ann), await addColleague(store, ann)];
      expect(await store.accounts.setAdmin(bob.userId, true)).toBe(true);
      expect(await store.accounts.findUser(bob.tool, bob.login)).toEqual({ ...bob, isAdmin: true });
      expect(await store.accounts.setAdmin(ann.userId, false)).toBe(true);
      const users = [ann, bob, carl];
      expect(await Promise.all(users.map((user) => isAdmin(store, user)))).toEqual([false, true, false]);
    });

    it('stays one, and stays enabled, while the account has no other that is enabled', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann, { isAdmin: true });
      const carl = await addColleague(store, ann);
      // Those of other accounts do not count.
      await addUser(store);
      expect(await store.accounts.setDisabled(bob.userId, true)).toBe(true);
      expect(await store.accounts.setAdmin(ann.userId, false)).toBe(false);
      expect(await store.accounts.setDisabled(ann.userId, true)).toBe(false);
      expect(await store.accounts.findUser(ann.tool, ann.login)).toEqual(ann);
      await store.accounts.setDisabled(bob.userId, false);
      expect(await store.accounts.setAdmin(ann.userId, false)).toBe(true);
      expect(await store.accounts.setAdmin(bob.userId, false)).toBe(false);
      expect(await store.accounts.setDisabled(carl.userId, true)).toBe(true);
    });

    it('that is disabled can be unmade, and one who is none disabled: it changes nothing for the others', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann, { isAdmin: true });
      await store.accounts.setDisabled(bob.userId, true);
      expect(await store.accounts.setAdmin(bob.userId, false)).toBe(true);
      expect(await isAdmin(store, bob)).toBe(false);
      expect(await store.accounts.setAdmin(bob.userId, false)).toBe(true);
      expect(await store.accounts.setDisabled(bob.userId, true)).toBe(true);
    });

    it('may be the last that is disabled where that is meant', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      expect(await store.accounts.setDisabled(ann.userId, true, { mayLeaveNoAdmin: true })).toBe(true);
      expect(await isDisabled(store, ann)).toBe(true);
    });

    it.each([
      { name: 'unmade', take: (store: Store, { userId }: User) => store.accounts.setAdmin(userId, false) },
      { name: 'disabled', take: (store: Store, { userId }: User) => store.accounts.setDisabled(userId, true) },
    ])('is left when all are $name at once, through whichever store', async ({ take }) => {
      const database = await freshDatabase(subject.newDatabase);
      const stores = [await openFor(database), await openFor(database), await openFor(database)] as const;
      for (let round = 0; round < 5; round += 1) {
        const ann = await addUser(stores[0]);
        const users = [ann];
        for (let count = 1; count < 6; count += 1) users.push(await addColleague(stores[0], ann, { isAdmin: true }));
        const taken = await Promise.all(users.map((user, index) => take(stores[index % 3] ?? stores[0], user)));
        expect(taken.filter((isDone) => !isDone).length).toBe(1);
        const left = (await stores[1].accounts.users()).filter(
          (user) => user.account.name === ann.account.name && user.isAdmin && !user.isDisabled,
        );
        expect(left.map(({ login }) => login)).toEqual([users[taken.indexOf(false)]?.login]);
      }
      for (const store of stores) await closeStore(store);
    });
  });

  describe('the first day of the week', () => {
    it('is Monday, until an account has another one', async () => {
      const { store } = subject;
      const [ann, zoe] = [await addUser(store), await addUser(store)];
      expect(ann.account.weekStart).toBe(1);
      for (const weekStart of [7, 6, 1] as const) {
        await store.accounts.setWeekStart(ann.account.accountId, weekStart);
        expect((await store.accounts.findUser(ann.tool, ann.login))?.account).toEqual({ ...ann.account, weekStart });
        expect((await store.accounts.findUser(zoe.tool, zoe.login))?.account).toEqual(zoe.account);
      }
    });
  });
}
