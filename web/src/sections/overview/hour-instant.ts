import type { Day } from '../../state/days.ts';

const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** The first instant, in UNIX milliseconds, at which the clocks of a zone show an hour (0–24) of a day; where they leave it out, that of the change. */
export function hourInstant(timeZone: string, day: Day, hour: number): number {
  const wallMs = Date.parse(`${day}T00:00:00Z`) + hour * hourMs;
  // No zone changes its clocks twice within two days, so one of these two offsets holds.
  const [before, after] = [wallMs - dayMs, wallMs + dayMs].map((instantMs) => wallOf(timeZone, instantMs) - instantMs);
  const first = wallMs - (before ?? 0);
  const second = wallMs - (after ?? 0);
  const isShown = (instantMs: number) => wallOf(timeZone, instantMs) === wallMs;
  if (isShown(first) && isShown(second)) return Math.min(first, second);
  return isShown(second) ? second : first;
}

/** What the clocks of a zone show at an instant, as if it were UTC. */
function wallOf(timeZone: string, instantMs: number): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instantMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
}
