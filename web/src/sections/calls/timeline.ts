import type { CallDetail, TimelineEvent } from '../../../../src/wire/dashboard/calls.ts';

/** A line of the timeline: an event, or the start or end of the call. Times are seconds since the call started. */
export interface TimelineRow {
  /** Place of the event in the document; of start and end, their name. */
  readonly id: number | 'start' | 'end';
  readonly at: number;
  readonly duration: number | null;
  /** null of start and end. */
  readonly event: TimelineEvent | null;
}

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  /** First and last moment of the time axis. */
  readonly from: number;
  readonly to: number;
  /** Moments that the axis names. */
  readonly ticks: readonly number[];
}

/**
 * Everything that happened in a call by time; what happened at one time stays in the order of the document, after the start and before
 * the end of the call. The axis of a call that is up goes as far as is known.
 */
export function timelineOf({ events, summary }: Pick<CallDetail, 'events' | 'summary'>): Timeline {
  const start: TimelineRow = { id: 'start', at: 0, duration: null, event: null };
  const happened = events.map((event, id): TimelineRow => ({ id, at: event.at, duration: event.duration, event }));
  const end: readonly TimelineRow[] =
    summary.duration === null ? [] : [{ id: 'end', at: summary.duration, duration: null, event: null }];
  // Sorting is stable.
  const rows = [start, ...happened, ...end].sort((one, other) => one.at - other.at);
  const from = rows.reduce((least, { at }) => Math.min(least, at), 0);
  const last = rows.reduce((most, { at, duration }) => Math.max(most, at + (duration ?? 0)), 0);
  const to = last > from ? last : from + 1;
  return { rows, from, to, ticks: ticksOf(from, to) };
}

const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const mostTicks = 6;

/** Even moments within the axis, at most six steps. */
function ticksOf(from: number, to: number): readonly number[] {
  const least = (to - from) / mostTicks;
  const step = steps.find((each) => each >= least) ?? Math.ceil(least / 3600) * 3600;
  const [first, last] = [Math.ceil(from / step), Math.floor(to / step)];
  return Array.from({ length: last - first + 1 }, (_, place) => Number(((first + place) * step).toFixed(3)));
}

/** Percent of the axis between two of its ticks, where one of them is at its beginning; null where the ticks do not begin there. */
export function tickShare({ from, to, ticks }: Timeline): number | null {
  const [first, second] = ticks;
  return first === from && second !== undefined ? (100 * (second - first)) / (to - from) : null;
}

export interface Bar {
  /** Percent of the axis. */
  readonly left: number;
  readonly width: number;
}

/** Where a line is on the axis; what has no length is a mark without width. */
export function barOf({ at, duration }: Pick<TimelineRow, 'at' | 'duration'>, { from, to }: Timeline): Bar {
  const share = (seconds: number) => (100 * seconds) / (to - from);
  return { left: share(at - from), width: share(duration ?? 0) };
}

/** `0:09.500`, `1:02:05.000`: since the call started. */
export function printOffset(seconds: number): string {
  const ms = Math.round(Math.abs(seconds) * 1000);
  const padded = (value: number, digits: number) => `${value}`.padStart(digits, '0');
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60];
  const rest = `${padded(Math.floor(ms / 1000) % 60, 2)}.${padded(ms % 1000, 3)}`;
  const sign = seconds < 0 && ms > 0 ? '−' : '';
  return hours === 0 ? `${sign}${minutes}:${rest}` : `${sign}${hours}:${padded(minutes, 2)}:${rest}`;
}
