import type { DayRange } from '../buckets.ts';
import type { RollupName } from '../rollups.ts';

/**
 * What a report reads: it is planned here as sums over rows of rollups, fetched by a store, and shaped here again.
 *
 *     plan(request) → ReportPlan → store → ReportSums → shape(…)
 */
export interface ReportPlan {
  readonly sums: readonly SumQuery[];
  readonly callers: readonly CallerQuery[];
}

/** What a store found: for each query of the plan its rows, in the order of the queries. */
export interface ReportSums {
  readonly sums: readonly (readonly SumRow[])[];
  readonly callers: readonly (readonly CallerCounts[])[];
}

/** Rows of one query at the most: what a process can hold and go through while others wait. */
export const mostSumRows = 200_000;

/** Sums of the counters of one rollup, as `storedRollup` lays it out. */
export interface SumQuery {
  readonly rollup: RollupName;
  /** The key columns by which sums are kept apart. */
  readonly by: readonly string[];
  /** Days, or first instants of hours in UNIX seconds, whichever the rollup is kept by; both ends inclusive. */
  readonly first: number;
  readonly last: number;
  /** Only rows whose column has one of the values. */
  readonly where: readonly ColumnFilter[];
}

export interface ColumnFilter {
  readonly column: string;
  readonly values: readonly string[];
}

/** `key` in the order of `by`, `counters` in the order of the rollup. Rows come in no order, and none where nothing was counted. */
export interface SumRow {
  readonly key: readonly (string | number)[];
  readonly counters: readonly number[];
}

/** Distinct callers of each range: over all numbers that were asked for together, or of each number by itself. */
export interface CallerQuery {
  readonly ranges: readonly DayRange[];
  readonly by: 'all' | 'phone';
}

/** Counts in the order of the ranges. `phone` is null over all numbers; a number without callers may have no row. */
export interface CallerCounts {
  readonly phone: string | null;
  readonly callers: readonly number[];
}
