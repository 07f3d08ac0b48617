import { type DayRange, type Period, periods } from '../../domain/buckets.ts';
import type { Calendar } from '../../domain/calendar.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import { type DaySpelling, parseDayRange } from '../day-range.ts';
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

/** `20180201` */
export const compactDay: DaySpelling = { pattern: /^(\d{4})(\d{2})(\d{2})$/, name: 'YYYYMMDD' };

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

export function parseRange(start: string, end: string, calendar: Calendar): Result<DayRange, string> {
  const range = parseDayRange({ start, end }, compactDay, calendar);
  return range.ok ? range : failed(`${range.error.part} ${range.error.error}`);
}

const phoneOf = ({ phone }: RangePath): string | null => (phone.toUpperCase() === 'ALL' ? null : phone);
