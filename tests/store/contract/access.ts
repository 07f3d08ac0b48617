import { describe, expect, it } from 'vitest';
import type { QuotaWindow, User } from '../../../src/store/access-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { addColleague, addUser, closeStore, freshStore, nowMs, openFor, type Subject, unique } from '../subject.ts';

const hash = (character: string) => character.repeat(64);

export function keyContract(subject: Subject): void {
  describe('an ingest key', () => {
    const newKey = (user: User, { isStrict = false, label = '' } = {}) => ({
      user,
      sha256: unique('sha'),
      hint: 'vgk_abcd',
      label,
      isStrict,
    });

    it.each([true, false])('is found by its SHA-256 with all that belongs to it, strict: %s', async (isStrict) => {
      const { store } = subject;
      const user = await addUser(store);
      const key = newKey(user, { isStrict, label: 'PBX in “Görlitz”' });
      const { keyId } = await store.keys.add(key, nowMs);
      const { hint } = key;
      expect(await store.keys.find(key.sha256)).toEqual({
        keyId,
        user,
        hint,
        label: 'PBX in “Görlitz”',
        isStrict,
        createdAtMs: nowMs,
        lastUsedAtMs: null,
        revokedAtMs: null,
      });
      expect(await store.keys.find(hash('0'))).toBe(null);
    });

    it('is not found when it was revoked, which can be done once', async () => {
      const { store } = subject;
      const [key, other] = [newKey(await addUser(store)), newKey(await addUser(store))];
      const { keyId } = await store.keys.add(key, nowMs);
      await store.keys.add(other, nowMs);
      expect(await store.keys.revoke(keyId, nowMs + 1)).toBe(true);
      expect(await store.keys.revoke(keyId, nowMs + 2)).toBe(false);
      expect(await store.keys.revoke(1_000_000, nowMs)).toBe(false);
      expect(await store.keys.find(key.sha256)).toBe(null);
      expect((await store.keys.find(other.sha256))?.hint).toBe('vgk_abcd');
      expect((await store.keys.list()).find((each) => each.keyId === keyId)?.revokedAtMs).toBe(nowMs + 1);
    });

    it('is not found while its user is disabled', async () => {
      const { store } = subject;
      const user = await addUser(store);
      const key = newKey(user);
      await store.keys.add(key, nowMs);
      await store.accounts.setDisabled(user.userId, true, { mayLeaveNoAdmin: true });
      expect(await store.keys.find(key.sha256)).toBe(null);
      await store.accounts.setDisabled(user.userId, false);
      expect((await store.keys.find(key.sha256))?.user).toEqual(user);
    });

    it('knows what its account allows now', async () => {
      const { store } = subject;
      const user = await addUser(store);
      const key = newKey(user);
      await store.keys.add(key, nowMs);
      await store.accounts.setAllowsInput(user.account.accountId, true);
      expect((await store.keys.find(key.sha256))?.user.account.allowsInput).toBe(true);
    });

    it('knows its last use, which is saved at the latest when the store closes', async () => {
      const { store, database } = await freshStore(subject);
      const user = await addUser(store);
      const { keyId } = await store.keys.add(newKey(user), nowMs);
      const { keyId: unused } = await store.keys.add(newKey(user), nowMs);
      const lastUses = async (at: Store) => new Map((await at.keys.list()).map((key) => [key.keyId, key.lastUsedAtMs]));
      store.access.touchKey(keyId, nowMs + 20);
      store.access.touchKey(1_000_000, nowMs + 20);
      await closeStore(store);
      const again = await openFor(database);
      const want = new Map([
        [keyId, nowMs + 20],
        [unused, null],
      ]);
      expect(await lastUses(again)).toEqual(want);
      again.access.touchKey(keyId, nowMs + 10);
      await closeStore(again);
      expect(await lastUses(await openFor(database))).toEqual(want);
    });

    it('is listed with the others, revoked ones too, in the order in which they were made', async () => {
      const { store } = await freshStore(subject);
      const user = await addUser(store);
      const hints = ['vgk_cccc', 'vgk_aaaa', 'vgk_bbbb'];
      for (const hint of hints) await store.keys.add({ ...newKey(user), hint }, nowMs);
      const [first] = await store.keys.list();
      await store.keys.revoke(first?.keyId ?? 0, nowMs);
      expect((await store.keys.list()).map(({ hint }) => hint)).toEqual(hints);
    });
  });
}

