import type { FigureName } from '../../api/report.ts';
import { figureOf, type ReportRow } from '../../api/rows.ts';
import { printShortWeekday, printWeekday } from '../../format/times.ts';
import { addDays, type Day, daysBetween, weekdayOf } from '../../state/days.ts';
import type { DaySpan } from '../../state/ranges.ts';

/** One hour of the week. */
export interface WeekCell {
  /** 1 is Monday. */
  readonly weekday: number;
  readonly hour: number;
  readonly value: number | null;
  readonly calls: number;
  /** 0 to 4, from little to much; null where there is nothing, or too little to say. */
  readonly level: number | null;
}

export const levelCount = 5;

/** A rate of fewer calls than that says more about chance than about the hour. */
export const leastCallsOfRate = 10;

/** Seven rows of 24 hours, from the first day of the week on, and the value of the darkest. */
export interface WeekGrid {
  readonly rows: readonly (readonly WeekCell[])[];
  readonly most: number;
}

export function weekGrid(
  rows: readonly ReportRow[],
  { figure, weekStart }: { readonly figure: FigureName; readonly weekStart: number },
): WeekGrid {
  const cells = rows.map((row) => {
    const [value, calls] = [figureOf(row, figure), figureOf(row, 'calls') ?? 0];
    const isTelling = figure === 'calls' ? calls > 0 : calls >= leastCallsOfRate;
    return { weekday: numberOf(row, 'weekday'), hour: numberOf(row, 'hour'), value, calls, isTelling };
  });
  const most = Math.max(0, ...cells.map(({ value, isTelling }) => (isTelling ? (value ?? 0) : 0)));
  const weekdays = Array.from({ length: 7 }, (_, place) => ((weekStart - 1 + place) % 7) + 1);
  return {
    most,
    rows: weekdays.map((weekday) =>
      cells
        .filter((cell) => cell.weekday === weekday)
        .sort((one, other) => one.hour - other.hour)
        .map(({ isTelling, ...cell }) => ({ ...cell, level: isTelling ? levelOf(cell.value, most) : null })),
    ),
  };
}

function levelOf(value: number | null, most: number): number | null {
  if (value === null || value === 0 || most === 0) return null;
  return Math.min(levelCount - 1, Math.floor((value * levelCount) / most));
}

function numberOf(row: ReportRow, column: string): number {
  const value = row[column];
  return typeof value === 'number' ? value : 0;
}

/** The days of a range that are such a weekday. */
export function daysOfWeekday(span: DaySpan, weekday: number): readonly Day[] {
  const first = (weekday - weekdayOf(span.start) + 7) % 7;
  const count = Math.max(0, Math.ceil((daysBetween(span.start, span.end) - first) / 7));
  return Array.from({ length: count }, (_, week) => addDays(span.start, first + 7 * week));
}

/** A Monday, from which the days of the week have their names. */
const someMonday = '2018-01-01';

/** `Monday`; 1 is Monday. */
export const longWeekday = (weekday: number): string => printWeekday(addDays(someMonday, weekday - 1));
/** `Mon` */
export const shortWeekday = (weekday: number): string => printShortWeekday(addDays(someMonday, weekday - 1));
