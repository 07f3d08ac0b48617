import { describe, expect, it } from 'vitest';
import { bucketsOf } from '../../../src/domain/buckets.ts';
import type { Call, CallEvent } from '../../../src/domain/call.ts';
import { performanceReport } from '../../../src/domain/reports/performance.ts';
import { seriesOf } from '../../../src/domain/reports/series.ts';
import { printSeriesJson } from '../../../src/wire/voicetrends/json.ts';
import { callWith, visit } from '../../data/calls.ts';
import { calendarOf, newYork } from '../../data/rollup-rows.ts';
import { allDays, daysOfNumber, daysOfOwner, record, recorded, senderOf } from '../recorded-calls.ts';
import { addColleague, addUser, nowMs, type Subject } from '../subject.ts';

const phone = '+16173990000';
const other = '+16173990001';
const day = 17_569;

export function dayContract(subject: Subject): void {
  describe('the sums of days', () => {
    const startingOn = (date: string, id: string, fields: Partial<Call> = {}) =>
      recorded(callWith({ id, startedAtMs: Date.parse(`${date}T15:00:00Z`), ...fields }));

    it('hold every counter of the calls that started on the day', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const call = callWith({
        end: { reason: 'transfer', durationMs: 61_500 },
        events: [
          visit('a/b/c'),
          visit('a/b/c'),
          { kind: 'pageLoad', page: 'a', durationMs: 45, isCached: false },
          { kind: 'fetchError', page: 'a' },
          { kind: 'jsError', page: null },
          { kind: 'transfer', durationMs: 500 },
          { kind: 'transfer', durationMs: 250 },
          { kind: 'log' },
        ],
      });
      await record(store, senderOf(ann), [recorded(call), recorded({ ...call, id: 'c-2', end: null })]);
      const want = {
        [day]: {
          calls: 2,
          call_ms: 61_500,
          transfers: 4,
          transfer_ms: 1500,
          transferred_calls: 2,
          log_events: 2,
          form_items: 4,
          loops: 2,
          js_errors: 2,
          fetch_errors: 2,
          page_loads: 2,
          page_load_ms: 90,
        },
      };
      expect(await daysOfNumber(store, ann, phone)).toEqual(want);
      expect(await daysOfOwner(store, ann)).toEqual(want);
    });

    it('are those of the range, both ends included, in order of days', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const dates = ['2018-02-10', '2018-02-07', '2018-02-08', '2018-02-09', '1969-12-31'];
      await record(
        store,
        senderOf(ann),
        dates.map((date) => startingOn(date, date)),
      );
      const { accountId } = ann.account;
      const daysBetween = async (first: number, last: number) => {
        const days = { first, last };
        const one = await store.calls.days({ accountId, numbers: { kind: 'one', phone }, days });
        const owned = await store.calls.days({ accountId, numbers: { kind: 'owned', ownerId: ann.userId }, days });
        expect(owned).toEqual(one);
        return one.filter(({ counters }) => counters.some((counter) => counter !== 0)).map((sums) => sums.day);
      };
      expect(await daysBetween(day + 1, day + 2)).toEqual([day + 1, day + 2]);
      expect(await daysBetween(allDays.first, allDays.last)).toEqual([-1, day, day + 1, day + 2, day + 3]);
      expect(await daysBetween(day + 4, day + 9)).toEqual([]);
      expect(await daysBetween(day + 1, day)).toEqual([]);
    });

    it('of all numbers of an owner are the sum over them, and nobody else’s', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const bob = await addColleague(store, ann);
      const third = '+16173990002';
      await store.numbers.add(ann.account.accountId, bob.userId, third, nowMs);
      await record(store, senderOf(ann), [
        startingOn('2018-02-07', 'a', { phone }),
        startingOn('2018-02-07', 'b', { phone: other }),
        startingOn('2018-02-08', 'c', { phone: other }),
        startingOn('2018-02-07', 'd', { phone: third }),
      ]);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 2 }, [day + 1]: { calls: 1 } });
      expect(await daysOfOwner(store, bob)).toEqual({ [day]: { calls: 1 } });
      expect(await daysOfNumber(store, ann, other)).toEqual({ [day]: { calls: 1 }, [day + 1]: { calls: 1 } });
    });

    it('of a number, a user or an account that has no calls are none', async () => {
      const { store } = subject;
      const [ann, zoe] = [await addUser(store), await addUser(store)];
      await record(store, senderOf(ann), [startingOn('2018-02-07', 'a')]);
      expect(await daysOfNumber(store, ann, '+16173999999')).toEqual({});
      expect(await daysOfNumber(store, zoe, phone)).toEqual({});
      expect(await daysOfOwner(store, zoe)).toEqual({});
      expect(await daysOfOwner(store, { ...ann, account: zoe.account })).toEqual({});
    });

    it('are of the day that the contribution says, not of the day in UTC', async () => {
      const { store } = subject;
      const ann = await addUser(store, { timeZone: 'Pacific/Auckland' });
      await record(store, senderOf(ann), [recorded(callWith({}), calendarOf('Pacific/Auckland'))]);
      expect(await daysOfNumber(store, ann, phone)).toEqual({ [day + 1]: { calls: 1 } });
    });

    it('make the same bytes of a report as in every other engine', async () => {
      const { store } = subject;
      const ann = await addUser(store);
      const calls = Array.from({ length: 60 }, (_, index) =>
        callWith({
          id: `c-${index}`,
          phone: index % 3 === 0 ? phone : other,
          startedAtMs: Date.UTC(2018, 1, 1) + index * 25_000_000,
          events: Array.from({ length: index % 5 }, (_event, place) => eventAt(index + place)),
        }),
      );
      await record(
        store,
        senderOf(ann),
        calls.map((call) => recorded(call)),
      );
      const days = { first: day - 6, last: day + 12 };
      const printed = await Promise.all(
        [{ kind: 'one', phone } as const, { kind: 'owned', ownerId: ann.userId } as const].map(async (numbers) => {
          const sums = await store.calls.days({ accountId: ann.account.accountId, numbers, days });
          return printSeriesJson(seriesOf(performanceReport, bucketsOf(days, 'week', newYork), sums));
        }),
      );
      await expect(`${printed.join('\n')}\n`).toMatchFileSnapshot('./report.json.golden');
    });
  });
}

function eventAt(place: number): CallEvent {
  if (place % 4 === 0) return { kind: 'fetchError', page: 'main.php' };
  if (place % 7 === 0) return { kind: 'jsError', page: null };
  return { kind: 'pageLoad', page: 'main.php', durationMs: 37 * place, isCached: place % 2 === 0 };
}
