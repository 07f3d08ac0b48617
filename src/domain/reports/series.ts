import type { Bucket, DayRange } from '../buckets.ts';
import { type MetricName, metrics, rateOf } from '../metrics.ts';
import { callCounters } from '../rollups.ts';

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
export interface Series<Name extends string = MetricName> {
  readonly metric: Name;
  readonly points: readonly { readonly startSeconds: number; readonly value: number | null }[];
}

/** Shapes day sums (in order of days, days without calls may be missing) into the series of a report. */
export function seriesOf(
  report: SeriesReport,
  buckets: readonly Bucket[],
  days: readonly DaySums[],
): readonly Series[] {
  const sums = sumsByBucket(buckets, days);
  return report.metrics.map((metric) => {
    const definition = metrics[metric];
    const numerator = callCounters.indexOf(definition.numerator);
    const denominator = definition.denominator === null ? null : callCounters.indexOf(definition.denominator);
    const points = buckets.map(({ startSeconds }, index) => {
      const counters = sums[index] ?? [];
      const divisor = denominator === null ? 1 : (counters[denominator] ?? 0);
      return { startSeconds, value: rateOf(definition, counters[numerator] ?? 0, divisor) };
    });
    return { metric, points };
  });
}

/** Counters by bucket; a bucket without calls has none. */
function sumsByBucket(buckets: readonly Bucket[], days: readonly DaySums[]): readonly (readonly number[])[] {
  let next = 0;
  return buckets.map((bucket) => {
    while (isBefore(days[next], bucket)) next += 1;
    let counters: readonly number[] = [];
    for (let day = days[next]; day !== undefined && day.day <= bucket.last; day = days[next]) {
      counters = counters.length === 0 ? day.counters : addCounters(counters, day.counters);
      next += 1;
    }
    return counters;
  });
}

const isBefore = (day: DaySums | undefined, range: DayRange): boolean => day !== undefined && day.day < range.first;

const addCounters = (left: readonly number[], right: readonly number[]): readonly number[] =>
  left.map((counter, index) => counter + (right[index] ?? 0));
