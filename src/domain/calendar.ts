/**
 * The local calendar of one IANA time zone. A day is counted from 1970-01-01, in the proleptic Gregorian calendar; it says
 * nothing of an instant until a zone is given. Days may have 23 or 25 hours, may start at 01:00, and may not exist at all
 * (Pacific/Apia had no 2011-12-30).
 */

/** Days since 1970-01-01 of a local calendar date. */
export type Day = number;

/** 1 is Monday, 7 Sunday (ISO 8601). */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
export type Weekday = (typeof weekdays)[number];

/** A run of time with one offset from UTC: `fromMs` ≤ instant < `untilMs`. */
interface Segment {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offsetMs: number;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** Most days and segments that are remembered; a report has at most 3,660 days. */
const mostRemembered = 20_000;

export class Calendar {
  readonly timeZone: string;
  readonly #segments: Segment[] = [];
  readonly #starts = new Map<Day, number>();

  private constructor(timeZone: string) {
    this.timeZone = timeZone;
  }

  /** null when the runtime does not know the zone. */
  static open(timeZone: string): Calendar | null {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
      return new Calendar(timeZone);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }

  /**
   * The local day of an instant, and the first instant (UNIX seconds) of its local hour. A clock change starts a new hour, so
   * that the hour which a change repeats is two hours.
   */
  dayAndHourOf(instantMs: number): { readonly day: Day; readonly hour: number } {
    const segment = this.#segmentOf(instantMs);
    const localMs = instantMs + segment.offsetMs;
    const hourStartMs = Math.floor(localMs / hourMs) * hourMs - segment.offsetMs;
    return { day: Math.floor(localMs / dayMs), hour: Math.max(hourStartMs, segment.fromMs) / 1000 };
  }

  /** UNIX seconds of the first instant of a local day; of a day that does not exist, of the day after it. */
  startOf(day: Day): number {
    const known = this.#starts.get(day);
    if (known !== undefined) return known;
    const start = dateOf(day).toZonedDateTime({ timeZone: this.timeZone }).epochMilliseconds / 1000;
    if (this.#starts.size >= mostRemembered) this.#starts.clear();
    this.#starts.set(day, start);
    return start;
  }

  /** First instants (UNIX seconds) of the local hours from the first instant of one day to that of another. */
  hoursBetween(first: Day, end: Day): readonly number[] {
    const hours: number[] = [];
    const endMs = this.startOf(end) * 1000;
    for (let atMs = this.startOf(first) * 1000; atMs < endMs; ) {
      hours.push(atMs / 1000);
      const { offsetMs, untilMs } = this.#segmentOf(atMs);
      const nextMs = (Math.floor((atMs + offsetMs) / hourMs) + 1) * hourMs - offsetMs;
      atMs = Math.min(nextMs, untilMs);
    }
    return hours;
  }

  /** The local day of the week (1 is Monday) and hour (0–23) of an instant in UNIX seconds. */
  hourOfWeek(seconds: number): { readonly weekday: number; readonly hour: number } {
    const localMs = seconds * 1000 + this.#segmentOf(seconds * 1000).offsetMs;
    const day = Math.floor(localMs / dayMs);
    // 1970-01-01 was a Thursday.
    return { weekday: modulo(day + 3, 7) + 1, hour: Math.floor(modulo(localMs, dayMs) / hourMs) };
  }

  /** Whether the zone has the day. One that it skipped begins when the next one does. */
  has(day: Day): boolean {
    return this.startOf(day) !== this.startOf(day + 1);
  }

  #segmentOf(instantMs: number): Segment {
    const known = this.#segments.find(({ fromMs, untilMs }) => fromMs <= instantMs && instantMs < untilMs);
    if (known !== undefined) return known;
    const at = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(this.timeZone);
    // A transition at this very instant begins the segment; "previous" alone would look before it.
    const previous = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
    const segment = {
      fromMs: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
      untilMs: at.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offsetMs: at.offsetNanoseconds / 1_000_000,
    };
    if (this.#segments.length >= mostRemembered) this.#segments.length = 0;
    this.#segments.unshift(segment);
    return segment;
  }
}

const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

const epoch = Temporal.PlainDate.from('1970-01-01');

export const dateOf = (day: Day): Temporal.PlainDate => epoch.add({ days: day });

/**
 * The day of a date, counted in integers: a request names two of them, and Temporal takes longer for that than all else of
 * reading it. Years are shifted to begin in March, so that the leap day is the last of its year and a date in an era of 400
 * years is a sum (Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, days_from_civil).
 */
export function dayOf({ year, month, day }: CalendarDate): Day {
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysOfEra + dayOfEra - daysBefore1970;
}

const daysOfEra = 146_097;
/** From 0000-03-01 on. */
const daysBefore1970 = 719_468;

/** A date of the proleptic Gregorian calendar; months and days count from 1. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Whether the calendar has the date: no month 13, no 30th of February. */
export function isDate({ year, month, day }: CalendarDate): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const next = month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 };
  return day <= dayOf(next) - dayOf({ year, month, day: 1 });
}
