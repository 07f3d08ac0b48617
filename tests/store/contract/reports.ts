import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DayRange } from '../../../src/domain/buckets.ts';
import type { Call } from '../../../src/domain/call.ts';
import type { SumQuery, SumRow } from '../../../src/domain/reports/sums.ts';
import { isIntegerColumn, rollupNames, rollups, storedRollup } from '../../../src/domain/rollups.ts';
import type { User } from '../../../src/store/access-store.ts';
import type { NumberSet } from '../../../src/store/call-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { anyCall, callWith, phones, visit } from '../../data/calls.ts';
import { propertyRuns } from '../../data/property-runs.ts';
import { newYork } from '../../data/rollup-rows.ts';
import { allDays, record, recorded, senderOf } from '../recorded-calls.ts';
import { addColleague, addUser, nowMs, type Subject } from '../subject.ts';

const [phone, other] = phones;
const day = 17_569;
const wholeTime = { first: -1e12, last: 1e12 };

const inOrder = (rows: readonly SumRow[]) =>
  rows.map(({ key, counters }) => ({ key, counters })).sort((a, b) => (`${a.key}` < `${b.key}` ? -1 : 1));

async function sums(store: Store, user: User, numbers: NumberSet, query: Partial<SumQuery> & Pick<SumQuery, 'rollup'>) {
  const full = { by: [], where: [], ...wholeTime, ...query };
  const { accountId } = user.account;
  const found = await store.calls.report({ accountId, numbers, sums: [full], callers: [], mostRows: 10_000 });
  if (!found.ok) throw new Error(found.error.kind);
  return inOrder(found.value.sums[0] ?? []);
}

async function callers(
  store: Store,
  user: User,
  numbers: NumberSet,
  by: 'all' | 'phone',
  ranges: readonly DayRange[] = [allDays],
) {
  const { accountId } = user.account;
  const report = await store.calls.report({ accountId, numbers, sums: [], callers: [{ by, ranges }], mostRows: 0 });
  const counted = (report.ok ? (report.value.callers[0] ?? []) : []).filter((row) =>
    row.callers.some((count) => count > 0),
  );
  return counted.sort((a, b) => (`${a.phone}` < `${b.phone}` ? -1 : 1));
}

