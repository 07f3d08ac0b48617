import { addDays, type Day } from '../state/days.ts';
import type { Period } from '../state/filters.ts';
import { locale } from './locale.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = `${timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(name) ?? new Intl.DateTimeFormat(locale, { timeZone, ...options });
  formats.set(name, known);
  return known;
}

const dayOptions = { day: 'numeric', month: 'short' } as const;
const fullDayOptions = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;

/** Names of buckets under a graph; hours of a single day go without it. */
export function printBuckets(starts: readonly string[], period: Period | null, timeZone: string): readonly string[] {
  const isOneDay = starts.every((start) => start.slice(0, 10) === starts[0]?.slice(0, 10));
  return starts.map((start) => printBucket(start, isOneDay && period === 'hour' ? 'hour-of-day' : period, timeZone));
}

/** `Nov 28`, `Nov 28, 1 PM`, `Nov 2026` */
export function printBucket(start: string, period: Period | 'hour-of-day' | null, timeZone: string): string {
  const instant = new Date(start);
  if (period === 'hour-of-day') return format(timeZone, { hour: 'numeric' }).format(instant);
  if (period === 'hour') return format(timeZone, { hour: 'numeric', ...dayOptions }).format(instant);
  if (period === 'month') return format(timeZone, { month: 'short', year: 'numeric' }).format(instant);
  return format(timeZone, dayOptions).format(instant);
}

/** A bucket's name where there is room for all of it. */
export function printWholeBucket(start: string, period: Period | null, timeZone: string): string {
  const instant = new Date(start);
  switch (period) {
    case 'hour':
      return format(timeZone, { ...fullDayOptions, hour: 'numeric', minute: '2-digit', timeZoneName: 'short' }).format(
        instant,
      );
    case 'week':
      return `Week of ${format(timeZone, fullDayOptions).format(instant)}`;
    case 'month':
      return format(timeZone, { month: 'long', year: 'numeric' }).format(instant);
    default:
      return format(timeZone, fullDayOptions).format(instant);
  }
}

/** An instant, to the second. */
export const printInstant = (instant: string, timeZone: string): string =>
  format(timeZone, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(instant));

/** An instant, to the second, without its year where that is this one. */
export function printMoment(instant: string, timeZone: string, now = new Date()): string {
  const at = new Date(instant);
  const year = (date: Date) => format(timeZone, { year: 'numeric' }).format(date);
  const options = { ...dayOptions, hour: 'numeric', minute: '2-digit', second: '2-digit' } as const;
  return format(timeZone, year(at) === year(now) ? options : { ...options, year: 'numeric' }).format(at);
}

export const printDay = (day: Day): string => format('UTC', fullDayOptions).format(new Date(`${day}T00:00:00Z`));

/** Of a month of the calendar, `2018-02`. */
export const printMonth = (month: string): string =>
  format('UTC', { month: 'long', year: 'numeric' }).format(new Date(`${month}-01T00:00:00Z`));

export const printSpan = ({ start, end }: { readonly start: Day; readonly end: Day }): string =>
  start === end
    ? printDay(start)
    : format('UTC', { day: 'numeric', month: 'short', year: 'numeric' }).formatRange(
        new Date(`${start}T00:00:00Z`),
        new Date(`${end}T00:00:00Z`),
      );

/** `14:00` or `2:00 PM`, as the reader writes it. */
export const printClock = (instantMs: number, timeZone: string): string =>
  format(timeZone, { hour: 'numeric', minute: '2-digit' }).format(instantMs);

/** `Thursday`, to stand in a sentence, which is English. */
export const printWeekday = (day: Day): string =>
  new Intl.DateTimeFormat('en', { timeZone: 'UTC', weekday: 'long' }).format(new Date(`${day}T00:00:00Z`));

/** `Thu` */
export const printShortWeekday = (day: Day): string =>
  format('UTC', { weekday: 'short' }).format(new Date(`${day}T00:00:00Z`));

/** `3 minutes ago`; the full instant belongs beside it. */
export function printAgo(instant: string, nowMs: number): string {
  const seconds = Math.round((new Date(instant).getTime() - nowMs) / 1000);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const;
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  return unit === undefined
    ? relative.format(seconds, 'second')
    : relative.format(Math.round(seconds / unit[1]), unit[0]);
}

/** The local days of a bucket, from its first instant as the server writes it, with the offset of the zone. */
export function daysOfBucket(
  start: string,
  period: Period | null,
  end: Day,
): { readonly start: Day; readonly end: Day } {
  const first = start.slice(0, 10);
  if (period === 'week') return { start: first, end: earlier(addDays(first, 6), end) };
  if (period === 'month') {
    const [year = 0, month = 1] = first.split('-').map(Number);
    const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
    return { start: first, end: earlier(last, end) };
  }
  return period === null ? { start: first, end } : { start: first, end: first };
}

const earlier = (one: Day, other: Day): Day => (one < other ? one : other);
