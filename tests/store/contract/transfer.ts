import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callCounters } from '../../../src/domain/rollups.ts';
import type { AccountId, User } from '../../../src/store/access-store.ts';
import type { NewReject } from '../../../src/store/call-store.ts';
import { changesOf, hasChanges, strangerIn } from '../../../src/store/control.ts';
import type { Store } from '../../../src/store/store.ts';
import type { DocumentPlace, StoredDocument } from '../../../src/store/transfer-store.ts';
import { anyCall, callWith, phones } from '../../data/calls.ts';
import { propertyRuns } from '../../data/property-runs.ts';
import { daysOfNumber, daysOfOwner, recompute, record, recorded, senderOf } from '../recorded-calls.ts';
import { addColleague, addUser, freshStore, nowMs, type Subject, unique } from '../subject.ts';

const start: DocumentPlace = { storedAtMs: 0, callId: '' };
const all = { documents: 10_000, bytes: 100_000_000 } as const;
const saved = { progress: { documentsDone: 1, summary: '{}' }, nowMs } as const;

const documentsOf = async (store: Store, accountId: AccountId): Promise<readonly StoredDocument[]> =>
  (await store.transfer.documents(accountId, start, all)).documents;

/** Makes one store what the other is, as far as it is asked for. */
async function transfer(from: Store, to: Store): Promise<number> {
  const theirs = await from.transfer.control();
  await to.transfer.takeControl(changesOf(await to.transfer.control(), theirs));
  let taken = 0;
  for (const { accountId } of await from.accounts.list()) {
    taken += await to.transfer.takeDocuments(accountId, await documentsOf(from, accountId), saved);
    const heads = await from.transfer.rejectHeads(accountId);
    const known = new Map(heads.map((head) => [head.rejectId, head.sha256]));
    const mine = await to.transfer.rejectHeads(accountId);
    const gone = mine.filter((head) => known.get(head.rejectId) !== head.sha256).map(({ rejectId }) => rejectId);
    const rejects = await from.rejects.list({ accountId, afterId: 0, limit: 1000 });
    await to.transfer.takeRejects(accountId, { gone, rejects });
  }
  return taken;
}

async function expectSame(from: Store, to: Store): Promise<void> {
  expect(sorted(await to.transfer.control())).toEqual(sorted(await from.transfer.control()));
  expect(await to.accounts.users()).toEqual(await from.accounts.users());
  expect(await to.keys.list()).toEqual(await from.keys.list());
  expect(await to.tokens.list()).toEqual(await from.tokens.list());
  for (const user of await from.accounts.users()) {
    const { accountId } = user.account;
    expect(await documentsOf(to, accountId)).toEqual(await documentsOf(from, accountId));
    expect(await to.numbers.list(accountId)).toEqual(await from.numbers.list(accountId));
    expect(await daysOfOwner(to, user)).toEqual(await daysOfOwner(from, user));
    for (const phone of phones)
      expect(await daysOfNumber(to, user, phone)).toEqual(await daysOfNumber(from, user, phone));
    const page = { accountId, afterId: 0, limit: 1000 };
    expect(await to.rejects.list(page)).toEqual(await from.rejects.list(page));
  }
  expect(await to.calls.verify(recompute)).toMatchObject({ differences: 0, documents: await from.calls.count() });
}

/** Rows come in no order. */
const sorted = (control: Readonly<Record<string, readonly object[]>>) =>
  Object.fromEntries(
    Object.entries(control).map(([table, rows]) => [table, rows.map((row) => JSON.stringify(row)).sort()]),
  );

const reject = (text: string): NewReject => ({
  document: new TextEncoder().encode(text),
  callId: null,
  path: '/id',
  error: 'is missing',
});

/** An account with a bit of everything. */
async function fill(store: Store): Promise<{ readonly ann: User; readonly bob: User }> {
  const ann = await addUser(store);
  const bob = await addColleague(store, ann);
  const { accountId } = ann.account;
  await store.numbers.add(accountId, bob.userId, phones[1], nowMs);
  await record(store, senderOf(ann), [recorded(callWith({})), recorded(callWith({ id: 'c-2', phone: phones[1] }))]);
  await record(store, senderOf(bob, true), [], [reject('{'), reject('['), reject('{')]);
  await store.numbers.share(accountId, phones[0], bob.userId);
  const key = { user: ann, sha256: unique('sha of a key'), hint: 'vgk_1', label: 'PBX “é”', isStrict: true };
  const { keyId } = await store.keys.add(key, nowMs);
  await store.keys.add({ ...key, sha256: unique('sha of a key'), isStrict: false }, nowMs + 1);
  await store.keys.revoke(keyId, nowMs + 2);
  await store.tokens.add({ user: bob, sha256: unique('sha of a token'), hint: 'vgt_1', label: 'bi, “é”' }, nowMs);
  const credential = { login: unique('temporary'), userId: ann.userId, passwordSha256: 'sha' };
  await store.access.addCredential(credential, nowMs);
  await store.sessions.add({ userId: bob.userId, sha256: unique('sha of a session') }, nowMs);
  await store.accounts.setWeekStart(accountId, 7);
  store.access.touchKey(keyId, nowMs + 3);
  // It saves what was used, and sweeps nothing.
  await store.access.sweep({ windowStart: 0, lastUsedAtMs: 0, sessionLastUsedAtMs: 0 });
  await store.calls.saveImportProgress(accountId, 'calls x', { documentsDone: 7, summary: '{"stored":7}' }, nowMs);
  return { ann, bob };
}

