import { addDays, type Day, daysBetween } from '../../state/days.ts';
import type { Period } from '../../state/filters.ts';
import type { DaySpan } from '../../state/ranges.ts';

/**
 * A caller is new on the first day with a call, and returns on all others, as far as the days from {@link lookBackDays} before the first
 * one that is looked at say. No report has that by itself; with `F(d)`, the distinct callers from the first day looked back at to `d`,
 * a bucket from day `a` to day `b` has `F(b) − F(a − 1)` new callers, and those of all buckets add up to those of all days.
 */
export const lookBackDays = 90;

/** Most buckets of the graph: each asks for another count of distinct callers. */
const mostBuckets = 14;

/** Most days of a report. */
const mostDays = 3660;

/** The spans whose distinct callers are `F`: up to the day before `span`, and to the end of each bucket. Empty where they are too long. */
export function spansToCount(span: DaySpan, ends: readonly Day[]): readonly DaySpan[] {
  const start = addDays(span.start, -lookBackDays);
  if (daysBetween(start, span.end) > mostDays) return [];
  return [addDays(span.start, -1), ...ends].map((end) => ({ start, end }));
}

/** New callers of each bucket, from the counts of {@link spansToCount}; null where a count is missing. */
export const newCallers = (counts: readonly (number | null)[]): readonly (number | null)[] =>
  counts.slice(1).map((count, index) => difference(count, counts[index] ?? null));

/** What is left of distinct callers without the new ones. */
export const difference = (all: number | null, some: number | null): number | null =>
  all === null || some === null ? null : Math.max(0, all - some);

/** The shortest period, not shorter than the chosen one, that makes few enough buckets; null where even months are too many. */
export function bucketPeriod({ start, end }: DaySpan, chosen: Period): 'day' | 'week' | 'month' | null {
  const days = daysBetween(start, end);
  const lengths = { day: 1, week: 7, month: 28 } as const;
  const shortest = chosen === 'hour' ? 'day' : chosen;
  const possible = (['day', 'week', 'month'] as const).filter((period) => lengths[period] >= lengths[shortest]);
  // A week or month that is cut at both ends is one more.
  return (
    possible.find((period) => Math.ceil(days / lengths[period]) + (period === 'day' ? 0 : 1) <= mostBuckets) ?? null
  );
}
