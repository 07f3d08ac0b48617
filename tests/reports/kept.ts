/** What can be asked together: the table under "Figures" of docs/reports-api.md. */

export const breakdowns = ['number', 'application', 'page', 'form_item', 'link', 'region', 'hour_of_week'] as const;
export type Breakdown = (typeof breakdowns)[number];
export const filters = ['number', 'application', 'page', 'form', 'item', 'region'] as const;
export type Filter = (typeof filters)[number];

export interface Kept {
  readonly metrics: readonly string[];
  readonly by: readonly Breakdown[];
  readonly filters: readonly Filter[];
}

export const kept: readonly Kept[] = [
  {
    metrics: [
      'calls',
      'call_minutes',
      'average_call_length',
      'transfers',
      'transfer_minutes',
      'transfer_rate',
      'log_events',
      'form_items',
      'average_form_items',
      'loops_per_call',
      'js_errors_per_call',
      'fetch_errors_per_call',
    ],
    by: ['number', 'application', 'hour_of_week'],
    filters: ['number', 'application'],
  },
  { metrics: ['calls'], by: ['number', 'region'], filters: ['number', 'region'] },
  {
    metrics: [
      'page_loads',
      'average_page_load',
      'js_errors',
      'fetch_errors',
      'page_load_p50',
      'page_load_p95',
      'page_load_p99',
    ],
    by: ['number', 'application', 'hour_of_week', 'page'],
    filters: ['number', 'application', 'page'],
  },
  {
    metrics: ['cached_page_loads'],
    by: ['number', 'application', 'page'],
    filters: ['number', 'application', 'page'],
  },
  {
    metrics: ['visits', 'visits_filled', 'visits_nomatch', 'visits_noinput', 'visits_transfer', 'visits_disconnect'],
    by: ['number', 'application', 'page', 'form_item'],
    filters: ['number', 'application', 'page', 'form', 'item'],
  },
  {
    metrics: ['loops'],
    by: ['number', 'application', 'hour_of_week', 'page', 'form_item'],
    filters: ['number', 'application', 'page', 'form', 'item'],
  },
  { metrics: ['moves'], by: ['number', 'application', 'link'], filters: ['number', 'application'] },
  { metrics: ['callers'], by: ['number'], filters: ['number'] },
];

export const metrics: readonly string[] = [...new Set(kept.flatMap(({ metrics }) => metrics))];

/** What decides whether figures are kept. */
export interface Ask {
  readonly by: Breakdown | null;
  readonly isByHour: boolean;
  readonly filters: readonly Filter[];
}

export const isKept = (metric: string, ask: Ask): boolean =>
  kept.some((row) => row.metrics.includes(metric) && isKeptIn(row, ask));

function isKeptIn({ by, filters }: Kept, ask: Ask): boolean {
  const hasBreakdown = ask.by === null || by.includes(ask.by);
  const hasFilters = ask.filters.every((filter) => filters.includes(filter));
  return hasBreakdown && hasFilters && (isOfHours(ask) ? isKeptByHour(by, ask) : true);
}

const isOfHours = ({ by, isByHour }: Ask) => isByHour || by === 'hour_of_week';

/** "By hour and by hour of the week, only what can be broken down by `hour_of_week` is kept, and nothing of it by application or page." */
function isKeptByHour(kept: readonly Breakdown[], { by, filters }: Ask): boolean {
  const isOfNumbers = filters.every((filter) => filter === 'number');
  return kept.includes('hour_of_week') && isOfNumbers && (by === null || by === 'number' || by === 'hour_of_week');
}
