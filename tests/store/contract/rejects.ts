import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/store/access-store.ts';
import type { NewReject } from '../../../src/store/call-store.ts';
import { callWith } from '../../data/calls.ts';
import { record, recorded, senderOf } from '../recorded-calls.ts';
import { addUser, freshStore, nowMs, type Subject } from '../subject.ts';

const reject = (document: string | Uint8Array, fields: Partial<NewReject> = {}): NewReject => ({
  document: typeof document === 'string' ? new TextEncoder().encode(document) : document,
  callId: null,
  path: '/id',
  error: 'is missing; it must be given',
  ...fields,
});

export function rejectContract(subject: Subject): void {
  describe('a reject', () => {
    it('is kept with the bytes as they were sent, who sent them and why they were not taken', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const { accountId } = ann.account;
      const bytes = new Uint8Array([0x7b, 0x00, 0xff, 0xc3, 0x28]);
      const kept = reject(bytes, { callId: 'c-1 📞', path: '/events/0/at', error: 'must be “now”' });
      await record(store, senderOf(ann, true), [], [kept]);
      const [found, ...others] = await store.rejects.list({ accountId, afterId: 0, limit: 10 });
      expect(found).toEqual({
        ...kept,
        rejectId: expect.any(Number),
        account: ann.account,
        sender: { accountId, userId: ann.userId, isStrict: true },
        times: 1,
        firstAtMs: nowMs,
        lastAtMs: nowMs,
      });
      expect(others).toEqual([]);
      expect(await store.rejects.find(found?.rejectId ?? 0)).toEqual(found);
    });

    it('is kept beside the calls of its batch, which have outcomes of their own', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const outcomes = await record(store, senderOf(ann), [recorded(callWith({}))], [reject('{}'), reject('[]')]);
      expect(outcomes).toEqual(['stored']);
      const found = await store.rejects.list({ accountId: ann.account.accountId, afterId: 0, limit: 10 });
      expect(found.map(({ document }) => new TextDecoder().decode(document))).toEqual(['{}', '[]']);
    });

    it('of the same bytes is kept once an account, with how often they came, when, from whom and why they did last', async () => {
      const { store } = subject;
      const [ann, zoe] = [await addUser(store), await addUser(store)];
      const { accountId, timeZone } = ann.account;
      const send = (rejects: readonly NewReject[], { atMs, isStrict = false }: { atMs: number; isStrict?: boolean }) =>
        store.calls.record(senderOf(ann, isStrict), { calls: [], rejects, timeZone }, atMs);
      await send([reject('{}'), reject('{}')], { atMs: nowMs });
      await send([reject('{}', { path: '/phone', error: 'other' })], { atMs: nowMs + 5, isStrict: true });
      await record(store, senderOf(zoe), [], [reject('{}')]);
      expect(await store.rejects.list({ accountId, afterId: 0, limit: 10 })).toMatchObject([
        {
          times: 3,
          firstAtMs: nowMs,
          lastAtMs: nowMs + 5,
          path: '/phone',
          error: 'other',
          sender: { isStrict: true },
        },
      ]);
      expect(await store.rejects.list({ accountId: zoe.account.accountId, afterId: 0, limit: 10 })).toMatchObject([
        { times: 1 },
      ]);
    });

    it('of a call of an unknown number is kept once, too', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const call = recorded(callWith({}));
      for (let times = 0; times < 2; times += 1) await record(store, senderOf(ann, true), [call, call]);
      const { accountId } = ann.account;
      expect(await store.rejects.list({ accountId, afterId: 0, limit: 10 })).toMatchObject([{ times: 4 }]);
    });

    it('is counted in its account as often as there are different bytes', async () => {
      const { store } = subject;
      const [ann, zoe] = [await addUser(store), await addUser(store)];
      const count = ({ account }: User) => store.rejects.count(account.accountId);
      expect(await count(ann)).toBe(0);
      await record(
        store,
        senderOf(ann),
        [],
        ['a', 'b', 'a'].map((text) => reject(text)),
      );
      await record(
        store,
        senderOf(zoe),
        [],
        ['a'].map((text) => reject(text)),
      );
      expect([await count(ann), await count(zoe)]).toEqual([2, 1]);
      const [first] = await store.rejects.list({ accountId: ann.account.accountId, afterId: 0, limit: 1 });
      await store.rejects.drop([first?.rejectId ?? 0]);
      expect([await count(ann), await count(zoe)]).toEqual([1, 1]);
    });

    it('is listed page by page, in the order in which they came, of one account or of all', async () => {
      const { store } = await freshStore(subject);
      const [ann, zoe] = [await addUser(store), await addUser(store)];
      await record(
        store,
        senderOf(ann),
        [],
        ['b', 'a'].map((text) => reject(text)),
      );
      await record(
        store,
        senderOf(zoe),
        [],
        ['z'].map((text) => reject(text)),
      );
      await record(
        store,
        senderOf(ann),
        [],
        ['c', 'b'].map((text) => reject(text)),
      );
      const page = async (accountId: number | null, afterId: number, limit: number) =>
        (await store.rejects.list({ accountId, afterId, limit })).map(({ rejectId, document }) => ({
          rejectId,
          text: new TextDecoder().decode(document),
        }));
      const all = await page(null, 0, 10);
      expect(all.map(({ text }) => text)).toEqual(['b', 'a', 'z', 'c']);
      const first = await page(ann.account.accountId, 0, 2);
      expect(first.map(({ text }) => text)).toEqual(['b', 'a']);
      const next = await page(ann.account.accountId, first.at(-1)?.rejectId ?? 0, 2);
      expect(next.map(({ text }) => text)).toEqual(['c']);
      expect(await page(ann.account.accountId, next.at(-1)?.rejectId ?? 0, 2)).toEqual([]);
    });

    it('is dropped once, and others stay', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const { accountId } = ann.account;
      await record(
        store,
        senderOf(ann),
        [],
        ['a', 'b', 'c'].map((text) => reject(text)),
      );
      const [a = 0, b = 0, c = 0] = (await store.rejects.list({ accountId, afterId: 0, limit: 10 })).map(
        ({ rejectId }) => rejectId,
      );
      expect(await store.rejects.drop([a, c, 1_000_000])).toBe(2);
      expect(await store.rejects.drop([a, c])).toBe(0);
      expect(await store.rejects.drop([])).toBe(0);
      expect(await store.rejects.find(a)).toBe(null);
      expect((await store.rejects.find(b))?.rejectId).toBe(b);
    });

    it('that was dropped is a new one when it comes again', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const { accountId } = ann.account;
      await record(store, senderOf(ann), [], [reject('a'), reject('a')]);
      const [first] = await store.rejects.list({ accountId, afterId: 0, limit: 10 });
      await store.rejects.drop([first?.rejectId ?? 0]);
      await record(store, senderOf(ann), [], [reject('a')]);
      expect(await store.rejects.list({ accountId, afterId: 0, limit: 10 })).toMatchObject([{ times: 1 }]);
    });
  });
}

