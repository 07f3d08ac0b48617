/** The wall clock of a time zone, as fields for date and time write it: `2018-02-07T14:05`. */
export type LocalTime = string;

const minuteMs = 60_000;

export function localTimeOf(instant: string, timeZone: string): LocalTime {
  const atMs = Date.parse(instant);
  return Number.isNaN(atMs) ? '' : printed(atMs, timeZone);
}

/** Sweden writes the calendar as ISO 8601 does. */
const printed = (atMs: number, timeZone: string): LocalTime =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(atMs).replace(' ', 'T');

const utcMsOf = (local: LocalTime): number => Date.parse(`${local}:00Z`);

/**
 * The instant at which the clock of the zone shows a time, in UTC; null where the text is no time. What the clock shows twice is the
 * first time; what it leaves out is as much later as it was moved.
 */
export function instantOf(local: LocalTime, timeZone: string): string | null {
  const wantedMs = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local) ? utcMsOf(local.slice(0, 16)) : Number.NaN;
  if (Number.isNaN(wantedMs)) return null;
  const offsetAt = (atMs: number) => utcMsOf(printed(atMs, timeZone)) - Math.floor(atMs / minuteMs) * minuteMs;
  // The offsets a day before and after are those on both sides of a change.
  const dayMs = 1440 * minuteMs;
  const candidates = [offsetAt(wantedMs - dayMs), offsetAt(wantedMs + dayMs)].map((offset) => wantedMs - offset);
  const exact = candidates.filter((atMs) => utcMsOf(printed(atMs, timeZone)) === wantedMs);
  return new Date(exact[0] ?? candidates[0] ?? wantedMs).toISOString();
}
