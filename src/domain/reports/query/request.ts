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
  /** The days to compare with. */
  readonly previous: DayRange | null;
}

/** The period before: for whole months as many whole months before, otherwise as many days right before. */
export function previousRange({ first, last }: DayRange): DayRange {
  const start = dateOf(first);
  const end = dateOf(last + 1);
  if (start.day !== 1 || end.day !== 1) return { first: first - (last - first + 1), last: first - 1 };
  const { months } = start.until(end, { largestUnit: 'months' });
  return { first: dayOf(start.subtract({ months })), last: first - 1 };
}

/** Rows are kept by days, or by hours where a report tells hours apart. */
export const isByHour = ({ period, by }: Pick<ReportRequest, 'period' | 'by'>): boolean =>
  period === 'hour' || by === 'hour_of_week';

/** UNIX seconds from the first instant of the first day to the last second of the last day. */
export const secondsOf = ({ first, last }: DayRange, calendar: Calendar) => ({
  first: calendar.startOf(first),
  last: calendar.startOf(last + 1) - 1,
});
