import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../../tests/data/property-runs.ts';
import { newYork } from '../../../tests/data/rollup-rows.ts';
import { bucketsOf, type DayRange, type Period, periods } from '../buckets.ts';
import { type MetricName, measure, metrics } from '../metrics.ts';
import { callCounters } from '../rollups.ts';
import { performanceReport } from './performance.ts';
import { type DaySums, type SeriesReport, seriesOf } from './series.ts';

const day = 17_563; // 2018-02-01, a Thursday
const counters = (values: Partial<Record<(typeof callCounters)[number], number>>): readonly number[] =>
  callCounters.map((counter) => values[counter] ?? 0);

function valuesOf(
  report: SeriesReport,
  days: readonly DaySums[],
  { range, period }: { range: DayRange; period: Period },
) {
  return seriesOf(report, bucketsOf(range, period, newYork), days).map(({ metric, points }) => [
    metric,
    points.map(({ value }) => value),
  ]);
}

describe('the performance report', () => {
  it('has the figures of the wire API, in its order; a day without calls has none to divide by', () => {
    const days = [
      { day, counters: counters({ calls: 2, js_errors: 1, fetch_errors: 3, page_loads: 1, page_load_ms: 45 }) },
      { day: day + 2, counters: counters({ calls: 1 }) },
    ];
    expect(valuesOf(performanceReport, days, { range: { first: day, last: day + 2 }, period: 'day' })).toEqual([
      ['calls', [2, 0, 1]],
      ['js_errors', [1, 0, 0]],
      ['js_errors_per_call', [0.5, null, 0]],
      ['fetch_errors', [3, 0, 0]],
      ['fetch_errors_per_call', [1.5, null, 0]],
      ['average_page_load', [0.045, null, null]],
    ]);
  });

  it('divides sums by sums: the average of a week is no average of averages', () => {
    const days = [
      { day: day - 1, counters: counters({ calls: 1, page_loads: 9, page_load_ms: 9000 }) },
      { day, counters: counters({ calls: 1, page_loads: 1, page_load_ms: 3000 }) },
    ];
    const report: SeriesReport = { metrics: ['average_page_load'] };
    const range = { first: day - 1, last: day };
    expect(valuesOf(report, days, { range, period: 'day' })).toEqual([['average_page_load', [1, 3]]]);
    expect(valuesOf(report, days, { range, period: 'week' })).toEqual([['average_page_load', [1.2]]]);
  });

  it('leaves out days that are not in the range', () => {
    const days = [day - 1, day, day + 1].map((each) => ({ day: each, counters: counters({ calls: 1 }) }));
    const report: SeriesReport = { metrics: ['calls'] };
    expect(valuesOf(report, days, { range: { first: day, last: day }, period: 'month' })).toEqual([['calls', [1]]]);
  });
});

describe('any series', () => {
  const isMetric = (name: string): name is MetricName => name in metrics;
  const report: SeriesReport = { metrics: Object.keys(metrics).filter(isMetric) };
  /** Counts, which no rounding touches. */
  const sumsReport: SeriesReport = {
    metrics: report.metrics.filter((name) => metrics[name].denominator === null && metrics[name].per === 1),
  };
  const anyDays = fc.uniqueArray(fc.integer({ min: day, max: day + 79 }), { maxLength: 40 }).chain((days) =>
    fc.tuple(
      ...days
        .toSorted((a, b) => a - b)
        .map((each) =>
          fc
            .array(fc.integer({ min: 0, max: 1_000_000 }), {
              minLength: callCounters.length,
              maxLength: callCounters.length,
            })
            .map((values): DaySums => ({ day: each, counters: values })),
        ),
    ),
  );
  const anyRange = fc
    .tuple(fc.integer({ min: day, max: day + 79 }), fc.integer({ min: day, max: day + 79 }))
    .map(([one, other]) => ({ first: Math.min(one, other), last: Math.max(one, other) }));

  it('is each figure of the sums of the days of the bucket', () => {
    fc.assert(
      fc.property(anyDays, anyRange, fc.constantFrom(...periods), (days, range, period) => {
        const buckets = bucketsOf(range, period, newYork);
        const found = seriesOf(report, buckets, days);
        for (const { metric, points } of found) {
          const expected = buckets.map(({ startSeconds, first, last }) => {
            const inside = days.filter((each) => first <= each.day && each.day <= last);
            const total = callCounters.map((counter, index) => [
              counter,
              inside.reduce((sum, each) => sum + (each.counters[index] ?? 0), 0),
            ]);
            return { startSeconds, value: measure(metrics[metric], Object.fromEntries(total)) };
          });
          expect(points).toEqual(expected);
        }
      }),
      propertyRuns(50),
    );
  });

  it('is the sum of its parts: days, weeks and months of a range agree, and so do two ranges that make it up', () => {
    /** The total of every plain count over a series. */
    const totalsOf = (days: readonly DaySums[], range: DayRange, period: Period) =>
      seriesOf(sumsReport, bucketsOf(range, period, newYork), days).map(({ points }) =>
        points.reduce((sum, { value }) => sum + (value ?? Number.NaN), 0),
      );
    fc.assert(
      fc.property(anyDays, anyRange, fc.nat({ max: 79 }), (days, range, split) => {
        const expected = totalsOf(days, range, 'day');
        const middle = Math.min(range.first + split, range.last);
        for (const period of periods) {
          expect(totalsOf(days, range, period)).toEqual(expected);
          const left = totalsOf(days, { first: range.first, last: middle }, period);
          const right = totalsOf(days, { first: middle + 1, last: range.last }, period);
          expect(left.map((sum, index) => sum + (right[index] ?? 0))).toEqual(expected);
        }
      }),
      propertyRuns(50),
    );
  });
});
