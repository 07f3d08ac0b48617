import type { StoredCall } from './account.ts';
import { outcomes } from './documents.ts';
import type { Moment } from './moments.ts';

/** What each figure is, by docs/metrics.md, over the parts of calls that a question is about. */
export interface Slice {
  readonly call: StoredCall;
  readonly moments: readonly Moment[];
}

export type Figure =
  /** So much of a unit. */
  | { readonly kind: 'sum'; readonly of: bigint; readonly unit: bigint }
  | { readonly kind: 'ratio'; readonly of: bigint; readonly by: bigint; readonly unit: bigint }
  /** Of these times in milliseconds, none of which is less than the one before. */
  | { readonly kind: 'percentile'; readonly sortedMs: readonly number[]; readonly percent: number };

type Slices = readonly Slice[];
type Kind = Moment['kind'];
type MomentOf<K extends Kind> = Extract<Moment, { readonly kind: K }>;

const all = <K extends Kind>(slices: Slices, kind: K): readonly MomentOf<K>[] =>
  slices.flatMap(({ moments }) => moments.filter((moment): moment is MomentOf<K> => moment.kind === kind));

const count = (values: readonly unknown[]) => BigInt(values.length);
const total = (values: readonly { readonly durationMs: number }[]) =>
  values.reduce((sum, { durationMs }) => sum + BigInt(durationMs), 0n);
const callMs = (slices: Slices) => slices.reduce((sum, { call }) => sum + lengthMs(call), 0n);

function lengthMs({ started, document: { ended_at: ended } }: StoredCall): bigint {
  if (ended == null) return 0n;
  return (Temporal.Instant.from(ended).epochNanoseconds - started.epochNanoseconds) / 1_000_000n;
}

const sum = (of: bigint, unit = 1n): Figure => ({ kind: 'sum', of, unit });
const ratio = (of: bigint, by: bigint, unit = 1n): Figure => ({ kind: 'ratio', of, by, unit });
const perCall = (values: readonly unknown[], slices: Slices): Figure => ratio(count(values), count(slices));
const percentile = (percent: number) => (slices: Slices) => ({
  kind: 'percentile' as const,
  percent,
  sortedMs: all(slices, 'load')
    .map(({ durationMs }) => durationMs)
    .sort((one, other) => one - other),
});

const transfers = (slices: Slices) => all(slices, 'transfer');
const transferred = (slices: Slices) => slices.filter((slice) => transfers([slice]).length > 0);
const visits = (slices: Slices) => all(slices, 'visit');
const loops = (slices: Slices) => visits(slices).filter(({ isLoop }) => isLoop);
const loads = (slices: Slices) => all(slices, 'load');
const callers = (slices: Slices) => [...new Set(slices.flatMap(({ call }) => call.caller ?? []))];

export const figures: Readonly<Record<string, (slices: Slices) => Figure>> = {
  calls: (slices) => sum(count(slices)),
  call_minutes: (slices) => sum(callMs(slices), 60_000n),
  average_call_length: (slices) => ratio(callMs(slices), count(slices), 1000n),
  transfers: (slices) => sum(count(transfers(slices))),
  transfer_minutes: (slices) => sum(total(transfers(slices)), 60_000n),
  transfer_rate: (slices) => ratio(100n * count(transferred(slices)), count(slices)),
  log_events: (slices) => sum(count(all(slices, 'log'))),
  form_items: (slices) => sum(count(visits(slices))),
  average_form_items: (slices) => perCall(visits(slices), slices),
  loops: (slices) => sum(count(loops(slices))),
  loops_per_call: (slices) => perCall(loops(slices), slices),
  js_errors: (slices) => sum(count(all(slices, 'jsError'))),
  js_errors_per_call: (slices) => perCall(all(slices, 'jsError'), slices),
  fetch_errors: (slices) => sum(count(all(slices, 'fetchError'))),
  fetch_errors_per_call: (slices) => perCall(all(slices, 'fetchError'), slices),
  page_loads: (slices) => sum(count(loads(slices))),
  cached_page_loads: (slices) => sum(count(loads(slices).filter(({ isCached }) => isCached))),
  average_page_load: (slices) => ratio(total(loads(slices)), count(loads(slices)), 1000n),
  page_load_p50: percentile(50),
  page_load_p95: percentile(95),
  page_load_p99: percentile(99),
  visits: (slices) => sum(count(visits(slices))),
  ...Object.fromEntries(
    outcomes.map((name) => [
      `visits_${name}`,
      (slices: Slices) => sum(count(visits(slices).filter(({ outcome }) => outcome === name))),
    ]),
  ),
  moves: (slices) => sum(count(all(slices, 'move'))),
  callers: (slices) => sum(count(callers(slices))),
};

export const isPercentile = (metric: string): boolean => metric.startsWith('page_load_p');

/** "A count above 0, or a ratio or percentile that has a value." */
export function isCounted(figure: Figure): boolean {
  const worth = worthOf(figure);
  return figure.kind === 'sum' ? worth !== 0 : worth !== null;
}

/** To 3 decimals, half away from zero; null for what would divide by nothing. Percentiles are those of the raw times, not rounded. */
export function worthOf(figure: Figure): number | null {
  switch (figure.kind) {
    case 'sum':
      return rounded(figure.of, figure.unit);
    case 'ratio':
      return figure.by === 0n ? null : rounded(figure.of, figure.by * figure.unit);
    case 'percentile': {
      const { sortedMs, percent } = figure;
      // The least of the times that so many percent are no longer than.
      const valueMs = sortedMs[Math.ceil((percent * sortedMs.length) / 100) - 1];
      return valueMs === undefined ? null : valueMs / 1000;
    }
  }
}

const rounded = (of: bigint, by: bigint): number => Number((of * 2000n + by) / (by * 2n)) / 1000;
