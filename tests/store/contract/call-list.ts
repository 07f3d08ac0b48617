import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call.ts';
import type { User } from '../../../src/store/access-store.ts';
import type { CallListQuery, CallRecord, NumberSet } from '../../../src/store/call-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { anyCall, callWith, phones } from '../../data/calls.ts';
import { propertyRuns } from '../../data/property-runs.ts';
import { record, recorded, senderOf } from '../recorded-calls.ts';
import { addColleague, addUser, nowMs, type Subject } from '../subject.ts';

const [phone, other, third] = phones;
const startMs = Date.UTC(2018, 1, 7, 15);
/** Everything that a document may say it started at. */
const always = { fromMs: Date.UTC(-1), toMs: Date.UTC(10_000) };

const owned = ({ userId }: User): NumberSet => ({ kind: 'owned', ownerId: userId });

const bytesOf = (text: string): string => Buffer.from(text).toString('hex');

/** The order of a list, written another way than the stores do. */
const latestFirst = (left: Call, right: Call): number => {
  if (left.startedAtMs !== right.startedAtMs) return left.startedAtMs > right.startedAtMs ? -1 : 1;
  return bytesOf(left.id) > bytesOf(right.id) ? -1 : 1;
};

const recordOf = (call: Call, storedAtMs = nowMs): CallRecord => ({
  callId: call.id,
  revision: call.revision,
  phone: call.phone,
  startedAtMs: call.startedAtMs,
  storedAtMs,
  document: recorded(call).document,
});

const idsOf = (records: readonly CallRecord[]): readonly string[] => records.map(({ callId }) => callId);

type Listing = Partial<Omit<CallListQuery, 'accountId'>>;

const list = (store: Store, user: User, query: Listing = {}): Promise<readonly CallRecord[]> =>
  store.calls.list({
    accountId: user.account.accountId,
    numbers: owned(user),
    ...always,
    after: null,
    limit: 1000,
    ...query,
  });

/** Page after page, until one is not full. */
async function listInPages(store: Store, user: User, query: Listing & { readonly limit: number }) {
  const found: CallRecord[] = [];
  for (let after: CallListQuery['after'] = null; ; after = found.at(-1) ?? null) {
    const page = await list(store, user, { ...query, after });
    expect(page.length).toBeLessThanOrEqual(query.limit);
    found.push(...page);
    if (page.length < query.limit) return found;
  }
}

/** An account with these calls. */
async function accountWith(store: Store, calls: readonly Call[]): Promise<User> {
  const ann = await addUser(store);
  await record(
    store,
    senderOf(ann),
    calls.map((call) => recorded(call)),
  );
  return ann;
}

/** Calls of three numbers in months with and without a partition of their own, many of them at the same instant as others. */
function manyCalls(): readonly Call[] {
  const instants = [
    Date.UTC(1, 0, 1),
    Date.UTC(1969, 11, 31, 23, 59, 59, 999),
    Date.UTC(2001, 0, 1),
    Date.UTC(2017, 11, 31, 23, 59, 59, 999),
    Date.UTC(2018, 0, 1),
    Date.UTC(2018, 0, 31, 23, 59, 59, 999),
    Date.UTC(2018, 1, 1),
    startMs,
    startMs + 1,
    Date.UTC(2031, 5, 1),
    Date.UTC(9999, 11, 31),
  ];
  return Array.from({ length: 120 }, (_, index) =>
    callWith({
      // No order that anything else has.
      id: `call-${(index * 47) % 120}`,
      phone: phones[index % 7 === 0 ? 2 : index % 2] ?? phone,
      startedAtMs: instants[(index * 5) % instants.length] ?? 0,
    }),
  );
}

