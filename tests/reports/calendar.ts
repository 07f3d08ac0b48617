import type { StoredCall } from './account.ts';

/** Buckets of a range, worked out one day and one hour at a time. */

/** Local days, both inclusive. */
export interface Days {
  readonly start: Temporal.PlainDate;
  readonly end: Temporal.PlainDate;
}

export interface Bucket {
  readonly first: Temporal.Instant;
  holds(call: StoredCall): boolean;
}

export const periods = ['hour', 'day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

/** false where the clocks skipped it. */
export const dayExists = (day: Temporal.PlainDate, timeZone: string): boolean =>
  day.toZonedDateTime(timeZone).toPlainDate().equals(day);

const firstInstantOf = (day: Temporal.PlainDate, timeZone: string) => day.toZonedDateTime(timeZone).toInstant();
const { compare } = Temporal.Instant;

/** By whole days. */
export function bucketsOf(days: Days, period: Period | null, timeZone: string): readonly Bucket[] {
  if (period === 'hour') return hoursOf(days, timeZone);
  return [...daysByBucket(days, period, timeZone)].map(([key, held]) => {
    const names = new Set(held.map(String));
    return {
      first: firstInstantOf(Temporal.PlainDate.from(key), timeZone),
      holds: ({ started }) => names.has(started.toPlainDate().toString()),
    };
  });
}

/**
 * The same by hours, "those from the first instant of the day `start` to the first instant of the day after `end`". It makes a
 * difference where clocks went back over midnight, so that an hour of the day before comes after the first instant of a day.
 */
export function bucketsOfHours(days: Days, period: Period | null, timeZone: string): readonly Bucket[] {
  if (period === 'hour') return hoursOf(days, timeZone);
  return [...daysByBucket(days, period, timeZone)].map(([key, held]) => {
    const first = firstInstantOf(Temporal.PlainDate.from(key), timeZone);
    const [day = days.start] = held;
    const [from, to] = [firstInstantOf(day, timeZone), firstInstantOf((held.at(-1) ?? day).add({ days: 1 }), timeZone)];
    return { first, holds: (call) => isWithin(call, from, to) };
  });
}

const isWithin = ({ started }: StoredCall, from: Temporal.Instant, to: Temporal.Instant) =>
  compare(from, started.toInstant()) <= 0 && compare(started.toInstant(), to) < 0;

function daysByBucket(days: Days, period: Exclude<Period, 'hour'> | null, timeZone: string) {
  const buckets = new Map<string, Temporal.PlainDate[]>();
  for (let day = days.start; Temporal.PlainDate.compare(day, days.end) <= 0; day = day.add({ days: 1 })) {
    // A day that the clocks skipped has no midnight of its own.
    if (period === 'day' && !dayExists(day, timeZone)) continue;
    const key = firstDayOf(day, period, days).toString();
    buckets.set(key, [...(buckets.get(key) ?? []), day]);
  }
  return buckets;
}

function firstDayOf(day: Temporal.PlainDate, period: Exclude<Period, 'hour'> | null, { start }: Days) {
  if (period === null) return start;
  if (period === 'day') return day;
  return period === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 });
}

function hoursOf({ start, end }: Days, timeZone: string): readonly Bucket[] {
  const until = firstInstantOf(end.add({ days: 1 }), timeZone);
  const buckets: Bucket[] = [];
  let first = firstInstantOf(start, timeZone);
  while (compare(first, until) < 0) {
    const [from, to] = [first, hourAfter(first, timeZone)];
    buckets.push({ first: from, holds: (call) => isWithin(call, from, to) });
    first = to;
  }
  return buckets;
}

/** When the clock shows the next hour, or is put forward or back. */
function hourAfter(instant: Temporal.Instant, timeZone: string): Temporal.Instant {
  const moment = instant.toZonedDateTimeISO(timeZone);
  const next = instant.add({ seconds: 3600 - moment.minute * 60 - moment.second });
  const change = moment.getTimeZoneTransition('next')?.toInstant() ?? next;
  return compare(change, next) < 0 ? change : next;
}

/** The days before, with which these are compared. */
export function daysBefore({ start, end }: Days): Days {
  const dayBefore = start.subtract({ days: 1 });
  if (start.day === 1 && end.day === end.daysInMonth) {
    const months = (end.year - start.year) * 12 + end.month - start.month + 1;
    return { start: start.subtract({ months }), end: dayBefore };
  }
  return { start: start.subtract({ days: start.until(end, { largestUnit: 'day' }).days + 1 }), end: dayBefore };
}
