import type { FigureName } from '../../../src/domain/reports/query/figures.ts';

type Value = string | number | null;

/** One group in one bucket: the names of its group, and its figures. */
export interface ReportRow {
  readonly start: string;
  readonly previous?: Readonly<Record<string, number | null>>;
  readonly [column: string]: Value | Readonly<Record<string, number | null>> | undefined;
}

export function figureOf(row: ReportRow | undefined, figure: FigureName): number | null {
  const value = row?.[figure];
  return typeof value === 'number' ? value : null;
}

export const previousOf = (row: ReportRow | undefined, figure: FigureName): number | null =>
  row?.previous?.[figure] ?? null;

export function textOf(row: ReportRow, column: string): string {
  const value = row[column];
  return value === null || value === undefined || typeof value === 'object' ? '' : `${value}`;
}

/** Calls with at least one transfer. The rate has three decimals, which is exact up to 100,000 calls, and close beyond. */
export const callsWithTransfer = (row: ReportRow): number =>
  Math.round(((figureOf(row, 'transfer_rate') ?? 0) * (figureOf(row, 'calls') ?? 0)) / 100);
