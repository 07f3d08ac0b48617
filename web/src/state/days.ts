/** Days of the calendar as text, `2018-02-07`: they have no time zone, and compare as text. */
export type Day = string;

const msPerDay = 86_400_000;

const utcOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);
const dayOfUtc = (date: Date): Day => date.toISOString().slice(0, 10);

export const addDays = (day: Day, days: number): Day => dayOfUtc(new Date(utcOf(day).getTime() + days * msPerDay));

/** How many days, both included. */
export const daysBetween = (start: Day, end: Day): number =>
  Math.round((utcOf(end).getTime() - utcOf(start).getTime()) / msPerDay) + 1;

/** 1 is Monday, 7 Sunday. */
export const weekdayOf = (day: Day): number => ((utcOf(day).getUTCDay() + 6) % 7) + 1;

export const firstOfMonth = (day: Day): Day => `${day.slice(0, 8)}01`;

/** The first day of the month that is so many months later. */
export function monthsLater(day: Day, months: number): Day {
  const date = utcOf(firstOfMonth(day));
  date.setUTCMonth(date.getUTCMonth() + months);
  return dayOfUtc(date);
}

export const firstOfWeek = (day: Day, weekStart: number): Day => addDays(day, -((weekdayOf(day) - weekStart + 7) % 7));

/** Whether the text is a day that exists. */
export const isDay = (text: string | null): text is Day =>
  text !== null &&
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(utcOf(text).getTime()) &&
  dayOfUtc(utcOf(text)) === text;

/** The local day of an instant in a zone. */
export const dayIn = (timeZone: string, instant: Date): Day =>
  // Sweden writes the calendar as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant);