export function reportContract(subject: Subject): void {
  const owned = ({ userId }: User): NumberSet => ({ kind: 'owned', ownerId: userId });
  const one = (number: string): NumberSet => ({ kind: 'one', phone: number });
  const visible = ({ userId }: User): NumberSet => ({ kind: 'visible', userId });
  const listed = (...numbers: readonly string[]): NumberSet => ({ kind: 'listed', phones: numbers });

  describe('the sums of a report', () => {
    const visited = (id: string, fields: Partial<Call> = {}) =>
      recorded(callWith({ id, events: [visit('a/b/c'), visit('a/b/c'), visit('d/e/f', 'noinput')], ...fields }));

    it('are kept apart by the columns that were asked for, and by no others', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      await record(store, senderOf(ann), [
        visited('a'),
        visited('b', { phone: other }),
        visited('c', { startedAtMs: 0 }),
      ]);
      const rollup = 'item_days';
      expect(await sums(store, ann, owned(ann), { rollup })).toEqual([{ key: [], counters: [9, 6, 0, 3, 0, 0, 3] }]);
      expect(await sums(store, ann, owned(ann), { rollup, by: ['page', 'item'] })).toEqual([
        { key: ['a', 'c'], counters: [6, 6, 0, 0, 0, 0, 3] },
        { key: ['d', 'f'], counters: [3, 0, 0, 3, 0, 0, 0] },
      ]);
      expect(
        await sums(store, ann, owned(ann), { rollup, by: ['day'], where: [{ column: 'page', values: ['d'] }] }),
      ).toEqual([
        { key: [-1], counters: [1, 0, 0, 1, 0, 0, 0] },
        { key: [day], counters: [2, 0, 0, 2, 0, 0, 0] },
      ]);
    });

    it('are of the numbers, the days and the values that were asked for, and none where there are none', async () => {
      const { store } = subject;
      const [ann, zoe] = [await addUser(store), await addUser(store)];
      const bob = await addColleague(store, ann);
      await store.numbers.add(ann.account.accountId, bob.userId, other, nowMs);
      await record(store, senderOf(ann), [
        visited('a'),
        visited('b', { phone: other }),
        visited('c', { phone: '301' }),
      ]);
      const calls = async (numbers: NumberSet, query: Partial<SumQuery> = {}, user = ann) =>
        (await sums(store, user, numbers, { rollup: 'number_days', ...query })).map(({ counters: [count] }) => count);
      expect(await calls(owned(ann))).toEqual([2]);
      expect(await calls(owned(bob))).toEqual([1]);
      expect(await calls(one(phone))).toEqual([1]);
      expect(await calls(listed(phone, other, other, '+1999'))).toEqual([2]);
      expect(await calls(listed())).toEqual([]);
      expect(await calls(owned(ann), { first: day + 1 })).toEqual([]);
      expect(await calls(owned(ann), { first: day, last: day })).toEqual([2]);
      expect(await calls(owned(ann), { where: [{ column: 'phone', values: [phone, 'x'] }] })).toEqual([1]);
      expect(await calls(owned(ann), { where: [{ column: 'phone', values: [] }] })).toEqual([]);
      expect(await calls(one(phone), {}, zoe)).toEqual([]);
    });

    it('are of the numbers that a user owns, and of those that are shared with the user, each once', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const { accountId } = ann.account;
      await store.numbers.add(accountId, bob.userId, other, nowMs);
      const caller = '+16175550101';
      await record(store, senderOf(ann), [
        visited('a', { caller }),
        visited('b', { phone: other, caller }),
        visited('c', { phone: '301', caller: '100' }),
      ]);
      const phonesOf = async (user: User) =>
        (await sums(store, ann, visible(user), { rollup: 'number_days', by: ['phone'] })).map(
          ({ key: [number] }) => number,
        );
      const callersOf = async (user: User) => (await callers(store, ann, visible(user), 'all'))[0]?.callers;
      expect([await phonesOf(ann), await phonesOf(bob)]).toEqual([[phone, '301'], [other]]);
      expect([await callersOf(ann), await callersOf(bob)]).toEqual([[2], [1]]);
      await store.numbers.share(accountId, '301', bob.userId);
      await store.numbers.share(accountId, other, ann.userId);
      expect([await phonesOf(ann), await phonesOf(bob)]).toEqual([
        [phone, other, '301'],
        [other, '301'],
      ]);
      expect(await sums(store, ann, visible(ann), { rollup: 'item_days' })).toEqual(
        await sums(store, ann, listed(phone, other, '301'), { rollup: 'item_days' }),
      );
      expect([await callersOf(ann), await callersOf(bob)]).toEqual([[2], [2]]);
      await store.numbers.unshare(accountId, '301', bob.userId);
      expect([await phonesOf(bob), await callersOf(bob)]).toEqual([[other], [1]]);
    });

    it('are not given where they have more rows than are wanted', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      await record(store, senderOf(ann), [visited('a'), visited('b', { phone: other })]);
      const query = { rollup: 'item_days', by: ['phone', 'page'], where: [], ...wholeTime } as const;
      const reading = { accountId: ann.account.accountId, numbers: owned(ann), sums: [query], callers: [] };
      const kinds = [4, 3].map(async (mostRows) => {
        const found = await store.calls.report({ ...reading, mostRows });
        return found.ok ? found.value.sums[0]?.length : found.error.kind;
      });
      expect(await Promise.all(kinds)).toEqual([4, 'tooManyRows']);
    });

    it('refuse a column that the rollup does not have', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const wrong = sums(store, ann, owned(ann), { rollup: 'number_days', by: ['day; DROP TABLE documents'] });
      await expect(wrong).rejects.toThrow('number_days is not kept by day; DROP TABLE documents');
    });

    it('of every rollup can be kept apart by every column, and add up to its whole', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const calls = fc.sample(anyCall, { numRuns: 60, seed: 7 }).map((call, index) => ({ ...call, id: `c-${index}` }));
      await record(
        store,
        senderOf(ann),
        calls.map((call) => recorded(call)),
      );
      for (const rollup of rollupNames) {
        const { key, counters } = storedRollup(rollup);
        const [whole] = await sums(store, ann, owned(ann), { rollup });
        for (const column of key) {
          const parts = await sums(store, ann, owned(ann), { rollup, by: [column] });
          expect(new Set(parts.map((part) => typeof part.key[0]))).toEqual(
            new Set([isIntegerColumn(column) ? 'number' : 'string']),
          );
          const total = counters.map((_, index) => parts.reduce((sum, part) => sum + (part.counters[index] ?? 0), 0));
          expect({ rollup, column, total }).toEqual({ rollup, column, total: whole?.counters });
        }
      }
      expect(rollupNames.length).toBe(Object.keys(rollups).length);
    });
  });

  describe('distinct callers', () => {
    const calledBy = (id: string, caller: string | null, fields: Partial<Call> = {}) =>
      recorded(callWith({ id, caller, ...fields }));

    it('are counted once over days and numbers, and by each number for itself', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const tomorrow = { startedAtMs: Date.UTC(2018, 1, 8, 15) };
      await record(store, senderOf(ann), [
        calledBy('a', '+16175550101'),
        calledBy('b', '+16175550101'),
        calledBy('c', '+16175550101', { phone: other, ...tomorrow }),
        calledBy('d', '+16175550102', tomorrow),
        calledBy('e', null),
      ]);
      const ranges = [
        { first: day, last: day },
        { first: day + 1, last: day + 1 },
        { first: day, last: day + 1 },
        { first: 0, last: 9 },
      ];
      expect(await callers(store, ann, owned(ann), 'all', ranges)).toEqual([{ phone: null, callers: [1, 2, 2, 0] }]);
      expect(await callers(store, ann, owned(ann), 'phone', ranges)).toEqual([
        { phone, callers: [1, 1, 2, 0] },
        { phone: other, callers: [0, 1, 1, 0] },
      ]);
      expect(await callers(store, ann, one(other), 'all')).toEqual([{ phone: null, callers: [1] }]);
    });

    it('are told apart however they are spelled: numbers, digits with zeros before them, digits without end', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const spelled = [
        '+1',
        '1',
        '01',
        '001',
        '+12',
        '112',
        '999999999999999',
        '+999999999999999',
        '9'.repeat(40),
        '9'.repeat(41),
        'sip:ann',
        '',
      ];
      await record(
        store,
        senderOf(ann),
        spelled.map((caller, index) => calledBy(`c-${index}`, caller)),
      );
      expect(await callers(store, ann, owned(ann), 'all')).toEqual([{ phone: null, callers: [spelled.length] }]);
    });

    it('go when the last of their calls goes to another caller, number or day', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const long = '7'.repeat(30);
      await record(store, senderOf(ann), [calledBy('a', long), calledBy('b', long), calledBy('c', '+16175550101')]);
      await record(store, senderOf(ann), [calledBy('a', '+16175550102', { revision: 1 })]);
      expect(await callers(store, ann, owned(ann), 'all')).toEqual([{ phone: null, callers: [3] }]);
      await record(store, senderOf(ann), [
        calledBy('b', long, { revision: 1, phone: other }),
        calledBy('c', null, { revision: 1 }),
      ]);
      expect(await callers(store, ann, owned(ann), 'phone')).toEqual([
        { phone, callers: [1] },
        { phone: other, callers: [1] },
      ]);
    });

    it('are many on one day, in any order of coming and going', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const callerOf = (index: number) => `+1617${String(2_000_000 + (index % 2500))}`;
      const calls = Array.from({ length: 5000 }, (_, index) => calledBy(`c-${index}`, callerOf(index)));
      for (let start = 0; start < calls.length; start += 700) {
        await record(store, senderOf(ann), calls.slice(start, start + 700));
      }
      expect(await callers(store, ann, owned(ann), 'all')).toEqual([{ phone: null, callers: [2500] }]);
      const withheld = calls.flatMap(({ callId }, index) =>
        index % 2500 < 2000 ? [calledBy(callId, null, { revision: 1 })] : [],
      );
      await record(store, senderOf(ann), withheld);
      expect(await callers(store, ann, owned(ann), 'all')).toEqual([{ phone: null, callers: [500] }]);
    });

    it('are what a set of them says, whatever is recorded', async () => {
      const { store } = subject;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(anyCall, { maxLength: 6 }), { maxLength: 4 }), async (batches) => {
          const ann = await addUser(store);
          const kept = new Map<string, Call>();
          for (const batch of batches) {
            const outcomes = await record(
              store,
              senderOf(ann),
              batch.map((call) => recorded(call)),
            );
            for (const [index, call] of batch.entries()) if (outcomes[index] !== 'stale') kept.set(call.id, call);
          }
          const expected = (isMeant: (call: Call) => boolean) =>
            new Set([...kept.values()].filter(isMeant).flatMap(({ caller }) => caller ?? [])).size;
          const dayOf = ({ startedAtMs }: Call) => newYork.dayAndHourOf(startedAtMs).day;
          const [first, last] = [17_835, 17_840];
          const ranges = [allDays, { first, last }];
          const isInRange = (call: Call) => dayOf(call) >= first && dayOf(call) <= last;
          const found = await callers(store, ann, owned(ann), 'all', ranges);
          expect(found[0]?.callers ?? [0, 0]).toEqual([expected(() => true), expected(isInRange)]);
          for (const row of await callers(store, ann, owned(ann), 'phone')) {
            expect(row.callers).toEqual([expected((call) => call.phone === row.phone)]);
          }
        }),
        propertyRuns(60),
      );
    });
  });
}
