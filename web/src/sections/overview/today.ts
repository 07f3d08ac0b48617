import type { FigureName } from '../../api/report.ts';
import { callsWithTransfer, figureOf, type ReportRow } from '../../api/rows.ts';
import { addDays, type Day } from '../../state/days.ts';

/** The hours of today and of the same weekday a week ago, from a report by hour over both days. */
export interface TodayHours {
  /** Hours that have begun, the one of now too. */
  readonly soFar: readonly ReportRow[];
  /** Hours that are over: only they can be compared. */
  readonly whole: readonly ReportRow[];
  /** The same hours of the clock, a week ago. */
  readonly weekBefore: readonly ReportRow[];
  /** When the last whole hour ended, in UNIX milliseconds; null while there is none. */
  readonly wholeUntilMs: number | null;
}

const hourMs = 3_600_000;

/** `14:00` of an instant as the server writes it. */
const clockOf = ({ start }: ReportRow): string => start.slice(11, 16);
const dayOf = ({ start }: ReportRow): Day => start.slice(0, 10);
const endMsOf = ({ start }: ReportRow): number => Date.parse(start) + hourMs;

/**
 * Splits the hours so that a morning is compared with a morning. Hours are matched by the clock on the wall: an hour that a clock
 * change repeated counts twice on its day, one that it left out counts on the other day alone.
 */
export function splitToday(rows: readonly ReportRow[], today: Day, nowMs: number): TodayHours {
  const ofToday = rows.filter((row) => dayOf(row) === today);
  const whole = ofToday.filter((row) => endMsOf(row) <= nowMs);
  const last = whole.at(-1);
  const weekAgo = addDays(today, -7);
  return {
    soFar: ofToday.filter((row) => Date.parse(row.start) <= nowMs),
    whole,
    weekBefore: last === undefined ? [] : rows.filter((row) => dayOf(row) === weekAgo && clockOf(row) <= clockOf(last)),
    wholeUntilMs: last === undefined ? null : endMsOf(last),
  };
}

/** Figures of hours that can be put together; percentiles and callers cannot. */
export const hourFigures = [
  'calls',
  'call_minutes',
  'average_call_length',
  'transfer_rate',
  'js_errors',
  'fetch_errors',
] as const satisfies readonly FigureName[];

export type HourFigure = (typeof hourFigures)[number];

/**
 * A figure over several hours. Lengths are call minutes / calls, to the millisecond that the hours' minutes are given in; rates are made
 * of the number of calls that each hour's rate stands for. Null where it would divide by nothing.
 */
export function figureOver(rows: readonly ReportRow[], figure: HourFigure): number | null {
  switch (figure) {
    case 'average_call_length':
      return ratio(sum(rows, 'call_minutes') * 60, sum(rows, 'calls'));
    case 'transfer_rate':
      return ratio(100 * rows.reduce((total, row) => total + callsWithTransfer(row), 0), sum(rows, 'calls'));
    case 'call_minutes':
      // Three decimals, as they came: a sum of binary fractions has more.
      return Math.round(sum(rows, figure) * 1000) / 1000;
    default:
      return sum(rows, figure);
  }
}

/** Calls below which lengths and rates are those of single callers, and their change would say nothing. */
const leastCalls = 20;

/** Whether there were enough calls, today and a week ago, for a change of the figure to mean something. Errors are counts that `changeOf` judges. */
export const isTellable = ({ whole, weekBefore }: TodayHours, figure: HourFigure): boolean =>
  figure === 'js_errors' ||
  figure === 'fetch_errors' ||
  [whole, weekBefore].every((rows) => sum(rows, 'calls') >= leastCalls);

const sum = (rows: readonly ReportRow[], figure: FigureName): number =>
  rows.reduce((total, row) => total + (figureOf(row, figure) ?? 0), 0);

const ratio = (numerator: number, denominator: number): number | null =>
  denominator === 0 ? null : numerator / denominator;
