import type { CallCounter, Counter } from './rollups.ts';

/** Sums of the call counters over whatever a figure is about. */
export type CallSums = Readonly<Record<CallCounter, number>>;

/**
 * A figure of calls: numerator / denominator × factor, or a plain sum. Stores never divide; this is the one definition.
 * Without anything to divide by, the figure does not exist (null): the wire prints 0, the dashboard "–".
 */
export interface Metric<C extends Counter = CallCounter> {
  readonly numerator: C;
  readonly denominator: C | null;
  /** What numerator / denominator is multiplied by: `times` / `per`. */
  readonly times: number;
  readonly per: number;
}

interface Scale {
  readonly times?: number;
  readonly per?: number;
}

const metric = (numerator: CallCounter, denominator: CallCounter | null, { times = 1, per = 1 }: Scale): Metric => ({
  numerator,
  denominator,
  times,
  per,
});
const sum = (counter: CallCounter, scale: Scale = {}) => metric(counter, null, scale);
const ratio = (numerator: CallCounter, denominator: CallCounter, scale: Scale = {}) =>
  metric(numerator, denominator, scale);

/** By their names on the wire. Units, and what each counter counts: docs/metrics.md. */
export const metrics = {
  calls: sum('calls'),
  /** Minutes. */
  call_minutes: sum('call_ms', { per: 60_000 }),
  /** Seconds. */
  average_call_length: ratio('call_ms', 'calls', { per: 1000 }),
  transfers: sum('transfers'),
  /** Minutes. */
  transfer_minutes: sum('transfer_ms', { per: 60_000 }),
  /** Percent of calls, 0–100: a call that was transferred twice counts once. */
  transfer_rate: ratio('transferred_calls', 'calls', { times: 100 }),
  log_events: sum('log_events'),
  form_items: sum('form_items'),
  average_form_items: ratio('form_items', 'calls'),
  loops: sum('loops'),
  loops_per_call: ratio('loops', 'calls'),
  js_errors: sum('js_errors'),
  js_errors_per_call: ratio('js_errors', 'calls'),
  fetch_errors: sum('fetch_errors'),
  fetch_errors_per_call: ratio('fetch_errors', 'calls'),
  /** Seconds, over successful page loads, not over calls. */
  average_page_load: ratio('page_load_ms', 'page_loads', { per: 1000 }),
} as const satisfies Record<string, Metric>;

export type MetricName = keyof typeof metrics;

/** The figure rounded to 3 decimals, half away from zero; null when there is nothing to divide by. */
export function measure(definition: Metric, sums: CallSums): number | null {
  const { numerator, denominator } = definition;
  return rateOf(definition, sums[numerator], denominator === null ? 1 : sums[denominator]);
}

/** The same from the two sums themselves; `divisor` is 1 for a plain sum. */
export function rateOf({ times, per }: Pick<Metric, 'times' | 'per'>, sum: number, divisor: number): number | null {
  if (divisor === 0) return null;
  return divisor * per === 1 ? sum * times : thousandths(sum * times, divisor * per) / 1000;
}

/**
 * numerator / denominator in whole thousandths, half up, for integers ≥ 0. In integers throughout: dividing first would put
 * some exact halves on the wrong side.
 */
function thousandths(numerator: number, denominator: number): number {
  const scaled = numerator * 2000 + denominator;
  if (!Number.isSafeInteger(scaled)) {
    return Number((BigInt(numerator) * 2000n + BigInt(denominator)) / (2n * BigInt(denominator)));
  }
  const divisor = 2 * denominator;
  return (scaled - (scaled % divisor)) / divisor;
}
