import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call.ts';
import { callWith, visit } from '../../data/calls.ts';
import { daysOfNumber, daysOfOwner, recompute, record, recorded, senderOf } from '../recorded-calls.ts';
import { addColleague, addUser, freshStore, nowMs, type Subject } from '../subject.ts';

const phone = '+16173990000';
const other = '+16173990001';
const day = 17_569;

export function recordContract(subject: Subject): void {
  describe('a call that is recorded', () => {
    const log = { kind: 'log' } as const;
    const call = (revision: number, logs = 0): Call => callWith({ revision, events: Array(logs).fill(log) });

    it.each([
      { name: 'is stored', given: [call(0)], want: ['stored'], logs: 0 },
      { name: 'again is unchanged', given: [call(0, 1), call(0, 1)], want: ['stored', 'unchanged'], logs: 1 },
      {
        name: 'with the same revision and another text replaces',
        given: [call(0, 1), call(0, 2)],
        want: ['stored', 'replaced'],
        logs: 2,
      },
      {
        name: 'with a higher revision replaces',
        given: [call(0, 1), call(5, 2)],
        want: ['stored', 'replaced'],
        logs: 2,
      },
      { name: 'with a lower revision is stale', given: [call(5, 1), call(4, 2)], want: ['stored', 'stale'], logs: 1 },
      {
        name: 'after a stale one is what it was',
        given: [call(1, 1), call(0, 2), call(1, 1), call(2, 3), call(1, 1)],
        want: ['stored', 'stale', 'unchanged', 'replaced', 'stale'],
        logs: 3,
      },
    ])('$name, in one batch or in several', async ({ given, want, logs }) => {
      const { store } = subject;
      const counted = { [day]: logs === 0 ? { calls: 1 } : { calls: 1, log_events: logs } };
      const together = await addUser(store);
      expect(
        await record(
          store,
          senderOf(together),
          given.map((each) => recorded(each)),
        ),
      ).toEqual(want);
      expect(await daysOfNumber(store, together, phone)).toEqual(counted);
      const apart = await addUser(store);
      for (const [index, each] of given.entries()) {
        expect(await record(store, senderOf(apart), [recorded(each)])).toEqual([want[index]]);
      }
      expect(await daysOfNumber(store, apart, phone)).toEqual(counted);
    });

    it('has its outcome in the place of the call', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const calls = ['a', 'b', 'a', 'c', 'b'].map((id) => recorded(callWith({ id })));
      expect(await record(store, senderOf(ann), calls)).toEqual([
        'stored',
        'stored',
        'unchanged',
        'stored',
        'unchanged',
      ]);
    });

    it('moves to the number and the day of its newest document, and leaves nothing where it was', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      await record(store, senderOf(ann), [recorded(callWith({ events: [visit('a/b/c')] }))]);
      const moved = callWith({ phone: other, startedAtMs: Date.UTC(2018, 1, 9, 15) });
      expect(await record(store, senderOf(ann), [recorded(moved)])).toEqual(['replaced']);
      expect(await daysOfNumber(store, ann, phone)).toEqual({});
      expect(await daysOfNumber(store, ann, other)).toEqual({ [day + 2]: { calls: 1 } });
      expect(await daysOfOwner(store, ann)).toEqual({ [day + 2]: { calls: 1 } });
    });

    it('is another one in another account', async () => {
      const { store } = subject;
      const [ann, zoe] = [await addUser(store), await addUser(store)];
      expect(await record(store, senderOf(ann), [recorded(call(3, 1))])).toEqual(['stored']);
      expect(await record(store, senderOf(zoe), [recorded(call(0, 2))])).toEqual(['stored']);
      expect(await daysOfNumber(store, ann, phone)).toEqual({ [day]: { calls: 1, log_events: 1 } });
      expect(await daysOfNumber(store, zoe, phone)).toEqual({ [day]: { calls: 1, log_events: 2 } });
    });

    it('may have any text, and a large one', async () => {
      const { store } = await freshStore(subject);
      const ann = await addUser(store);
      const strange = ['📞 é \u2028', `'; DROP TABLE documents; --`, '"\\', '%_', ' ', 'x'.repeat(128)];
      const calls = strange.map((text) =>
        callWith({ id: text, application: text, events: [visit(`${text}/${text}/${text}`)] }),
      );
      const large = callWith({ id: 'large', application: 'y'.repeat(1_048_576) });
      const outcomes = await record(
        store,
        senderOf(ann),
        [...calls, large].map((each) => recorded(each)),
      );
      expect(new Set(outcomes)).toEqual(new Set(['stored']));
      expect(await store.calls.count()).toBe(strange.length + 1);
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });
  });

  describe('a number that calls come in for', () => {
    it('is added to the account, and the sender owns it', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      await record(store, senderOf(ann), [recorded(callWith({}))]);
      expect(await store.numbers.isOwned(ann.account.accountId, ann.userId, phone)).toBe(true);
    });

    it('stays with its owner when a colleague sends, and so do its calls', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      await store.numbers.add(ann.account.accountId, ann.userId, phone, nowMs);
      await record(store, senderOf(bob), [recorded(callWith({}))]);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 1 } });
      expect(await daysOfOwner(store, bob)).toEqual({});
    });

    it('is not added by a document that is stale, and changes nothing', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      await record(store, senderOf(ann), [recorded(callWith({ revision: 1 }))]);
      expect(await record(store, senderOf(ann), [recorded(callWith({ phone: other }))])).toEqual(['stale']);
      expect((await store.numbers.list(ann.account.accountId)).map((number) => number.phone)).toEqual([phone]);
    });

    it('is not added by a strict sender: the call is kept as a reject, and the others are taken', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const { accountId } = ann.account;
      await store.numbers.add(accountId, ann.userId, phone, nowMs);
      const [known, unknown] = [recorded(callWith({ id: 'a' })), recorded(callWith({ id: 'b', phone: other }))];
      const last = recorded(callWith({ id: 'c' }));
      const outcomes = await record(store, senderOf(ann, true), [known, unknown, last]);
      expect(outcomes).toEqual(['stored', 'unknownNumber', 'stored']);
      expect((await store.numbers.list(accountId)).map((number) => number.phone)).toEqual([phone]);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 2 } });
      expect(await store.rejects.list({ accountId, afterId: 0, limit: 10 })).toEqual([
        {
          rejectId: expect.any(Number),
          account: ann.account,
          sender: { accountId, userId: ann.userId, isStrict: true },
          document: new Uint8Array(Buffer.from(unknown.document)),
          callId: 'b',
          path: '/phone',
          error: expect.stringContaining(other),
          times: 1,
          firstAtMs: nowMs,
          lastAtMs: nowMs,
        },
      ]);
    });

    it('may be the number of an old document that a strict sender corrects', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      await record(store, senderOf(ann), [recorded(callWith({}))]);
      const moved = recorded(callWith({ phone: other, revision: 1 }));
      expect(await record(store, senderOf(ann, true), [moved])).toEqual(['unknownNumber']);
      expect(await daysOfNumber(store, ann, phone)).toEqual({ [day]: { calls: 1 } });
    });
  });

  describe('a batch', () => {
    it('of nothing is nothing', async () => {
      const { store } = subject;
      expect(await record(store, senderOf(await addUser(store)), [])).toEqual([]);
    });

    it('is written as a whole or not at all', async () => {
      const { store } = await freshStore(subject);
      const ann = await addUser(store);
      const { accountId } = ann.account;
      await record(store, senderOf(ann), [recorded(callWith({ id: 'old' }))]);
      const batch = {
        calls: [
          recorded(callWith({ id: 'old', revision: 1, events: [visit('a/b/c')] })),
          recorded(callWith({ id: 'new', phone: other })),
          { ...recorded(callWith({ id: 'damaged' })), applied: '[["+16173990000"],[0,0' },
        ],
        rejects: [{ document: Buffer.from('{}'), callId: null, path: '/id', error: 'is missing; it must be given' }],
        timeZone: ann.account.timeZone,
      };
      await expect(store.calls.record(senderOf(ann), batch, nowMs)).rejects.toThrow();
      expect(await store.calls.count()).toBe(1);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 1 } });
      expect((await store.numbers.list(accountId)).map((number) => number.phone)).toEqual([phone]);
      expect(await store.rejects.list({ accountId, afterId: 0, limit: 10 })).toEqual([]);
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });
  });

  it('all documents are counted, of all accounts', async () => {
    const { store } = await freshStore(subject);
    expect(await store.calls.count()).toBe(0);
    for (const user of [await addUser(store), await addUser(store)]) {
      await record(store, senderOf(user), [recorded(callWith({ id: 'a' })), recorded(callWith({ id: 'b' }))]);
    }
    expect(await store.calls.count()).toBe(4);
  });
}
