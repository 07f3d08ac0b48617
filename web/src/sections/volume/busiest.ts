import type { FigureName } from '../../api/report.ts';
import { figureOf, type ReportRow } from '../../api/rows.ts';

/** A bucket of time that has the most of something. */
export interface Busiest {
  readonly start: string;
  readonly value: number;
}

/** The first bucket with the most of a figure; null where none has anything. */
export function busiestOf(rows: readonly ReportRow[], figure: FigureName): Busiest | null {
  let busiest: Busiest | null = null;
  for (const row of rows) {
    const value = figureOf(row, figure) ?? 0;
    if (value > (busiest?.value ?? 0)) busiest = { start: row.start, value };
  }
  return busiest;
}

/**
 * Calls at once on average (erlangs): call minutes / minutes of the bucket. A call's minutes all count where it started, so a long call
 * makes its first hour busier than it was, and the next less.
 */
export const callsAtOnce = (callMinutes: number, bucketMinutes: number): number => callMinutes / bucketMinutes;
