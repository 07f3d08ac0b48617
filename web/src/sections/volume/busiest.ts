import { figureOf, type ReportRow } from '../../api/rows.ts';

/** The bucket of time in which the most calls started. */
export interface Busiest {
  readonly start: string;
  readonly calls: number;
  readonly callMinutes: number;
}

/** Of several with as many calls the first; null where there are none. */
export function busiestOf(rows: readonly ReportRow[]): Busiest | null {
  let busiest: Busiest | null = null;
  for (const row of rows) {
    const calls = figureOf(row, 'calls') ?? 0;
    if (calls > (busiest?.calls ?? 0)) {
      busiest = { start: row.start, calls, callMinutes: figureOf(row, 'call_minutes') ?? 0 };
    }
  }
  return busiest;
}

/**
 * Calls at once on average (erlangs): call minutes / minutes of the bucket. A call's minutes all count where it started, so a long call
 * makes its first hour busier than it was, and the next less.
 */
export const callsAtOnce = (callMinutes: number, bucketMinutes: number): number => callMinutes / bucketMinutes;
