import { Calendar } from '../../src/domain/calendar.ts';
import type { Call } from '../../src/domain/call.ts';
import { type Contribution, contributions } from '../../src/domain/contribution.ts';
import { type RollupName, rollups } from '../../src/domain/rollups.ts';

/** The calendar of a zone that is known to exist. */
export function calendarOf(timeZone: string): Calendar {
  const calendar = Calendar.open(timeZone);
  if (calendar === null) throw new Error(`no zone ${timeZone}`);
  return calendar;
}

export const newYork = calendarOf('America/New_York');

/** A row by the names of its columns, without the counters that are 0. */
export type NamedRow = Readonly<Record<string, string | number>>;

/** What a call adds to each row of a rollup. */
export function rowsOf(rollup: RollupName, call: Call, calendar = newYork): readonly NamedRow[] {
  const { key: columns, counters } = rollups[rollup];
  return addedUp(contributions(call, calendar).filter((row) => row.rollup === rollup)).map((row) => ({
    ...Object.fromEntries(columns.map((column, index) => [column, row.key[index] ?? ''])),
    ...Object.fromEntries(
      counters.map((counter, index) => [counter, row.counters[index] ?? 0]).filter(([, value]) => value !== 0),
    ),
  }));
}

/** Rows of which each occurs once: what occurred more often is added up. */
export function addedUp<Row extends Pick<Contribution, 'rollup' | 'key' | 'counters'>>(
  rows: readonly Row[],
): readonly Row[] {
  const byKey = Map.groupBy(rows, ({ rollup, key }) => JSON.stringify([rollup, key]));
  return Array.from(byKey.values()).flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const counters = first.counters.map((counter, index) =>
      others.reduce((sum, other) => sum + (other.counters[index] ?? 0), counter),
    );
    return [{ ...first, counters }];
  });
}
