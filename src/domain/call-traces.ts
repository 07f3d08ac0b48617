import type { DayRange } from './buckets.ts';
import type { Day } from './calendar.ts';
import type { Outcome } from './call.ts';
import type { CallFilter, NodeFilter } from './call-filter.ts';
import type { ColumnFilter, SumQuery, SumRow } from './reports/sums.ts';
import { type RollupName, rollups } from './rollups.ts';

/** A sum by day that is not 0 on a day with a call that is looked for. */
export interface Trace {
  readonly query: SumQuery;
  /** One of these must be more than 0. */
  readonly counters: readonly string[];
}

/**
 * What calls that are looked for have left in the sums, for as much of the filter as is kept there: days on which one of the traces
 * has nothing have none of these calls, and need not be searched.
 */
export function tracesOf(filter: CallFilter, days: DayRange): readonly Trace[] {
  const { application, region, caller, page, error, slowerThanMs, visit, move } = filter;
  const traceOf = (rollup: RollupName, counters: readonly string[], where: readonly ColumnFilter[]): Trace => ({
    query: { rollup, by: ['day'], ...days, where },
    counters,
  });
  const within = only('application', application);
  const onPage = [...within, ...only('page', page)];
  const traces: Trace[] = [];
  if (application !== null) traces.push(traceOf('application_days', ['calls'], within));
  if (region !== null) traces.push(traceOf('region_days', ['calls'], only('region', region)));
  if (caller !== null && caller.ending === null) {
    traces.push(traceOf('caller_days', ['calls'], only('caller', caller.number)));
  }
  if (error !== null)
    traces.push(traceOf(page === null ? 'application_days' : 'page_days', errorCounters[error], onPage));
  if (slowerThanMs !== null) traces.push(traceOf('page_days', ['page_loads'], onPage));
  if (visit !== null)
    traces.push(traceOf('item_days', [outcomeCounter(visit.outcome)], [...within, ...nodeIs('', visit)]));
  if (move !== null) {
    traces.push(traceOf('link_days', ['moves'], [...within, ...nodeIs('from_', move.from), ...nodeIs('to_', move.to)]));
  }
  return traces;
}

const only = (column: string, value: string | null): readonly ColumnFilter[] =>
  value === null ? [] : [{ column, values: [value] }];

const nodeIs = (prefix: '' | 'from_' | 'to_', { page, form, item }: NodeFilter): readonly ColumnFilter[] => [
  ...only(`${prefix}page`, page),
  ...only(`${prefix}form`, form),
  ...only(`${prefix}item`, item),
];

const errorCounters = { any: ['js_errors', 'fetch_errors'], js: ['js_errors'], fetch: ['fetch_errors'] } as const;

const outcomeCounter = (outcome: Outcome | null): string => outcome ?? 'visits';

/** The days that may have calls that are looked for, in runs, the latest first. `found` stands in the order of the traces. */
export function daysLeft(
  traces: readonly Trace[],
  found: readonly (readonly SumRow[])[],
  { first, last }: DayRange,
): readonly DayRange[] {
  const left = traces.map((trace, index) => daysOf(trace, found[index] ?? []));
  const runs: { first: Day; last: Day }[] = [];
  for (let day = last; day >= first; day -= 1) {
    if (!left.every((days) => days.has(day))) continue;
    const run = runs.at(-1);
    if (run !== undefined && run.first === day + 1) run.first = day;
    else runs.push({ first: day, last: day });
  }
  return runs;
}

function daysOf({ query, counters }: Trace, rows: readonly SumRow[]): ReadonlySet<Day> {
  const columns: readonly string[] = rollups[query.rollup].counters;
  const places = counters.map((counter) => columns.indexOf(counter));
  const has = (row: SumRow) => places.some((place) => (row.counters[place] ?? 0) > 0);
  return new Set(rows.filter(has).map(({ key }) => Number(key[0])));
}
