import { daysOfBucket } from '../format/times.ts';
import type { Day } from '../state/days.ts';
import type { Period } from '../state/filters.ts';

/** A day that a reader should notice, and why. */
export interface DayMark {
  readonly day: Day;
  readonly text: string;
}

/** The same on a graph: the place of its point. */
export interface PointMark {
  readonly index: number;
  readonly text: string;
}

interface Points {
  /** First instants of the buckets, as the server writes them. */
  readonly starts: readonly string[];
  readonly values: readonly (number | null)[];
  readonly period: Period | null;
  /** Last day of the graph. */
  readonly end: Day;
}

/** Where days stand on a graph: on the bucket that holds the day, and by hour on the greatest of the day. Days that are not on it have no mark. */
export function pointMarks(marks: readonly DayMark[], { starts, values, period, end }: Points): readonly PointMark[] {
  const spans = starts.map((start) => daysOfBucket(start, period, end));
  return marks.flatMap(({ day, text }) => {
    const within = spans.flatMap((span, index) => (span.start <= day && day <= span.end ? [index] : []));
    const [first, ...others] = within;
    if (first === undefined) return [];
    const index = others.reduce((best, other) => ((values[other] ?? 0) > (values[best] ?? 0) ? other : best), first);
    return [{ index, text }];
  });
}
