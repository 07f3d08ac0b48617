import type { DayRange, Period } from '../../buckets.ts';
import { type Calendar, dateOf, dayOf } from '../../calendar.ts';
import type { ColumnFilter } from '../sums.ts';
import type { Dimension } from './dimensions.ts';
import type { FigureName } from './figures.ts';

export const reportPeriods = ['hour', 'day', 'week', 'month'] as const;
export type ReportPeriod = (typeof reportPeriods)[number] | Period;

/** One question: which figures, of which days, by what. */
export interface ReportRequest {
  readonly range: DayRange;
  /** null makes one bucket of all days. */
  readonly period: ReportPeriod | null;
  /** At least one. */
  readonly metrics: readonly FigureName[];
  readonly by: Dimension | null;
  readonly where: readonly ColumnFilter[];
  /** What is compared with, or null. */
  readonly previous: PreviousPeriod | null;
}

/** The period before, whose buckets are those of the period itself, moved by as many days or months. */
export interface PreviousPeriod {
  readonly range: DayRange;
  readonly movedBy: 'days' | 'months';
}

/**
 * Whole months, as a whole or by month, are compared with as many whole months before; anything else with as many days right before,
 * for days and weeks of months that differ in length have no counterparts.
 */
export function previousPeriod({ first, last }: DayRange, period: ReportPeriod | null): PreviousPeriod {
  const [start, end] = [dateOf(first), dateOf(last + 1)];
  const isWholeMonths = start.day === 1 && end.day === 1;
  if (!isWholeMonths || (period !== null && period !== 'month')) {
    return { range: { first: first - (last - first + 1), last: first - 1 }, movedBy: 'days' };
  }
  const { months } = start.until(end, { largestUnit: 'months' });
  return { range: { first: dayOf(start.subtract({ months })), last: first - 1 }, movedBy: 'months' };
}

/** Rows are kept by days, or by hours where a report tells hours apart. */
export const isByHour = ({ period, by }: Pick<ReportRequest, 'period' | 'by'>): boolean =>
  period === 'hour' || by === 'hour_of_week';

/** UNIX seconds from the first instant of the first day to the last second of the last day. */
export const secondsOf = ({ first, last }: DayRange, calendar: Calendar) => ({
  first: calendar.startOf(first),
  last: calendar.startOf(last + 1) - 1,
});
