import type { Calendar } from '../../domain/calendar.ts';
import { filterColumns } from '../../domain/reports/query/dimensions.ts';
import { planQuery, type QueryPlan } from '../../domain/reports/query/plan.ts';
import { previousRange, type ReportRequest } from '../../domain/reports/query/request.ts';
import { dimensionsOf } from '../../domain/reports/query/sources.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import { type DaySpelling, parseDayRange } from '../day-range.ts';
import { type ParameterProblem, type ReportParameters, usualGroups } from './parameters.ts';

/** `2018-02-01` */
const isoDay: DaySpelling = { pattern: /^(\d{4})-(\d{2})-(\d{2})$/, name: 'YYYY-MM-DD' };

/** Most days of a report by hour. */
const mostDaysByHour = 92;
/** Most rows of an answer. */
const mostRows = 100_000;

/** A question that can be answered. */
export interface PlannedReport {
  readonly plan: QueryPlan;
  /** Groups of an answer. */
  readonly limit: number;
}

/** Makes a plan of parameters; what cannot be answered, or not at once, is an error. */
export function planReport(given: ReportParameters, calendar: Calendar): Result<PlannedReport, ParameterProblem> {
  const range = parseDayRange(given, isoDay, calendar);
  if (!range.ok) return failed({ parameter: range.error.part, error: range.error.error });
  const days = range.value.last - range.value.first + 1;
  if (given.period === 'hour' && days > mostDaysByHour) {
    return failed({ parameter: 'period', error: `by hour is of at most ${mostDaysByHour} days, got ${days}` });
  }
  const request: ReportRequest = {
    range: range.value,
    period: given.period ?? null,
    metrics: given.metrics ?? ['calls'],
    by: given.by ?? null,
    where: filterColumns.flatMap((column) => (given[column] === undefined ? [] : [{ column, values: given[column] }])),
    previous: given.compare === undefined ? null : previousRange(range.value),
  };
  const plan = planQuery(request, calendar);
  if (!plan.ok) return failed({ parameter: 'metrics', error: notKept(plan.error, request) });
  return ok({ plan: plan.value, limit: given.limit ?? usualGroups });
}

/** What is wrong with an answer of so many groups, or null. */
export function sizeProblem({ current }: QueryPlan, groups: number): ParameterProblem | null {
  const buckets = current.buckets.length;
  if (groups * buckets <= mostRows) return null;
  const error = `must be so low that groups × buckets are at most ${mostRows} rows, got ${groups} × ${buckets}; or ask for fewer days or a longer period`;
  return { parameter: 'limit', error };
}

type Metric = ReportRequest['metrics'][number];

function notKept(metric: Metric, { by, period, where }: ReportRequest): string {
  const ways = [
    ...(by === null ? [] : [`by ${by}`]),
    ...(period === 'hour' ? ['by hour'] : []),
    ...where.map(({ column }) => `for one ${column}`),
  ];
  const known = dimensionsOf(metric).join(', ');
  return `cannot have ${metric} here, which is not kept ${ways.join(' and ')}; it can be broken down by ${known}`;
}
