import { bucketsOf, type DayRange } from '../../buckets.ts';
import type { Calendar, Day } from '../../calendar.ts';
import { isByHour, type ReportRequest } from './request.ts';

/** The buckets of a question in one of the two periods that are compared. */
export interface SpanBuckets {
  readonly range: DayRange;
  /** The days of each bucket; those of an hour are all days of the range. */
  readonly days: readonly DayRange[];
  /** The place of the bucket that a row belongs to, by its day or by the first instant of its hour. */
  readonly bucketAt: (time: number) => number;
}

/** Those of the period itself, with the first instant of each in UNIX seconds. */
export interface CurrentBuckets extends SpanBuckets {
  readonly starts: readonly number[];
}

export function currentBuckets(request: ReportRequest, calendar: Calendar): CurrentBuckets {
  const { range, period } = request;
  if (period === 'hour') {
    const starts = calendar.hoursBetween(range.first, range.last + 1);
    return { range, starts, days: starts.map(() => range), bucketAt: lastAtOrBefore(starts) };
  }
  const whole = { startSeconds: calendar.startOf(range.first), ...range };
  const buckets = period === null ? [whole] : bucketsOf(range, period, calendar);
  return {
    ...byDays(request, { range, days: buckets, calendar }),
    starts: buckets.map(({ startSeconds }) => startSeconds),
  };
}

/**
 * Those of the period before, one for each of the period itself, so that everything before is in one of them. Hours are paired by the
 * local clock: where it repeated an hour, both are in one, and where it left one out, what is missing is in the hour before.
 */
export function previousBuckets(
  request: ReportRequest,
  current: CurrentBuckets,
  calendar: Calendar,
): SpanBuckets | null {
  const { previous, period } = request;
  if (previous === null) return null;
  const { range, movedBy } = previous;
  if (period === 'hour') {
    const clockOf = (firstDay: Day) => (instant: number) =>
      (calendar.dayAndHourOf(instant * 1000).day - firstDay) * 24 + calendar.hourOfWeek(instant).hour;
    const place = firstAtLastClock(current.starts.map(clockOf(current.range.first)));
    const clockBefore = clockOf(range.first);
    return { range, days: current.days.map(() => range), bucketAt: (hour) => place(clockBefore(hour)) };
  }
  const distance = current.range.first - range.first;
  // Up to the next one: a day that the clocks skipped now is a day like others in the period before.
  const moved = () =>
    current.days.map(({ first }, index) => ({
      first: first - distance,
      last: (current.days[index + 1]?.first ?? current.range.last + 1) - 1 - distance,
    }));
  const days = movedBy === 'months' && period === 'month' ? bucketsOf(range, period, calendar) : moved();
  return byDays(request, { range, days: period === null ? [range] : days, calendar });
}

interface Cut {
  readonly range: DayRange;
  readonly days: readonly DayRange[];
  readonly calendar: Calendar;
}

function byDays(request: ReportRequest, { range, days, calendar }: Cut): SpanBuckets {
  const from = days.map(({ first }) => (isByHour(request) ? calendar.startOf(first) : first));
  return { range, days: days.map(({ first, last }) => ({ first, last })), bucketAt: lastAtOrBefore(from) };
}

/** The place of the last clock at or before another, of several equal ones the first. Clocks that were put back are not in order. */
function firstAtLastClock(clocks: readonly number[]): (clock: number) => number {
  const places = new Map<number, number>();
  for (const [place, clock] of clocks.entries()) if (!places.has(clock)) places.set(clock, place);
  const ordered = [...places.keys()].sort((a, b) => a - b);
  const last = lastAtOrBefore(ordered);
  return (clock) => places.get(ordered[last(clock)] ?? 0) ?? 0;
}

/** The place of the last of ordered values that is at or before a time; 0 where all come after. */
function lastAtOrBefore(values: readonly number[]): (time: number) => number {
  return (time) => {
    let [low, high] = [0, values.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((values[middle] ?? 0) <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
