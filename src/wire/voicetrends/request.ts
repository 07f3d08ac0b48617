import { type DayRange, type Period, periods } from '../../domain/buckets.ts';
import { type Calendar, type Day, dayOf, isDate } from '../../domain/calendar.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import { preview } from '../problem.ts';

/** The parts of a path below `/api/{resource}/`, decoded. */
export interface RangePath {
  readonly start: string;
  readonly end: string;
  readonly phone: string;
}

export interface SeriesPath extends RangePath {
  readonly period: string;
}

export interface RangeRequest {
  readonly range: DayRange;
  /** As it was spelled; null for all numbers that the user owns. */
  readonly phone: string | null;
}

export interface SeriesRequest extends RangeRequest {
  readonly period: Period;
}

/** Most days of one request. */
const mostDays = 3660;

/** Reads the parts of a path; the error is a sentence that says what to change. */
export function parseSeriesPath(path: SeriesPath, calendar: Calendar): Result<SeriesRequest, string> {
  const range = parseRange(path.start, path.end, calendar);
  if (!range.ok) return range;
  const period = periods.find((candidate) => candidate === path.period);
  if (period === undefined) return failed(`period must be one of ${periods.join(', ')}, got ${preview(path.period)}`);
  return ok({ range: range.value, period, phone: phoneOf(path) });
}

/** The same of a path without a period. */
export function parseRangePath(path: RangePath, calendar: Calendar): Result<RangeRequest, string> {
  const range = parseRange(path.start, path.end, calendar);
  return range.ok ? ok({ range: range.value, phone: phoneOf(path) }) : range;
}

const phoneOf = ({ phone }: RangePath): string | null => (phone.toUpperCase() === 'ALL' ? null : phone);

export function parseRange(start: string, end: string, calendar: Calendar): Result<DayRange, string> {
  const first = parseDay('start', start, calendar);
  if (!first.ok) return first;
  const last = parseDay('end', end, calendar);
  if (!last.ok) return last;
  const days = last.value - first.value + 1;
  if (days < 1) return failed(`end must not be before start, got ${start} to ${end}`);
  if (days > mostDays)
    return failed(`start to end must be at most ${mostDays} days, got ${days}; ask for a part of it`);
  return ok({ first: first.value, last: last.value });
}

function parseDay(name: string, text: string, calendar: Calendar): Result<Day, string> {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  if (year === undefined) return failed(`${name} must be a day as YYYYMMDD, got ${preview(text)}`);
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (date.year === 0 || !isDate(date))
    return failed(`${name} must be a day of the calendar, got ${text}, which does not exist`);
  const parsed = dayOf(date);
  if (calendar.has(parsed)) return ok(parsed);
  return failed(`${name} must be a day of the calendar, got ${text}, which the clocks of ${calendar.timeZone} skipped`);
}
