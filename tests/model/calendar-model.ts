import type { Period, Question } from './world.ts';

/** Days, weeks and months of a time zone, one day at a time. */

export const dayOf = (instant: string, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate();

/** false where the clocks skipped it. */
export const dayExists = (day: Temporal.PlainDate, timeZone: string): boolean =>
  day.toZonedDateTime(timeZone).toPlainDate().equals(day);

export const endOf = ({ start, days }: Question): Temporal.PlainDate => start.add({ days: days - 1 });

export const daysOf = ({ start, days }: Question): readonly Temporal.PlainDate[] =>
  Array.from({ length: days }, (_, index) => start.add({ days: index }));

/** The days asked for by the first second of their bucket, in the order of the calendar. */
export function bucketsOf(timeZone: string, question: Question): ReadonlyMap<string, readonly Temporal.PlainDate[]> {
  const buckets = new Map<string, Temporal.PlainDate[]>();
  for (const day of daysOf(question)) {
    // A day that the zone left out has no midnight of its own, and no bucket.
    if (question.period === 'day' && !dayExists(day, timeZone)) continue;
    const key = firstSecondOf(firstDayOf(day, question.period), timeZone);
    buckets.set(key, [...(buckets.get(key) ?? []), day]);
  }
  return buckets;
}

function firstDayOf(day: Temporal.PlainDate, period: Period): Temporal.PlainDate {
  if (period === 'day') return day;
  return period === 'week' ? day.subtract({ days: day.dayOfWeek - 1 }) : day.with({ day: 1 });
}

const firstSecondOf = (day: Temporal.PlainDate, timeZone: string) =>
  String(day.toZonedDateTime(timeZone).startOfDay().epochMilliseconds / 1000);