export function callListContract(subject: Subject): void {
  describe('a call that is read', () => {
    it('is there as it was sent, with its number and its times, for its account only', async () => {
      const { store } = subject;
      const call = callWith({ id: 'c-1', revision: 3, phone: other, startedAtMs: startMs });
      const ann = await accountWith(store, [call, callWith({ id: 'c-2' })]);
      const zoe = await accountWith(store, [callWith({ id: 'c-3' })]);
      expect(await store.calls.read(ann.account.accountId, 'c-1')).toEqual(recordOf(call));
      expect(await store.calls.read(zoe.account.accountId, 'c-1')).toBe(null);
      for (const id of ['c-9', '', 'c-1\0', 'C-1']) {
        expect(await store.calls.read(ann.account.accountId, id)).toBe(null);
      }
    });

    it('is the one that replaced it', async () => {
      const { store } = subject;
      const ann = await accountWith(store, [callWith({ id: 'c-1' })]);
      const later = callWith({ id: 'c-1', revision: 1, phone: other, startedAtMs: Date.UTC(2018, 5, 1) });
      const { timeZone } = ann.account;
      await store.calls.record(senderOf(ann), { calls: [recorded(later)], rejects: [], timeZone }, nowMs + 5);
      expect(await store.calls.read(ann.account.accountId, 'c-1')).toEqual(recordOf(later, nowMs + 5));
    });
  });

  describe('a list of calls', () => {
    it('has the latest first, as they were sent', async () => {
      const { store } = subject;
      const calls = [0, 2, 1].map((ms) => callWith({ id: `c-${ms}`, revision: ms, startedAtMs: startMs + ms }));
      const ann = await accountWith(store, calls);
      expect(await list(store, ann)).toEqual(calls.toSorted(latestFirst).map((call) => recordOf(call)));
    });

    it('has those that started together by descending id, byte by byte', async () => {
      const { store } = subject;
      // In UTF-16 the telephone comes before the replacement character, and in UTF-8 behind it.
      const ids = ['a', 'B', '10', '9', '\ufffd', '📞', 'é', 'z', 'ab'];
      const ann = await accountWith(
        store,
        ids.map((id) => callWith({ id, startedAtMs: startMs })),
      );
      const want = ['📞', '\ufffd', 'é', 'z', 'ab', 'a', 'B', '9', '10'];
      expect(idsOf(await list(store, ann))).toEqual(want);
      expect(idsOf(await listInPages(store, ann, { limit: 1 }))).toEqual(want);
    });

    it('has calls from the first to the last instant of its span, and nothing else', async () => {
      const { store } = subject;
      const calls = [-1, 0, 1, 2, 3].map((ms) => callWith({ id: `c${ms}`, startedAtMs: startMs + ms }));
      const ann = await accountWith(store, calls);
      const span = async (from: number, to: number) =>
        idsOf(await list(store, ann, { fromMs: startMs + from, toMs: startMs + to }));
      expect(await span(0, 2)).toEqual(['c2', 'c1', 'c0']);
      expect(await span(1, 1)).toEqual(['c1']);
      expect(await span(3, 100)).toEqual(['c3']);
      expect(await span(2, 1)).toEqual([]);
      expect(await span(4, 100)).toEqual([]);
    });

    it('has the calls of one number, of listed ones, of those that are owned, or owned or shared', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const [bob, carl] = [await addColleague(store, ann), await addColleague(store, ann)];
      const { accountId } = ann.account;
      await store.numbers.add(accountId, bob.userId, other, nowMs);
      await store.numbers.add(accountId, carl.userId, third, nowMs);
      const calls = [phone, other, third].map((number, ms) =>
        callWith({ id: number, phone: number, startedAtMs: startMs + ms }),
      );
      await record(
        store,
        senderOf(ann),
        calls.map((call) => recorded(call)),
      );
      await store.numbers.share(accountId, third, bob.userId);
      const found = async (numbers: NumberSet) => idsOf(await list(store, ann, { numbers }));
      expect(await found({ kind: 'one', phone: other })).toEqual([other]);
      expect(await found({ kind: 'one', phone: '+16170000000' })).toEqual([]);
      expect(await found({ kind: 'listed', phones: [phone, third, phone, '0'] })).toEqual([third, phone]);
      expect(await found({ kind: 'listed', phones: [] })).toEqual([]);
      expect(await found(owned(ann))).toEqual([phone]);
      expect(await found(owned(bob))).toEqual([other]);
      const visible = ({ userId }: User) => found({ kind: 'visible', userId });
      expect(await visible(ann)).toEqual([phone]);
      expect(await visible(bob)).toEqual([third, other]);
      expect(await visible(carl)).toEqual([third]);
      await store.numbers.unshare(accountId, third, bob.userId);
      expect(await visible(bob)).toEqual([other]);
    });

    it('has no call of another account, whose numbers and ids are the same', async () => {
      const { store } = subject;
      const ann = await accountWith(store, [callWith({ id: 'c-1' })]);
      const zoe = await accountWith(store, [callWith({ id: 'c-1', revision: 7 }), callWith({ id: 'c-2' })]);
      expect((await list(store, ann)).map(({ callId, revision }) => [callId, revision])).toEqual([['c-1', 0]]);
      expect(idsOf(await list(store, zoe))).toEqual(['c-2', 'c-1']);
      expect(await list(store, ann, { numbers: owned(zoe) })).toEqual([]);
    });

    it.each([1, 2, 3, 7, 50, 119, 120, 121])(
      'goes over months, numbers and calls that started together in pages of %i, without a gap and with no call twice',
      async (limit) => {
        const { store } = subject;
        const calls = manyCalls();
        const ann = await accountWith(store, calls);
        const want = calls.toSorted(latestFirst);
        expect(await listInPages(store, ann, { limit })).toEqual(want.map((call) => recordOf(call)));
        const span = { fromMs: Date.UTC(2001), toMs: startMs };
        const within = want.filter(({ startedAtMs }) => startedAtMs >= span.fromMs && startedAtMs <= span.toMs);
        expect(within.length).toBeGreaterThan(50);
        const numbers: NumberSet = { kind: 'listed', phones: [phone, third] };
        const some = within.filter((call) => call.phone !== other);
        expect(await listInPages(store, ann, { ...span, limit })).toEqual(within.map((call) => recordOf(call)));
        expect(idsOf(await listInPages(store, ann, { ...span, numbers, limit }))).toEqual(some.map(({ id }) => id));
      },
    );

    it('goes on behind a call that is gone, or was never there, and begins with its span at the earliest', async () => {
      const { store } = subject;
      const calls = ['a', 'c', 'e'].map((id) => callWith({ id, startedAtMs: startMs }));
      const ann = await accountWith(store, [...calls, callWith({ id: 'z', startedAtMs: startMs - 1 })]);
      const behind = async (startedAtMs: number, callId: string) =>
        idsOf(await list(store, ann, { toMs: startMs, after: { startedAtMs, callId } }));
      expect(await behind(startMs, 'd')).toEqual(['c', 'a', 'z']);
      expect(await behind(startMs, 'c\0')).toEqual(['c', 'a', 'z']);
      expect(await behind(startMs, 'c')).toEqual(['a', 'z']);
      expect(await behind(startMs, '')).toEqual(['z']);
      expect(await behind(startMs - 1, 'zz')).toEqual(['z']);
      expect(await behind(startMs + 1, 'a')).toEqual(['e', 'c', 'a', 'z']);
      expect(await behind(startMs - 1, 'z')).toEqual([]);
    });

    it('is as long as it may be, which may be nothing', async () => {
      const { store } = subject;
      const ann = await accountWith(store, manyCalls());
      expect(await list(store, ann, { limit: 0 })).toEqual([]);
      expect((await list(store, ann, { limit: 17 })).length).toBe(17);
    });

    it('has a call that was replaced where it is now, and no more where it was', async () => {
      const { store } = subject;
      const ann = await accountWith(store, [callWith({ id: 'moved' }), callWith({ id: 'stays' })]);
      const moved = callWith({ id: 'moved', revision: 1, phone: other, startedAtMs: Date.UTC(2016, 3, 1) });
      await record(store, senderOf(ann), [recorded(moved)]);
      expect(idsOf(await list(store, ann))).toEqual(['stays', 'moved']);
      expect(idsOf(await list(store, ann, { numbers: { kind: 'one', phone } }))).toEqual(['stays']);
      expect(await list(store, ann, { numbers: { kind: 'one', phone: other } })).toEqual([recordOf(moved)]);
    });

    it('is what sorting all calls would give, whatever was recorded', async () => {
      const { store } = subject;
      const instant = fc.constantFrom(...manyCalls().map(({ startedAtMs }) => startedAtMs));
      const query = fc.record({ fromMs: instant, toMs: instant, limit: fc.integer({ min: 1, max: 5 }) });
      await fc.assert(
        fc.asyncProperty(fc.array(anyCall, { maxLength: 25 }), query, async (sent, { fromMs, toMs, limit }) => {
          const ann = await addUser(store);
          const kept = new Map<string, Call>();
          for (const call of sent) {
            const [outcome] = await record(store, senderOf(ann), [recorded(call)]);
            if (outcome !== 'stale') kept.set(call.id, call);
          }
          const want = [...kept.values()].sort(latestFirst);
          const ids = (calls: readonly Call[]) => calls.map(({ id }) => id);
          expect(idsOf(await listInPages(store, ann, { limit }))).toEqual(ids(want));
          expect(idsOf(await listInPages(store, ann, { fromMs, toMs, limit }))).toEqual(
            ids(want.filter((call) => call.startedAtMs >= fromMs && call.startedAtMs <= toMs)),
          );
        }),
        propertyRuns(25),
      );
    });
  });

  describe('when a document of an account was last stored', () => {
    const storeAt = (store: Store, user: User, call: Call, atMs: number) =>
      store.calls.record(
        senderOf(user),
        { calls: [recorded(call)], rejects: [], timeZone: user.account.timeZone },
        atMs,
      );

    it('is known as soon as it is, also of one that replaces another, and of no other account', async () => {
      const { store } = subject;
      const [ann, zoe] = [await addUser(store), await addUser(store)];
      const last = (user: User) => store.calls.lastStoredAtMs(user.account.accountId);
      expect(await last(ann)).toBe(null);
      await storeAt(store, ann, callWith({ id: 'a' }), nowMs);
      expect(await last(ann)).toBe(nowMs);
      await storeAt(store, ann, callWith({ id: 'b', startedAtMs: 0 }), nowMs + 10);
      expect(await last(ann)).toBe(nowMs + 10);
      await storeAt(store, ann, callWith({ id: 'a', revision: 1 }), nowMs + 20);
      expect(await last(ann)).toBe(nowMs + 20);
      // What comes late does not set it back.
      await storeAt(store, ann, callWith({ id: 'c' }), nowMs + 15);
      expect(await last(ann)).toBe(nowMs + 20);
      expect(await last(zoe)).toBe(null);
    });

    it('is known to every store on the database', async () => {
      const database = await subject.newDatabase();
      const stores = [await database.open(), await database.open()] as const;
      const ann = await addUser(stores[0]);
      await storeAt(stores[0], ann, callWith({}), nowMs);
      expect(await stores[1].calls.lastStoredAtMs(ann.account.accountId)).toBe(nowMs);
      await storeAt(stores[1], ann, callWith({ revision: 1 }), nowMs + 1);
      expect(await stores[0].calls.lastStoredAtMs(ann.account.accountId)).toBe(nowMs + 1);
      for (const store of stores) await store.close();
      await database.remove();
    });
  });
}
