import { type Calendar, type Day, dateOf, dayOf } from './calendar.ts';

export const periods = ['day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

/** Local days, both inclusive. */
export interface DayRange {
  readonly first: Day;
  readonly last: Day;
}

/** One point of a series: the days of the range that fall into one local day, week or month. */
export interface Bucket extends DayRange {
  /** UNIX seconds of the first instant of the whole day, week or month, also where the range starts later. */
  readonly startSeconds: number;
}

/**
 * The buckets of a range, in order. Weeks start on Monday (ISO 8601). Every bucket that has a day of the range is there; a
 * day that the zone skipped is no bucket.
 */
export function bucketsOf(range: DayRange, period: Period, calendar: Calendar): readonly Bucket[] {
  const buckets: Bucket[] = [];
  for (let first = range.first; first <= range.last; ) {
    const whole = wholePeriod(first, period);
    const last = Math.min(whole.last, range.last);
    if (period !== 'day' || calendar.has(first)) {
      buckets.push({ startSeconds: calendar.startOf(whole.first), first, last });
    }
    first = last + 1;
  }
  return buckets;
}

function wholePeriod(day: Day, period: Period): DayRange {
  switch (period) {
    case 'day':
      return { first: day, last: day };
    case 'week': {
      const monday = day - (dateOf(day).dayOfWeek - 1);
      return { first: monday, last: monday + 6 };
    }
    case 'month': {
      const date = dateOf(day);
      const first = dayOf(date.with({ day: 1 }));
      return { first, last: first + date.daysInMonth - 1 };
    }
    default:
      return period satisfies never;
  }
}
