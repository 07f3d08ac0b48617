import type { Bucket, DayRange } from '../buckets.ts';
import { type CallSums, type MetricName, measure, metrics } from '../metrics.ts';
import { type CallCounter, callCounters } from '../rollups.ts';

/** A report of series: which figures, in the order in which they are printed. */
export interface SeriesReport {
  readonly metrics: readonly MetricName[];
}

/** The call counters of one local day, in the order of `callCounters`, summed over the numbers that were asked for. */
export interface DaySums {
  readonly day: number;
  readonly counters: readonly number[];
}

/** One figure over time. `value` is null where there was nothing to divide by. */
export interface Series {
  readonly metric: MetricName;
  readonly points: readonly { readonly startSeconds: number; readonly value: number | null }[];
}

/** Shapes day sums (in order of days, days without calls may be missing) into the series of a report. */
export function seriesOf(
  report: SeriesReport,
  buckets: readonly Bucket[],
  days: readonly DaySums[],
): readonly Series[] {
  const sums = sumsByBucket(buckets, days);
  return report.metrics.map((metric) => ({
    metric,
    points: buckets.map((bucket, index) => ({
      startSeconds: bucket.startSeconds,
      value: measure(metrics[metric], sums[index] ?? noCalls),
    })),
  }));
}

function sumsByBucket(buckets: readonly Bucket[], days: readonly DaySums[]): readonly (CallSums | undefined)[] {
  let next = 0;
  return buckets.map((bucket) => {
    while (isBefore(days[next], bucket)) next += 1;
    let counters: readonly number[] | undefined;
    for (let day = days[next]; day !== undefined && day.day <= bucket.last; day = days[next]) {
      counters = addCounters(counters, day.counters);
      next += 1;
    }
    return counters && namedSums(counters);
  });
}

const isBefore = (day: DaySums | undefined, range: DayRange): boolean => day !== undefined && day.day < range.first;

function addCounters(left: readonly number[] | undefined, right: readonly number[]): readonly number[] {
  return left === undefined ? right : left.map((counter, index) => counter + (right[index] ?? 0));
}

function namedSums(counters: readonly number[]): CallSums {
  const sums: Record<CallCounter, number> = { ...noCalls };
  for (const [index, counter] of callCounters.entries()) sums[counter] = counters[index] ?? 0;
  return sums;
}

const noCalls: CallSums = {
  calls: 0,
  call_ms: 0,
  transfers: 0,
  transfer_ms: 0,
  transferred_calls: 0,
  log_events: 0,
  form_items: 0,
  loops: 0,
  js_errors: 0,
  fetch_errors: 0,
  page_loads: 0,
  page_load_ms: 0,
};
