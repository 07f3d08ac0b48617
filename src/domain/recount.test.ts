import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callWith } from '../../tests/data/calls.ts';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { calendarOf } from '../../tests/data/rollup-rows.ts';
import { dayOfApplied, printApplied, RollupSums, type RowSum } from './applied.ts';
import type { Call } from './call.ts';
import { type Contribution, contributions } from './contribution.ts';
import { Recount } from './recount.ts';
import { firstInstantMsOf, wholeRowsFrom } from './retention.ts';

const month = 578;
const monthMs = firstInstantMsOf(month);
const whole = wholeRowsFrom(month);
const zones = ['Pacific/Auckland', 'Pacific/Honolulu', 'UTC', 'Pacific/Kiritimati', 'Etc/GMT+12'].map(calendarOf);

const isWhole = ({ rollup, key }: Pick<RowSum, 'rollup' | 'key'>) =>
  Number(key[1]) >= (rollup.endsWith('_hours') ? whole.firstHour : whole.firstDay);

/** Rows as a store has them, by their keys. */
class Table {
  readonly rows = new Map<string, readonly number[]>();

  add(rows: readonly RowSum[]): void {
    for (const { rollup, key, counters } of rows) {
      const name = JSON.stringify([rollup, ...key]);
      const sum = counters.map((counter, place) => counter + (this.rows.get(name)?.[place] ?? 0));
      if (sum.some((counter) => counter !== 0)) this.rows.set(name, sum);
      else this.rows.delete(name);
    }
  }

  /** What a store does before it makes them anew. */
  removeWhole(): void {
    for (const name of this.rows.keys()) {
      const [rollup, ...key] = JSON.parse(name);
      if (isWhole({ rollup, key })) this.rows.delete(name);
    }
  }
}

function sumsOf(applied: readonly string[]): readonly RowSum[] {
  const sums = new RollupSums();
  for (const each of applied) sums.add(each, 1);
  return sums.list();
}

const hourMs = 3_600_000;
const anyCall: fc.Arbitrary<Call> = fc
  .record({
    startedAtMs: fc.integer({ min: monthMs - 120 * hourMs, max: monthMs + 120 * hourMs }),
    durationMs: fc.nat({ max: 5000 }),
    caller: fc.constantFrom('+16175550101', '+16175550102', null),
  })
  .map(({ durationMs, ...fields }) =>
    callWith({ ...fields, events: [{ kind: 'log' }, { kind: 'pageLoad', page: 'a', durationMs, isCached: false }] }),
  );
const anyZone = fc.constantFrom(...zones);

const twice = (rows: readonly Contribution[]): readonly Contribution[] =>
  rows.map((row) => ({ ...row, counters: row.counters.map((counter) => 2 * counter) }));

describe('an applied text', () => {
  it('says on which day its call counts', () => {
    fc.assert(
      fc.property(anyCall, anyZone, (call, calendar) => {
        const { day } = calendar.dayAndHourOf(call.startedAtMs);
        expect(dayOfApplied(printApplied(contributions(call, calendar)))).toBe(day);
        expect(dayOfApplied(printApplied(contributions(call, calendar).toReversed()))).toBe(day);
      }),
      propertyRuns(100),
    );
  });

  it('without a day is damage', () => {
    expect(() => dayOfApplied('[[],[]]')).toThrow('says no day');
    expect(() => dayOfApplied('[[],[99]]')).toThrow('rollup 99');
  });
});

describe('sums made anew', () => {
  it('are those of the definitions of now where all documents are there, and what was applied is not read', () => {
    const recount = new Recount(null);
    const rows = contributions(callWith({}), calendarOf('UTC'));
    expect(recount.add(rows, 'damaged')).toBe(printApplied(rows));
    expect(recount.list()).toEqual(sumsOf([printApplied(rows)]));
  });

  it('of documents that were partly dropped leave the table with what was applied for each, and all that is gone', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyCall, anyZone), { maxLength: 30 }), anyZone, (calls, now) => {
        const documents = calls.map(([call, then]) => ({ call, old: printApplied(contributions(call, then)) }));
        const table = new Table();
        table.add(sumsOf(documents.map(({ old }) => old)));
        const there = documents.filter(({ call }) => call.startedAtMs >= monthMs);
        const gone = documents.filter(({ call }) => call.startedAtMs < monthMs);
        table.removeWhole();
        const recount = new Recount(month);
        const applied = there.map(({ call, old }) => recount.add(twice(contributions(call, now)), old));
        table.add(recount.list());
        const want = new Table();
        want.add(sumsOf([...gone.map(({ old }) => old), ...applied]));
        expect(table.rows).toEqual(want.rows);
      }),
      propertyRuns(300),
    );
  });

  it('keep what was applied for calls that count, or would count, before the rows that have all their documents', () => {
    const [auckland, honolulu] = [calendarOf('Pacific/Auckland'), calendarOf('Pacific/Honolulu')];
    const secondDay = callWith({ startedAtMs: whole.firstHour * 1000 - hourMs });
    const rows = (zone: typeof auckland) => contributions(secondDay, zone);
    const applied = (zone: typeof auckland) => printApplied(rows(zone));
    const recount = new Recount(month);
    expect(recount.add(rows(auckland), applied(honolulu))).toBe(applied(honolulu));
    expect(recount.add(rows(honolulu), applied(auckland))).toBe(applied(auckland));
    expect(recount.add(twice(rows(auckland)), applied(auckland))).toBe(printApplied(twice(rows(auckland))));
  });
});