export function importContract(subject: Subject): void {
  describe('the progress of an import', () => {
    const at = (documentsDone: number) => ({ documentsDone, summary: `{"stored":${documentsDone}}` });

    it('is what was saved last, for each account and source, until it is forgotten', async () => {
      const { store } = subject;
      const [ann, zoe] = [(await addUser(store)).account.accountId, (await addUser(store)).account.accountId];
      const { calls } = store;
      expect(await calls.importProgress(ann, 'calls.ndjson')).toBe(null);
      await calls.saveImportProgress(ann, 'calls.ndjson', at(1000), nowMs);
      await calls.saveImportProgress(ann, 'calls.ndjson', at(2000), nowMs);
      await calls.saveImportProgress(ann, 'other.ndjson', at(1), nowMs);
      await calls.saveImportProgress(zoe, 'calls.ndjson', at(7), nowMs);
      expect(await calls.importProgress(ann, 'calls.ndjson')).toEqual(at(2000));
      await calls.saveImportProgress(ann, 'calls.ndjson', null, nowMs);
      await calls.saveImportProgress(ann, 'calls.ndjson', null, nowMs);
      expect(await calls.importProgress(ann, 'calls.ndjson')).toBe(null);
      expect(await calls.importProgress(ann, 'other.ndjson')).toEqual(at(1));
      expect(await calls.importProgress(zoe, 'calls.ndjson')).toEqual(at(7));
    });
  });
}
