import { type Day, daysBetween } from '../../state/days.ts';
import type { DaySpan } from '../../state/ranges.ts';
import type { ComparedRows } from './changes.ts';

interface Clock {
  readonly today: Day;
  readonly timeZone: string;
  readonly nowMs: number;
}

/** Weekends weigh little in so many days, whichever weekdays there are one more of. */
const longDays = 28;

/**
 * Lengths in days of the chosen days and of those before, where it is fair to compare their calls: both have the same weekdays, or are
 * long. The day that lasts counts by the share of the clock, which is right enough beside six whole days.
 */
export function comparedLengths(
  span: DaySpan,
  previous: DaySpan,
  { today, timeZone, nowMs }: Clock,
): ComparedRows['days'] {
  const days = daysBetween(span.start, span.end);
  if (span.end > today || (days % 7 !== 0 && days < longDays)) return null;
  const before = daysBetween(previous.start, previous.end);
  return { now: span.end < today ? days : days - 1 + elapsedShare(timeZone, nowMs), before };
}

const minutesOfDay = 1440;

/** How much of its day the clock of a zone has gone through, 0 to 1. */
function elapsedShare(timeZone: string, nowMs: number): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  }).formatToParts(nowMs);
  const part = (type: 'hour' | 'minute') => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return (part('hour') * 60 + part('minute')) / minutesOfDay;
}
