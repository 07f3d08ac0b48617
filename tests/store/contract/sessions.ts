import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/store/access-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { addColleague, addUser, closeStore, freshStore, nowMs, openFor, type Subject, unique } from '../subject.ts';

export function sessionContract(subject: Subject): void {
  describe('a session', () => {
    async function begin(store: Store, { userId }: User, atMs = nowMs): Promise<string> {
      const sha256 = unique('sha of a session');
      await store.sessions.add({ userId, sha256 }, atMs);
      return sha256;
    }

    it('is found by its SHA-256 with its user and times, however old', async () => {
      const { store } = subject;
      const user = await addUser(store);
      const sha256 = await begin(store, user, 7);
      expect(await store.sessions.find(sha256)).toEqual({ user, createdAtMs: 7, lastUsedAtMs: 7 });
      expect(await store.sessions.find(unique('sha'))).toBe(null);
    });

    it('remembers its last use, at once and over a restart, and never an earlier one', async () => {
      const { store, database } = await freshStore(subject);
      const user = await addUser(store);
      const sha256 = await begin(store, user);
      const unused = await begin(store, user);
      store.sessions.touch(sha256, nowMs + 1000);
      store.sessions.touch(unique('sha'), nowMs);
      const used = { user, createdAtMs: nowMs, lastUsedAtMs: nowMs + 1000 };
      expect(await store.sessions.find(sha256)).toEqual(used);
      await closeStore(store);
      const later = await openFor(database);
      expect(await later.sessions.find(sha256)).toEqual(used);
      expect((await later.sessions.find(unused))?.lastUsedAtMs).toBe(nowMs);
      later.sessions.touch(sha256, nowMs + 500);
      await closeStore(later);
      expect(await (await openFor(database)).sessions.find(sha256)).toEqual(used);
    });

    it('ends alone, or with all others of its user; ending what is not there changes nothing', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const [first, second, third] = [await begin(store, ann), await begin(store, ann), await begin(store, ann)];
      const kept = await begin(store, bob);
      const found = async () =>
        (await Promise.all([first, second, third, kept].map((sha256) => store.sessions.find(sha256)))).map(
          (session) => session !== null,
        );
      await store.sessions.end(first);
      await store.sessions.end(first);
      expect(await found()).toEqual([false, true, true, true]);
      await store.sessions.endAll(ann.userId);
      await store.sessions.endAll(ann.userId);
      expect(await found()).toEqual([false, false, false, true]);
    });

    it('that has ended does not come back with a use that is saved afterwards', async () => {
      const { store, database } = await freshStore(subject);
      const sha256 = await begin(store, await addUser(store));
      store.sessions.touch(sha256, nowMs + 1);
      await store.sessions.end(sha256);
      expect(await store.sessions.find(sha256)).toBe(null);
      await closeStore(store);
      expect(await (await openFor(database)).sessions.find(sha256)).toBe(null);
    });

    it.each([
      {
        name: 'the user is disabled',
        end: (store: Store, { userId }: User) => store.accounts.setDisabled(userId, true, { mayLeaveNoAdmin: true }),
      },
      {
        name: 'the password changes',
        end: (store: Store, { userId }: User) => store.accounts.setPassword(userId, 'x'),
      },
    ])('ends when $name, with all of that user and of nobody else, for good', async ({ end }) => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const ended = [await begin(store, ann), await begin(store, ann)];
      const kept = await begin(store, bob);
      await end(store, ann);
      await store.accounts.setDisabled(ann.userId, false);
      for (const sha256 of ended) expect(await store.sessions.find(sha256)).toBe(null);
      expect((await store.sessions.find(kept))?.user).toEqual(bob);
    });

    it('does not end where its user is not disabled, being the last administrator', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const sha256 = await begin(store, ann);
      expect(await store.accounts.setDisabled(ann.userId, true)).toBe(false);
      expect((await store.sessions.find(sha256))?.user).toEqual(ann);
    });

    it('of a disabled user is found only once the user is enabled', async () => {
      const { store } = subject;
      const bob = await addColleague(store, await addUser(store));
      await store.accounts.setDisabled(bob.userId, true);
      const sha256 = await begin(store, bob);
      expect(await store.sessions.find(sha256)).toBe(null);
      await store.accounts.setDisabled(bob.userId, false);
      expect((await store.sessions.find(sha256))?.user).toEqual(bob);
    });

    it('knows its user as the user is now', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const sha256 = await begin(store, bob);
      await store.accounts.setAdmin(bob.userId, true);
      await store.accounts.setWeekStart(ann.account.accountId, 7);
      expect((await store.sessions.find(sha256))?.user).toEqual({
        ...bob,
        isAdmin: true,
        account: { ...ann.account, weekStart: 7 },
      });
    });

    it('that was last used before a moment is swept away, and no other', async () => {
      const { store } = await freshStore(subject);
      const user = await addUser(store);
      const [old, used, young] = [
        await begin(store, user),
        await begin(store, user),
        await begin(store, user, nowMs + 5),
      ];
      store.sessions.touch(used, nowMs + 5);
      const before = { windowStart: 0, lastUsedAtMs: nowMs + 100 };
      await store.access.sweep({ ...before, sessionLastUsedAtMs: nowMs });
      expect(await store.sessions.find(old)).not.toBe(null);
      await store.access.sweep({ ...before, sessionLastUsedAtMs: nowMs + 5 });
      expect(await store.sessions.find(old)).toBe(null);
      expect(await store.sessions.find(used)).not.toBe(null);
      expect(await store.sessions.find(young)).not.toBe(null);
    });
  });
}