export function credentialContract(subject: Subject): void {
  describe('temporary credentials', () => {
    async function addCredential(store: Store, user: User, atMs = nowMs): Promise<string> {
      const login = unique('login');
      await store.access.addCredential({ login, userId: user.userId, passwordSha256: hash('a') }, atMs);
      return login;
    }

    it('are found with their user, however old', async () => {
      const { store } = subject;
      const user = await addUser(store);
      const login = await addCredential(store, user, 0);
      expect(await store.access.findCredential(login)).toEqual({
        login,
        user,
        passwordSha256: hash('a'),
        lastUsedAtMs: 0,
      });
      expect(await store.access.findCredential(unique('login'))).toBe(null);
    });

    it('remember their last use, at once and over a restart', async () => {
      const { store, database } = await freshStore(subject);
      const login = await addCredential(store, await addUser(store));
      store.access.touchCredential(login, nowMs + 1000);
      store.access.touchCredential(unique('login'), nowMs);
      expect((await store.access.findCredential(login))?.lastUsedAtMs).toBe(nowMs + 1000);
      await closeStore(store);
      const later = await openFor(database);
      expect((await later.access.findCredential(login))?.lastUsedAtMs).toBe(nowMs + 1000);
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
    ])('end when $name, all of that user and of nobody else, for good', async ({ end }) => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const ended = [await addCredential(store, ann), await addCredential(store, ann)];
      const kept = await addCredential(store, bob);
      await end(store, ann);
      await store.accounts.setDisabled(ann.userId, false);
      for (const login of ended) expect(await store.access.findCredential(login)).toBe(null);
      expect((await store.access.findCredential(kept))?.user.login).toBe(bob.login);
    });

    it('that were last used before a moment are swept away, and no others', async () => {
      const { store } = await freshStore(subject);
      const user = await addUser(store);
      const old = await addCredential(store, user, nowMs - 1);
      const young = await addCredential(store, user, nowMs);
      const used = await addCredential(store, user, nowMs - 1);
      store.access.touchCredential(used, nowMs);
      await store.access.sweep({ windowStart: 0, lastUsedAtMs: nowMs, sessionLastUsedAtMs: 0 });
      const found = await Promise.all([old, young, used].map((login) => store.access.findCredential(login)));
      expect(found.map((credential) => credential !== null)).toEqual([false, true, true]);
    });
  });
}

export function quotaContract(subject: Subject): void {
  describe('a quota', () => {
    const newWindow = (): QuotaWindow => ({ quota: 'data', subject: unique('user'), windowStart: 1_518_177_600 });

    it('grants so many units, and tells how many are used', async () => {
      const { access } = subject.store;
      const window = newWindow();
      expect(await access.used(window)).toBe(0);
      expect(await access.spend(window, 2)).toEqual({ used: 1, isGranted: true });
      expect(await access.spend(window, 2)).toEqual({ used: 2, isGranted: true });
      expect(await access.spend(window, 2)).toEqual({ used: 2, isGranted: false });
      expect(await access.used(window)).toBe(2);
      expect(await access.spend(window, 3)).toEqual({ used: 3, isGranted: true });
    });

    it('is counted apart for each quota, subject and window', async () => {
      const { access } = subject.store;
      const window = newWindow();
      const others = [
        { ...window, quota: 'auth' },
        { ...window, subject: `${window.subject} ` },
        { ...window, windowStart: window.windowStart + 900 },
      ];
      await access.spend(window, 1);
      for (const other of others) expect(await access.spend(other, 1)).toEqual({ used: 1, isGranted: true });
    });

    it('grants no unit too many, however many ask at once', async () => {
      const { access } = subject.store;
      const window = newWindow();
      const spent = await Promise.all(Array.from({ length: 30 }, () => access.spend(window, 10)));
      expect(
        spent
          .filter(({ isGranted }) => isGranted)
          .map(({ used }) => used)
          .sort((a, b) => a - b),
      ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      expect(await access.used(window)).toBe(10);
    });

    it('is still used up after a restart', async () => {
      const { store, database } = await freshStore(subject);
      const window = newWindow();
      for (let units = 0; units < 3; units += 1) await store.access.spend(window, 3);
      await closeStore(store);
      const later = await openFor(database);
      expect(await later.access.used(window)).toBe(3);
      expect(await later.access.spend(window, 3)).toEqual({ used: 3, isGranted: false });
    });

    it('forgets windows that began before a moment, and no others', async () => {
      const { store, database } = await freshStore(subject);
      const window = newWindow();
      const next = { ...window, windowStart: window.windowStart + 900 };
      for (const each of [window, next]) await store.access.spend(each, 9);
      await store.access.sweep({ windowStart: next.windowStart, lastUsedAtMs: 0, sessionLastUsedAtMs: 0 });
      expect([await store.access.used(window), await store.access.used(next)]).toEqual([0, 1]);
      await closeStore(store);
      const later = await openFor(database);
      expect([await later.access.used(window), await later.access.used(next)]).toEqual([0, 1]);
    });
  });
}
