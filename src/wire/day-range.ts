import type { DayRange } from '../domain/buckets.ts';
import { type Calendar, type Day, dayOf, isDate } from '../domain/calendar.ts';
import { failed, ok, type Result } from '../domain/result.ts';
import { preview } from './problem.ts';

/** How an API spells a day: a pattern of year, month and day, and its name in errors. */
export interface DaySpelling {
  readonly pattern: RegExp;
  readonly name: string;
}

/** Which end is wrong, and what it must be. */
export interface RangeProblem {
  readonly part: 'start' | 'end';
  readonly error: string;
}

/** Most days of one request. */
const mostDays = 3660;

/** Reads two days, both inclusive, of a local calendar. */
export function parseDayRange(
  { start, end }: { readonly start: string; readonly end: string },
  spelling: DaySpelling,
  calendar: Calendar,
): Result<DayRange, RangeProblem> {
  const first = parseDay(start, spelling, calendar);
  if (!first.ok) return failed({ part: 'start', error: first.error });
  const last = parseDay(end, spelling, calendar);
  if (!last.ok) return failed({ part: 'end', error: last.error });
  const days = last.value - first.value + 1;
  if (days < 1) return failed({ part: 'end', error: `must not be before start, got ${start} to ${end}` });
  if (days <= mostDays) return ok({ first: first.value, last: last.value });
  const error = `to end must be at most ${mostDays} days, got ${days}; ask for a part of it`;
  return failed({ part: 'start', error });
}

function parseDay(text: string, { pattern, name }: DaySpelling, calendar: Calendar): Result<Day, string> {
  const [, year, month, day] = pattern.exec(text) ?? [];
  if (year === undefined) return failed(`must be a day as ${name}, got ${preview(text)}`);
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (date.year === 0 || !isDate(date))
    return failed(`must be a day of the calendar, got ${text}, which does not exist`);
  const parsed = dayOf(date);
  if (calendar.has(parsed)) return ok(parsed);
  return failed(`must be a day of the calendar, got ${text}, which the clocks of ${calendar.timeZone} skipped`);
}
