const pattern = /^\d{4}-\d\d-\d\d \d\d:\d\d:[0-5]\d$/;

/** Reads a time as Asterisk writes it, `2024-01-27 15:07:24`: a clock on the wall of the server. Null when it is none. */
export function parseLocalTime(text: string): Temporal.PlainDateTime | null {
  if (!pattern.test(text)) return null;
  try {
    return Temporal.PlainDateTime.from(text);
  } catch {
    // The pattern leaves days and hours that no calendar has, and Temporal tells of them by throwing only.
    return null;
  }
}

/** What a row says of its times: the clock's, and the lengths that Asterisk measured and no clock change alters. */
export interface LocalTimes {
  readonly start: Temporal.PlainDateTime;
  readonly answer: Temporal.PlainDateTime | null;
  readonly end: Temporal.PlainDateTime;
  readonly durationSeconds: number;
  readonly billableSeconds: number;
  readonly uniqueid: string;
}

export interface Instants {
  readonly startMs: number;
  readonly answerMs: number | null;
  readonly endMs: number;
}

/**
 * The instants of a row whose times are in `zone` (IANA name).
 *
 * In the hour that a clock change repeats a local time means two instants. Of them, those are taken that are not before the
 * channel existed and agree best with `duration` (end − start) and `billsec` (end − answer); where both agree, the earlier.
 * A local time that a clock change skips is moved forward by what is skipped.
 */
export function resolveTimes(times: LocalTimes, zone: string): Instants {
  const created = creationMs(times.uniqueid);
  const starts = instantsOf(times.start, zone);
  const possible = created === null ? starts : starts.filter((startMs) => startMs >= created - clockCorrectionMs);
  const ends = instantsOf(times.end, zone);
  const pairs = (possible.length > 0 ? possible : starts).flatMap((from) => ends.map((to) => ({ from, to })));
  const { from: startMs, to: endMs } = bestFit(pairs, times.durationSeconds * 1000);
  if (times.answer === null) return { startMs, answerMs: null, endMs };
  const answers = instantsOf(times.answer, zone).map((from) => ({ from, to: endMs }));
  return { startMs, answerMs: bestFit(answers, times.billableSeconds * 1000).from, endMs };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The span whose length is nearest to the measured one, the first of equals. Both differ by up to a second from rounding. */
function bestFit(spans: readonly Span[], measuredMs: number): Span {
  const misfit = ({ from, to }: Span) => Math.abs(to - from - measuredMs);
  return spans.reduce((best, span) => (misfit(span) < misfit(best) ? span : best));
}

/** How far a server's clock may be set back between the making of a channel and of its row. */
const clockCorrectionMs = 60_000;

/** When the channel was made: Asterisk's own unique ids are `[system name-]seconds since 1970.counter`; others tell nothing. */
function creationMs(uniqueid: string): number | null {
  const seconds = /(?:^|-)(\d{9,10})\.\d+$/.exec(uniqueid)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

/** All instants that a local time means, the earlier first. */
function instantsOf(local: Temporal.PlainDateTime, zone: string): readonly number[] {
  const later = local.toZonedDateTime(zone, { disambiguation: 'later' });
  const earlierMs = local.toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds;
  const isSkipped = !later.toPlainDateTime().equals(local);
  return isSkipped || earlierMs === later.epochMilliseconds
    ? [later.epochMilliseconds]
    : [earlierMs, later.epochMilliseconds];
}

/** RFC 3339 in UTC: `2024-01-27T20:07:24Z`. */
export const printInstant = (epochMs: number) => Temporal.Instant.fromEpochMilliseconds(epochMs).toString();
