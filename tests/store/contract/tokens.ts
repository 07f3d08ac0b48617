import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/store/access-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { addUser, closeStore, freshStore, nowMs, openFor, type Subject, unique } from '../subject.ts';

export function tokenContract(subject: Subject): void {
  describe('an API token', () => {
    const newToken = (user: User, label = '') => ({ user, sha256: unique('sha'), hint: 'vgt_abcd', label });
    const listed = async (store: Store, tokenId: number) =>
      (await store.tokens.list()).find((each) => each.tokenId === tokenId);

    it('is found by its SHA-256 with all that belongs to it', async () => {
      const { store } = subject;
      const user = await addUser(store);
      const token = newToken(user, 'wallboard');
      const { tokenId } = await store.tokens.add(token, nowMs);
      const { hint, label } = token;
      const dates = { createdAtMs: nowMs, lastUsedAtMs: null, revokedAtMs: null };
      expect(await store.tokens.find(token.sha256)).toEqual({ tokenId, user, hint, label, ...dates });
      expect(await store.tokens.find('0'.repeat(64))).toBe(null);
    });

    it('is not found when it was revoked, which can be done once, nor while its user is disabled', async () => {
      const { store } = subject;
      const user = await addUser(store);
      const [token, other] = [newToken(user), newToken(user)];
      const { tokenId } = await store.tokens.add(token, nowMs);
      await store.tokens.add(other, nowMs);
      expect((await store.tokens.find(token.sha256))?.tokenId).toBe(tokenId);
      expect(await store.tokens.revoke(tokenId, nowMs + 1)).toBe(true);
      expect(await store.tokens.revoke(tokenId, nowMs + 2)).toBe(false);
      expect(await store.tokens.revoke(1_000_000, nowMs)).toBe(false);
      expect(await store.tokens.find(token.sha256)).toBe(null);
      expect((await listed(store, tokenId))?.revokedAtMs).toBe(nowMs + 1);
      expect(await store.tokens.find(other.sha256)).not.toBe(null);
      await store.accounts.setDisabled(user.userId, true, { mayLeaveNoAdmin: true });
      expect(await store.tokens.find(other.sha256)).toBe(null);
    });

    it('is listed with the others in the order in which they were made', async () => {
      const { store } = await freshStore(subject);
      const user = await addUser(store);
      const labels = ['c', 'a', 'b'];
      for (const label of labels) await store.tokens.add(newToken(user, label), nowMs);
      expect((await store.tokens.list()).map(({ label }) => label)).toEqual(labels);
    });

    it('knows its last use, which is saved at the latest when the store closes', async () => {
      const { store, database } = await freshStore(subject);
      const user = await addUser(store);
      const { tokenId } = await store.tokens.add(newToken(user), nowMs);
      store.access.touchToken(tokenId, nowMs + 20);
      await closeStore(store);
      const again = await openFor(database);
      expect((await listed(again, tokenId))?.lastUsedAtMs).toBe(nowMs + 20);
      again.access.touchToken(tokenId, nowMs + 10);
      await closeStore(again);
      expect((await listed(await openFor(database), tokenId))?.lastUsedAtMs).toBe(nowMs + 20);
    });
  });
}
