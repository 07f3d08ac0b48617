/**
 * The local calendar of one IANA time zone. A day is counted from 1970-01-01, in the proleptic Gregorian calendar; it says
 * nothing of an instant until a zone is given. Days may have 23 or 25 hours, may start at 01:00, and may not exist at all
 * (Pacific/Apia had no 2011-12-30).
 */

/** Days since 1970-01-01 of a local calendar date. */
export type Day = number;

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

  /** Whether the zone has the day. */
  has(day: Day): boolean {
    return this.dayAndHourOf(this.startOf(day) * 1000).day === day;
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

const epoch = Temporal.PlainDate.from('1970-01-01');

export const dateOf = (day: Day): Temporal.PlainDate => epoch.add({ days: day });

export const dayOf = (date: Temporal.PlainDate): Day => epoch.until(date, { largestUnit: 'days' }).days;
