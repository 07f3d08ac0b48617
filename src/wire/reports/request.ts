import type { Calendar } from '../../domain/calendar.ts';
import { filterColumns } from '../../domain/reports/query/dimensions.ts';
import type { FigureName } from '../../domain/reports/query/figures.ts';
import { previousPeriod, type ReportRequest } from '../../domain/reports/query/request.ts';
import { dimensionsOf } from '../../domain/reports/query/sources.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import { type DaySpelling, parseDayRange } from '../day-range.ts';
import type { ParameterProblem } from '../query-string.ts';
import type { ReportParameters } from './parameters.ts';

/** `2018-02-01` */
export const isoDay: DaySpelling = { pattern: /^(\d{4})-(\d{2})-(\d{2})$/, name: 'YYYY-MM-DD' };

/** Most days of a report by hour. */
const mostDaysByHour = 92;

/** Makes a question of parameters. */
export function parseReport(given: ReportParameters, calendar: Calendar): Result<ReportRequest, ParameterProblem> {
  const range = parseDayRange(given, isoDay, calendar);
  if (!range.ok) return failed({ parameter: range.error.part, error: range.error.error });
  const days = range.value.last - range.value.first + 1;
  if (given.period === 'hour' && days > mostDaysByHour) {
    return failed({ parameter: 'period', error: `by hour is of at most ${mostDaysByHour} days, got ${days}` });
  }
  const period = given.period ?? null;
  const previous = given.compare === undefined ? null : previousPeriod(range.value, period);
  if (previous !== null && previous.range.first < firstDay) {
    return failed({ parameter: 'compare', error: 'needs days before start, and there are none before the year 1' });
  }
  return ok({
    range: range.value,
    period,
    metrics: given.metrics ?? ['calls'],
    by: given.by ?? null,
    where: filterColumns.flatMap((column) => (given[column] === undefined ? [] : [{ column, values: given[column] }])),
    previous,
  });
}

/** 0001-01-01 */
const firstDay = -719_162;

/** What is wrong with a question whose figure is not kept in the way that it asks for. */
export function notKept(metric: FigureName, { by, period, where }: ReportRequest): ParameterProblem {
  const ways = [
    ...(by === null ? [] : [`by ${by}`]),
    ...(period === 'hour' ? ['by hour'] : []),
    ...where.map(({ column }) => `for one ${column}`),
  ];
  const known = dimensionsOf(metric).join(', ');
  const error = `cannot have ${metric} here, which is not kept ${ways.join(' and ')}; it can be broken down by ${known}`;
  return { parameter: 'metrics', error };
}
