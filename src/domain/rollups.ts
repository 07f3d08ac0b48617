/**
 * The rollups: what is summed, by which key. The account stands before every key.
 * Stores make their tables and statements from this list; a contribution names one of its entries.
 *
 * Append only: a stored contribution names its rollup by its place in {@link rollupNames}.
 */

/** Counters of a call as a whole: kept by number, by hour and by application. Durations are milliseconds. */
export const callCounters = [
  'calls',
  'call_ms',
  'transfers',
  'transfer_ms',
  'transferred_calls',
  'log_events',
  'form_items',
  'loops',
  'js_errors',
  'fetch_errors',
  'page_loads',
  'page_load_ms',
] as const;

export type CallCounter = (typeof callCounters)[number];

const visitCounters = ['visits', 'filled', 'nomatch', 'noinput', 'transfer', 'disconnect', 'loops'] as const;
const pageCounters = ['page_loads', 'page_load_ms', 'cached_loads', 'fetch_errors', 'js_errors'] as const;
const linkNodes = ['from_page', 'from_form', 'from_item', 'to_page', 'to_form', 'to_item'] as const;

/**
 * `day` counts days since 1970-01-01 on the account's local calendar; `hour` is the first instant of a local hour in UNIX
 * seconds; `bin` is a histogram bin.
 */
export const rollups = {
  number_days: { key: ['phone', 'day'], counters: callCounters },
  number_hours: { key: ['phone', 'hour'], counters: callCounters },
  application_days: { key: ['phone', 'day', 'application'], counters: callCounters },
  /** The multiset of callers: distinct callers are counted on reading. */
  caller_days: { key: ['phone', 'day', 'caller'], counters: ['calls'] },
  region_days: { key: ['phone', 'day', 'region'], counters: ['calls'] },
  item_days: { key: ['phone', 'day', 'application', 'page', 'form', 'item'], counters: visitCounters },
  link_days: { key: ['phone', 'day', 'application', ...linkNodes], counters: ['moves'] },
  page_days: { key: ['phone', 'day', 'application', 'page'], counters: pageCounters },
  load_histogram_days: { key: ['phone', 'day', 'bin'], counters: ['loads'] },
  load_histogram_hours: { key: ['phone', 'hour', 'bin'], counters: ['loads'] },
  page_histogram_days: { key: ['phone', 'day', 'application', 'page', 'bin'], counters: ['loads'] },
} as const satisfies Record<string, Rollup>;

export interface Rollup {
  readonly key: readonly string[];
  readonly counters: readonly string[];
}

export type RollupName = keyof typeof rollups;

/**
 * A counter of any rollup. Counters of one name count the same in whichever rollup they are, as far as it is kept there: by page, a
 * script error counts only where its page is known; by caller and region, a call only where they are.
 */
export type Counter = (typeof rollups)[RollupName]['counters'][number];

export const rollupNames = [
  'number_days',
  'number_hours',
  'application_days',
  'caller_days',
  'region_days',
  'item_days',
  'link_days',
  'page_days',
  'load_histogram_days',
  'load_histogram_hours',
  'page_histogram_days',
] as const satisfies readonly RollupName[];

const integerColumns: ReadonlySet<string> = new Set(['day', 'hour', 'bin', 'block']);

/** Whether a key column holds an integer; the others hold text. */
export const isIntegerColumn = (column: string): boolean => integerColumns.has(column);

/** How many neighbouring bins of a histogram stand side by side in one row of a store. */
export const binsPerBlock = 32;

/**
 * A rollup as a store keeps it. Of a histogram, the bins of a block are the counters of one row, and `block` stands in the key
 * instead of `bin`: the loads of a page fall into a few dozen neighbouring bins, and a row for each would be most of all rows.
 */
export function storedRollup(name: RollupName): Rollup {
  const { key, counters }: Rollup = rollups[name];
  if (!isHistogram(name)) return { key, counters };
  return {
    key: [...key.slice(0, -1), 'block'],
    counters: Array.from({ length: binsPerBlock }, (_, bin) => `bin_${bin}`),
  };
}

export const isHistogram = (name: RollupName): boolean => rollups[name].key.at(-1) === 'bin';
