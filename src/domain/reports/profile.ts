import type { Bucket, DayRange } from '../buckets.ts';
import type { MetricName } from '../metrics.ts';
import { type Series, seriesOf } from './series.ts';
import type { ReportPlan, ReportSums } from './sums.ts';

/** How many called, and how many different callers they were. */
export const profileReport = {
  plan: (range: DayRange, buckets: readonly Bucket[]): ReportPlan => ({
    sums: [{ rollup: 'number_days', by: ['day'], ...range, where: [] }],
    callers: [{ ranges: buckets, by: 'all' }],
  }),

  shape(buckets: readonly Bucket[], { sums, callers }: ReportSums): readonly Series<MetricName | 'callers'>[] {
    const days = (sums[0] ?? []).map(({ key: [day], counters }) => ({ day: Number(day), counters }));
    const counts = callers[0]?.[0]?.callers ?? [];
    const points = buckets.map(({ startSeconds }, index) => ({ startSeconds, value: counts[index] ?? 0 }));
    const inOrder = days.sort((a, b) => a.day - b.day);
    return [...seriesOf({ metrics: ['calls'] }, buckets, inOrder), { metric: 'callers', points }];
  },
};
