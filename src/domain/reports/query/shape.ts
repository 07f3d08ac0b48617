import { isHistogram } from '../../rollups.ts';
import type { CallerCounts, ReportSums, SumRow } from '../sums.ts';
import { columnsOf } from './dimensions.ts';
import { isCount } from './figures.ts';
import type { PlannedSum, QueryPlan, SpanPlan } from './plan.ts';
import { type GroupKey, Tally } from './tally.ts';

/** A group of the answer: what it is, and what was counted of it in the two periods. */
export interface ReportGroup {
  readonly key: GroupKey;
  readonly current: Tally;
  readonly previous: Tally;
  /** The first figure over the whole range: groups come in its order. */
  readonly rank: number | null;
}

/** What was found, by group, in the order of the answer. */
export function groupsOf(plan: QueryPlan, found: ReportSums): readonly ReportGroup[] {
  const { current, previous } = plan;
  const currentTallies = talliesOf(plan, current, {
    sums: found.sums.slice(0, current.sums.length),
    callers: found.callers.slice(0, current.callers.length),
  });
  const previousTallies =
    previous === null
      ? new Map<string, Tally>()
      : talliesOf(plan, previous, {
          sums: found.sums.slice(current.sums.length),
          callers: found.callers.slice(current.callers.length),
        });
  const keys = new Map(fixedKeys(plan).map((key) => [nameOf(key), key]));
  for (const tallies of [currentTallies, previousTallies]) {
    for (const [name, { key }] of tallies) keys.set(name, key);
  }
  const groups = Array.from(keys, ([name, key]) => {
    const tally = currentTallies.get(name) ?? new Tally(key);
    return { key, current: tally, previous: previousTallies.get(name) ?? new Tally(key), rank: rankOf(plan, tally) };
  });
  const isFixed = hasFixedGroups(plan.request);
  return groups.filter((group) => isFixed || hasSomething(plan, group)).sort(byRankAndKey);
}

/** Whether a figure has something in it: a count above 0, or a ratio or percentile that has a value. */
function hasSomething({ request, sources }: QueryPlan, { current, previous }: ReportGroup): boolean {
  return request.metrics.some((metric, index) => {
    const source = sources[index] ?? 'callers';
    return [current, previous].some((tally) => {
      const total = tally.total(metric, source);
      return total !== null && (total > 0 || !isCount(metric));
    });
  });
}

/** Groups that are always there have an order of their own; so they all rank the same. */
function rankOf({ request, sources }: QueryPlan, tally: Tally): number | null {
  const [[metric], [source]] = [request.metrics, sources];
  if (hasFixedGroups(request) || metric === undefined || source === undefined) return 0;
  return tally.total(metric, source);
}

/** The highest rank first, without a value last. */
export const byRank = (a: Pick<ReportGroup, 'rank'>, b: Pick<ReportGroup, 'rank'>): number =>
  (b.rank ?? -1) - (a.rank ?? -1);

function byRankAndKey(a: ReportGroup, b: ReportGroup): number {
  if (a.rank !== b.rank) return byRank(a, b);
  for (const [index, part] of a.key.entries()) {
    const other = b.key[index] ?? part;
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

const hasFixedGroups = ({ by }: QueryPlan['request']): boolean => by === null || by === 'hour_of_week';

/** Groups that are there whatever was counted. */
function fixedKeys({ request }: QueryPlan): readonly GroupKey[] {
  if (request.by === null) return [[]];
  if (request.by !== 'hour_of_week') return [];
  return Array.from({ length: 168 }, (_, index) => [Math.floor(index / 24) + 1, index % 24]);
}

const nameOf = (key: GroupKey): string => JSON.stringify(key);

function talliesOf(plan: QueryPlan, span: SpanPlan, found: ReportSums): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  const tallyOf = (key: GroupKey): Tally => {
    const known = tallies.get(nameOf(key));
    if (known !== undefined) return known;
    const tally = new Tally(key);
    tallies.set(nameOf(key), tally);
    return tally;
  };
  for (const [index, planned] of span.sums.entries()) {
    for (const row of found.sums[index] ?? []) addRow(plan, span, { planned, row, tallyOf });
  }
  for (const counts of found.callers.flat()) tallyOf(callersKey(counts)).callers = counts.callers;
  return tallies;
}

const callersKey = ({ phone }: CallerCounts): GroupKey => (phone === null ? [] : [phone]);

interface FoundRow {
  readonly planned: PlannedSum;
  readonly row: SumRow;
  readonly tallyOf: (key: GroupKey) => Tally;
}

/** A row's key is that of its group, its time where it says its bucket, and its block where it is a histogram's. */
function addRow({ request, calendar }: QueryPlan, { buckets }: SpanPlan, { planned, row, tallyOf }: FoundRow): void {
  const { query, bucket } = planned;
  const width = columnsOf(request.by).length;
  const time = Number(row.key[width] ?? 0);
  const key = request.by === 'hour_of_week' ? Object.values(calendar.hourOfWeek(time)) : row.key.slice(0, width);
  const block = isHistogram(query.rollup) ? Number(row.key.at(-1)) : 0;
  tallyOf(key).add(query.rollup, { bucket: bucket ?? buckets.bucketAt(time), block, counters: row.counters });
}

/** One group in one bucket, as an answer has it. Figures stand in the order of the question. */
export interface ReportRow {
  readonly startSeconds: number;
  readonly key: GroupKey;
  readonly figures: readonly (number | null)[];
  /** null where nothing is compared. */
  readonly previous: readonly (number | null)[] | null;
}

/** The rows of a group, one a bucket. */
export function rowsOf(plan: QueryPlan, { key, current, previous }: ReportGroup): readonly ReportRow[] {
  const { metrics } = plan.request;
  const figuresOf = (tally: Tally, bucket: number) =>
    metrics.map((metric, index) => tally.valueOf(metric, plan.sources[index] ?? 'callers', bucket));
  return plan.current.buckets.starts.map((startSeconds, bucket) => ({
    startSeconds,
    key,
    figures: figuresOf(current, bucket),
    previous: plan.previous === null ? null : figuresOf(previous, bucket),
  }));
}

/** Most figures in an answer. One group has fewer, whatever the question. */
const mostFigures = 250_000;

/** How many groups fit into an answer, at most as many as are wanted. */
export function groupsThatFit({ current, previous, request }: QueryPlan, wanted: number): number {
  const figures = current.buckets.starts.length * request.metrics.length * (previous === null ? 1 : 2);
  return Math.max(1, Math.min(wanted, Math.floor(mostFigures / figures)));
}
