import { type Metric, metrics } from '../../metrics.ts';
import type { Counter } from '../../rollups.ts';

/** What a report can be asked for: a sum or a ratio of sums, a percentile of page load times, or distinct callers. */
export type Figure =
  | { readonly kind: 'rate'; readonly metric: Metric<Counter> }
  | { readonly kind: 'percentile'; readonly quantile: number }
  | { readonly kind: 'callers' };

const rate = (metric: Metric<Counter>): Figure => ({ kind: 'rate', metric });
const sum = (numerator: Counter): Figure => rate({ numerator, denominator: null, times: 1, per: 1 });

/** The metrics of calls, by their names. */
const callFigures: Readonly<Record<keyof typeof metrics, Figure>> = {
  calls: rate(metrics.calls),
  call_minutes: rate(metrics.call_minutes),
  average_call_length: rate(metrics.average_call_length),
  transfers: rate(metrics.transfers),
  transfer_minutes: rate(metrics.transfer_minutes),
  transfer_rate: rate(metrics.transfer_rate),
  log_events: rate(metrics.log_events),
  form_items: rate(metrics.form_items),
  average_form_items: rate(metrics.average_form_items),
  loops: rate(metrics.loops),
  loops_per_call: rate(metrics.loops_per_call),
  js_errors: rate(metrics.js_errors),
  js_errors_per_call: rate(metrics.js_errors_per_call),
  fetch_errors: rate(metrics.fetch_errors),
  fetch_errors_per_call: rate(metrics.fetch_errors_per_call),
  average_page_load: rate(metrics.average_page_load),
};

/** By their names on the wire. Units, and what each counts: docs/metrics.md. */
export const figures = {
  ...callFigures,
  page_loads: sum('page_loads'),
  cached_page_loads: sum('cached_loads'),
  /** Seconds. */
  page_load_p50: { kind: 'percentile', quantile: 0.5 },
  page_load_p95: { kind: 'percentile', quantile: 0.95 },
  page_load_p99: { kind: 'percentile', quantile: 0.99 },
  visits: sum('visits'),
  visits_filled: sum('filled'),
  visits_nomatch: sum('nomatch'),
  visits_noinput: sum('noinput'),
  visits_transfer: sum('transfer'),
  visits_disconnect: sum('disconnect'),
  moves: sum('moves'),
  callers: { kind: 'callers' },
} as const satisfies Record<string, Figure>;

export type FigureName = keyof typeof figures;

/** A list that names every figure, in the order of their definitions. */
export const figureNames: readonly FigureName[] = Object.keys(figures).filter(
  (name): name is FigureName => name in figures,
);

/** Whether a figure is 0, and not absent, where nothing was counted. */
export function isCount(name: FigureName): boolean {
  const figure: Figure = figures[name];
  return figure.kind === 'callers' || (figure.kind === 'rate' && figure.metric.denominator === null);
}
