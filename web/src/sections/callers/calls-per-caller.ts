import type { figureOf, ReportRow } from '../../api/rows.ts';

/** Null without callers, as where all of them withheld their numbers. */
export function callsPerCaller(row: ReportRow, read: typeof figureOf): number | null {
  const [calls, callers] = [read(row, 'calls'), read(row, 'callers')];
  return calls === null || callers === null || callers === 0 ? null : calls / callers;
}
