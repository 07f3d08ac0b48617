import { bucketsOf, type DayRange } from '../../buckets.ts';
import type { Calendar } from '../../calendar.ts';
import { failed, ok, type Result } from '../../result.ts';
import { isHistogram, type RollupName } from '../../rollups.ts';
import type { CallerQuery, ReportPlan, SumQuery } from '../sums.ts';
import { columnsOf } from './dimensions.ts';
import type { FigureName } from './figures.ts';
import { isByHour, type ReportRequest, secondsOf } from './request.ts';
import { type Source, sourceOf } from './sources.ts';

/** What a question reads, and how its rows are to be understood. */
export interface QueryPlan {
  readonly request: ReportRequest;
  readonly calendar: Calendar;
  /** Where each figure comes from, in the order of the question. */
  readonly sources: readonly Source[];
  readonly current: SpanPlan;
  readonly previous: SpanPlan | null;
}

/** One of the two periods that are compared. */
export interface SpanPlan {
  readonly buckets: readonly SpanBucket[];
  readonly sums: readonly PlannedSum[];
  /** Ranges of the buckets, and the whole range behind them. */
  readonly callers: readonly CallerQuery[];
}

export interface SpanBucket {
  /** UNIX seconds of its first instant. */
  readonly startSeconds: number;
  /** The first value of the time column, day or hour, that may fall into it. */
  readonly from: number;
  readonly days: DayRange;
}

export interface PlannedSum {
  readonly query: SumQuery;
  /** The bucket that all rows belong to; null where each says by its time column, which stands behind those of the group. */
  readonly bucket: number | null;
}

/** Plans the reading of a question; the error names the first figure that is not kept as it was asked for. */
export function planQuery(request: ReportRequest, calendar: Calendar): Result<QueryPlan, FigureName> {
  const sources: Source[] = [];
  for (const metric of request.metrics) {
    const source = sourceOf(metric, request);
    if (source === null) return failed(metric);
    sources.push(source);
  }
  const rollups = [...new Set(sources)].filter((source) => source !== 'callers');
  const planSpan = (range: DayRange) =>
    spanOf(request, { range, calendar, rollups, withCallers: sources.includes('callers') });
  return ok({
    request,
    calendar,
    sources,
    current: planSpan(request.range),
    previous: request.previous === null ? null : planSpan(request.previous),
  });
}

/** Everything that a plan reads, the current period before the previous one. */
export function reportPlanOf({ current, previous }: QueryPlan): ReportPlan {
  const spans = previous === null ? [current] : [current, previous];
  return {
    sums: spans.flatMap(({ sums }) => sums.map(({ query }) => query)),
    callers: spans.flatMap(({ callers }) => callers),
  };
}

interface SpanOptions {
  readonly range: DayRange;
  readonly calendar: Calendar;
  readonly rollups: readonly RollupName[];
  readonly withCallers: boolean;
}

function spanOf(request: ReportRequest, { range, calendar, rollups, withCallers }: SpanOptions): SpanPlan {
  const buckets = spanBuckets(request, range, calendar);
  const ranges = [...buckets.map(({ days }) => days), range];
  return {
    buckets,
    sums: rollups.flatMap((rollup) => plannedSums(request, rollup, { range, calendar, buckets })),
    callers: withCallers ? [{ ranges, by: request.by === 'number' ? 'phone' : 'all' }] : [],
  };
}

function spanBuckets(request: ReportRequest, range: DayRange, calendar: Calendar): readonly SpanBucket[] {
  const { period } = request;
  if (period === 'hour') {
    const hours = calendar.hoursBetween(range.first, range.last + 1);
    return hours.map((hour) => ({ startSeconds: hour, from: hour, days: range }));
  }
  const whole = { startSeconds: calendar.startOf(range.first), ...range };
  const buckets = period === null ? [whole] : bucketsOf(range, period, calendar);
  return buckets.map(({ startSeconds, first, last }) => ({
    startSeconds,
    from: isByHour(request) ? calendar.startOf(first) : first,
    days: { first, last },
  }));
}

interface Span {
  readonly range: DayRange;
  readonly calendar: Calendar;
  readonly buckets: readonly SpanBucket[];
}

/** Rows that are few are kept apart by their time and put into buckets here; those of a week or month are summed up by the store. */
function plannedSums(request: ReportRequest, rollup: RollupName, { range, calendar, buckets }: Span): PlannedSum[] {
  const { where, by, period } = request;
  const columns = columnsOf(by);
  const block = isHistogram(rollup) ? ['block'] : [];
  if (isByHour(request)) {
    const query = { rollup, by: [...columns, 'hour', ...block], ...secondsOf(range, calendar), where };
    return [{ query, bucket: null }];
  }
  if (period === 'day')
    return [{ query: { rollup, by: [...columns, 'day', ...block], ...range, where }, bucket: null }];
  return buckets.map(({ days }, bucket) => ({
    query: { rollup, by: [...columns, ...block], ...days, where },
    bucket,
  }));
}
