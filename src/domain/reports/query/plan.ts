import type { DayRange } from '../../buckets.ts';
import type { Calendar } from '../../calendar.ts';
import { failed, ok, type Result } from '../../result.ts';
import { isHistogram, type RollupName } from '../../rollups.ts';
import type { CallerQuery, ReportPlan, SumQuery } from '../sums.ts';
import { type CurrentBuckets, currentBuckets, previousBuckets, type SpanBuckets } from './buckets.ts';
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
  readonly current: SpanPlan<CurrentBuckets>;
  readonly previous: SpanPlan | null;
}

/** One of the two periods that are compared. */
export interface SpanPlan<Buckets extends SpanBuckets = SpanBuckets> {
  readonly buckets: Buckets;
  readonly sums: readonly PlannedSum[];
  /** Ranges of the buckets, and behind several of them the whole range where groups are put in order by it. */
  readonly callers: readonly CallerQuery[];
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
  const current = currentBuckets(request, calendar);
  const previous = previousBuckets(request, current, calendar);
  return ok({
    request,
    calendar,
    sources,
    current: spanOf(request, sources, { buckets: current, calendar }),
    previous: previous && spanOf(request, sources, { buckets: previous, calendar }),
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

interface Span<Buckets extends SpanBuckets> {
  readonly buckets: Buckets;
  readonly calendar: Calendar;
}

function spanOf<Buckets extends SpanBuckets>(
  request: ReportRequest,
  sources: readonly Source[],
  { buckets, calendar }: Span<Buckets>,
): SpanPlan<Buckets> {
  const rollups = [...new Set(sources)].filter((source) => source !== 'callers');
  const { days, range } = buckets;
  const isOrdered = request.by === 'number' && days.length > 1;
  const ranges: readonly DayRange[] = isOrdered ? [...days, range] : days;
  return {
    buckets,
    sums: rollups.flatMap((rollup) => plannedSums(request, rollup, { buckets, calendar })),
    callers: sources.includes('callers') ? [{ ranges, by: request.by === 'number' ? 'phone' : 'all' }] : [],
  };
}

/** Many buckets are made here, of rows that are kept apart by their time; a few long ones are summed up by the store. */
function plannedSums(
  request: ReportRequest,
  rollup: RollupName,
  { buckets, calendar }: Span<SpanBuckets>,
): PlannedSum[] {
  const { where, by, period } = request;
  const columns = columnsOf(by);
  const block = isHistogram(rollup) ? ['block'] : [];
  if (isByHour(request)) {
    const query = { rollup, by: [...columns, 'hour', ...block], ...secondsOf(buckets.range, calendar), where };
    return [{ query, bucket: null }];
  }
  if (period === 'day' || period === 'week') {
    return [{ query: { rollup, by: [...columns, 'day', ...block], ...buckets.range, where }, bucket: null }];
  }
  return buckets.days.map((days, bucket) => ({
    query: { rollup, by: [...columns, ...block], ...days, where },
    bucket,
  }));
}
