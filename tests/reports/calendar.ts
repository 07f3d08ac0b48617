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

/** The days before, with which these are compared: months by months where that leaves nothing over, else days by days. */
export function daysBefore(days: Days, period: Period | null): Days {
  const { start, end } = days;
  const dayBefore = start.subtract({ days: 1 });
  if (isByMonths(days, period)) {
    const months = (end.year - start.year) * 12 + end.month - start.month + 1;
    return { start: start.subtract({ months }), end: dayBefore };
  }
  return { start: start.subtract({ days: start.until(end, { largestUnit: 'day' }).days + 1 }), end: dayBefore };
}

const isByMonths = ({ start, end }: Days, period: Period | null): boolean =>
  start.day === 1 && end.day === end.daysInMonth && (period === null || period === 'month');

interface Comparing {
  readonly days: Days;
  readonly period: Period | null;
  readonly isByHours: boolean;
  readonly timeZone: string;
}

/** Buckets of the days before, one for each of the days themselves, so that every call of the days before is in one. */
export function bucketsBefore(current: readonly Bucket[], comparing: Comparing): readonly Bucket[] {
  const { days, period, timeZone } = comparing;
  const before = daysBefore(days, period);
  const [from, to] = [firstInstantOf(before.start, timeZone), firstInstantOf(before.end.add({ days: 1 }), timeZone)];
  const isAsked = (call: StoredCall) => {
    if (comparing.isByHours) return isWithin(call, from, to);
    const day = call.started.toPlainDate();
    return isNotAfter(before.start, day) && isNotAfter(day, before.end);
  };
  const placeOf = placeBefore(current, comparing);
  return current.map(({ first }, index) => ({ first, holds: (call) => isAsked(call) && placeOf(call) === index }));
}

const isNotAfter = (one: Temporal.PlainDate, other: Temporal.PlainDate) => Temporal.PlainDate.compare(one, other) <= 0;

/** Which bucket a call of the days before belongs to. */
function placeBefore(
  current: readonly Bucket[],
  { days, period, isByHours, timeZone }: Comparing,
): (call: StoredCall) => number {
  const before = daysBefore(days, period);
  if (period === null) return () => 0;
  if (period === 'hour') {
    const clocks = current.map(({ first }) => clockOf(first.toZonedDateTimeISO(timeZone), days.start));
    return ({ started }) => {
      const clock = clocks.findLast((each) => each <= clockOf(started, before.start)) ?? clocks[0] ?? 0;
      return clocks.indexOf(clock);
    };
  }
  const firsts = [...daysByBucket(days, period, timeZone).values()].map(([day = days.start]) => day);
  const distance = { days: before.start.until(days.start, { largestUnit: 'day' }).days };
  const starts = firsts.map((day) =>
    isByMonths(days, period)
      ? before.start.add({ months: (day.year - days.start.year) * 12 + day.month - days.start.month })
      : day.subtract(distance),
  );
  return ({ started }) => {
    const isStarted = (start: Temporal.PlainDate) =>
      isByHours
        ? compare(firstInstantOf(start, timeZone), started.toInstant()) <= 0
        : isNotAfter(start, started.toPlainDate());
    return Math.max(0, starts.findLastIndex(isStarted));
  };
}

/** Hours on the local clock since a day began, whatever the clock did meanwhile. */
const clockOf = (moment: Temporal.ZonedDateTime, day: Temporal.PlainDate): number =>
  day.until(moment.toPlainDate(), { largestUnit: 'day' }).days * 24 + moment.hour;