export function transferContract(subject: Subject): void {
  describe('a transfer', () => {
    const stores = async () => ({
      from: (await freshStore(subject)).store,
      to: (await freshStore(subject)).store,
    });

    it('makes one store what another is, with ids and times', async () => {
      const { from, to } = await stores();
      await fill(from);
      await fill(from);
      expect(await transfer(from, to)).toBe(4);
      await expectSame(from, to);
      const [key] = (await from.transfer.control()).ingest_keys.filter((row) => row['revoked_at_ms'] === null);
      expect(await to.keys.find(`${key?.['key_sha256']}`)).toMatchObject({ keyId: key?.['key_id'] });
      const [session] = (await from.transfer.control()).sessions;
      const sha256 = `${session?.['session_sha256']}`;
      expect(await to.sessions.find(sha256)).toEqual(await from.sessions.find(sha256));
      expect(await to.sessions.find(sha256)).toMatchObject({ createdAtMs: nowMs, user: { isAdmin: false } });
      expect((await from.transfer.control()).imports.map((row) => row['source'])).toEqual(['calls x', 'calls x']);
    });

    it('that is done again changes nothing', async () => {
      const { from, to } = await stores();
      await fill(from);
      await transfer(from, to);
      expect(hasChanges(changesOf(await to.transfer.control(), await from.transfer.control()))).toBe(false);
      expect(await transfer(from, to)).toBe(0);
      await expectSame(from, to);
    });

    it('leaves room: what comes to the target afterwards gets ids of its own', async () => {
      const { from, to } = await stores();
      await fill(from);
      const { ann } = await fill(from);
      await transfer(from, to);
      const ids = async () => {
        const { users, ingest_keys: keys, api_tokens: tokens } = await to.transfer.control();
        const rejects = await to.rejects.list({ accountId: null, afterId: 0, limit: 100 });
        return [
          users.length,
          keys.length,
          tokens.length,
          rejects.length,
          new Set(rejects.map(({ rejectId }) => rejectId)).size,
        ];
      };
      const before = await ids();
      const { ann: carol } = await fill(to);
      expect(await ids()).toEqual(before.map((count, place) => count + (place === 2 ? 1 : 2)));
      expect(carol.userId).toBeGreaterThan(ann.userId);
      expect(carol.account.accountId).toBeGreaterThan(ann.account.accountId);
      expect((await to.calls.verify(recompute)).differences).toBe(0);
    });

    it('takes along what has changed: replaced calls, other owners, passwords, settings, shares, keys, rejects', async () => {
      const { from, to } = await stores();
      const { ann, bob } = await fill(from);
      await transfer(from, to);
      const { accountId } = ann.account;
      // Another number, another month, another revision.
      const moved = callWith({ revision: 1, phone: phones[2], startedAtMs: Date.UTC(2018, 5, 1, 12) });
      const { timeZone } = ann.account;
      const sent = { calls: [recorded(moved)], rejects: [reject('[')], timeZone };
      await from.calls.record(senderOf(ann), sent, nowMs + 10);
      await from.numbers.give(accountId, phones[1], ann.userId);
      await from.numbers.unshare(accountId, phones[0], bob.userId);
      await from.numbers.share(accountId, phones[1], bob.userId);
      await from.accounts.setPassword(ann.userId, 'other');
      await from.accounts.setAdmin(bob.userId, true);
      await from.accounts.setAdmin(ann.userId, false);
      await from.accounts.setDisabled(bob.userId, true, { mayLeaveNoAdmin: true });
      await from.accounts.setWeekStart(accountId, 6);
      await from.accounts.setAllowsInput(accountId, true);
      await from.calls.saveImportProgress(accountId, 'calls x', null, nowMs);
      await from.calls.saveImportProgress(accountId, 'calls y', { documentsDone: 1, summary: '' }, nowMs);
      for (const { keyId } of await from.keys.list()) await from.keys.revoke(keyId, nowMs + 20);
      const [first] = await from.rejects.list({ accountId, afterId: 0, limit: 1 });
      await from.rejects.drop([first?.rejectId ?? 0]);
      await record(from, senderOf(ann), [], [reject('{')]);
      expect(await transfer(from, to)).toBe(1);
      await expectSame(from, to);
    });

    it('reads documents in the order in which they were stored, in as many steps as one likes', async () => {
      const { store } = await freshStore(subject);
      const { accountId, timeZone } = (await addUser(store)).account;
      const ann = (await store.accounts.users())[0];
      if (ann === undefined) throw new Error('the user is gone');
      const take = (id: string, atMs: number) =>
        store.calls.record(senderOf(ann), { calls: [recorded(callWith({ id }))], rejects: [], timeZone }, atMs);
      for (const [id, atMs] of [
        ['b', 5],
        ['ü', 5],
        ['a', 5],
        ['z', 1],
        ['c', 9],
        ['Z', 5],
        ['a', 4],
      ] as const)
        await take(id, atMs);
      await store.calls.record(
        senderOf(ann),
        { calls: [recorded(callWith({ id: 'b', revision: 2 }))], rejects: [], timeZone },
        7,
      );
      const want = ['z', 'Z', 'a', 'ü', 'b', 'c'];
      expect((await documentsOf(store, accountId)).map(({ callId }) => callId)).toEqual(want);
      for (const most of [
        { documents: 1, bytes: 1e9 },
        { documents: 2, bytes: 1e9 },
        { documents: 9, bytes: 1 },
      ]) {
        const found: string[] = [];
        let after = start;
        for (let isLast = false; !isLast; ) {
          const chunk = await store.transfer.documents(accountId, after, most);
          expect(chunk.documents.length).toBeLessThanOrEqual(most.documents === 2 ? 2 : 1);
          found.push(...chunk.documents.map(({ callId }) => callId));
          const { storedAtMs, callId } = chunk.documents.at(-1) ?? after;
          expect(chunk.next).toEqual({ storedAtMs, callId });
          after = chunk.next;
          ({ isLast } = chunk);
        }
        expect(found).toEqual(want);
      }
      expect(await store.calls.lastStoredAtMs(accountId)).toBe(9);
      expect(await store.calls.lastStoredAtMs(accountId + 1)).toBe(null);
    });

    it('finds whatever happens to calls in between: sums and documents are those of the source', async () => {
      const { from, to } = await stores();
      const ann = await addUser(from);
      const bob = await addColleague(from, ann);
      let atMs = nowMs;
      const step = fc.record({
        calls: fc.array(anyCall, { maxLength: 4 }),
        sender: fc.constantFrom(ann, bob),
        given: fc.option(fc.constantFrom(...phones)),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 3 }), async (steps) => {
          for (const { calls, sender, given } of steps) {
            atMs += 1;
            const batch = { calls: calls.map((call) => recorded(call)), rejects: [], timeZone: ann.account.timeZone };
            await from.calls.record(senderOf(sender), batch, atMs);
            if (given !== null) await from.numbers.give(ann.account.accountId, given, sender.userId);
          }
          await transfer(from, to);
          expect(await documentsOf(to, ann.account.accountId)).toEqual(await documentsOf(from, ann.account.accountId));
          for (const user of [ann, bob]) expect(await daysOfOwner(to, user)).toEqual(await daysOfOwner(from, user));
        }),
        propertyRuns(20),
      );
      await expectSame(from, to);
    });

    it('adds to sums without a document, of the number and of its owner', async () => {
      const { store } = await freshStore(subject);
      const { ann, bob } = await fill(store);
      const before = [await daysOfNumber(store, ann, phones[0]), await daysOfOwner(store, ann)];
      const rows = [
        { rollup: 'number_days', key: [phones[0], 7], counters: callCounters.map((_, place) => (place === 0 ? 3 : 0)) },
        { rollup: 'caller_days', key: [phones[0], 7, '+16175550101'], counters: [3] },
      ] as const;
      await store.transfer.addSums(ann.account.accountId, rows);
      expect(await daysOfNumber(store, ann, phones[0])).toEqual({ ...before[0], 7: { calls: 3 } });
      expect(await daysOfOwner(store, ann)).toEqual({ ...before[1], 7: { calls: 3 } });
      expect(await daysOfOwner(store, bob)).not.toHaveProperty('7');
      const less = rows.map((row) => ({ ...row, counters: row.counters.map((counter) => -counter) }));
      await store.transfer.addSums(ann.account.accountId, less);
      expect([await daysOfNumber(store, ann, phones[0]), await daysOfOwner(store, ann)]).toEqual(before);
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });

    it('knows a store that is no copy', async () => {
      const { from, to } = await stores();
      const { ann } = await fill(from);
      await transfer(from, to);
      const [theirs, mine] = [await from.transfer.control(), await to.transfer.control()];
      expect(strangerIn(mine, theirs)).toBe(null);
      const key = { user: ann, sha256: unique('sha of a key'), hint: 'vgk_new', label: '', isStrict: true };
      await to.keys.add(key, nowMs);
      expect(strangerIn(await to.transfer.control(), theirs)).toBe('an ingest key vgk_new…');
      await to.numbers.add(ann.account.accountId, ann.userId, '+16170000000', nowMs);
      const other = await addUser(to, { login: unique('zoe') });
      expect(strangerIn(await to.transfer.control(), theirs)).toBe(`an account ${other.account.name}`);
      expect(strangerIn(theirs, mine)).toBe(null);
    });
  });
}
