import type { SeriesReport } from './series.ts';

/** What callers went through: log events, form items, and loops among them. */
export const eventsReport: SeriesReport = {
  metrics: ['calls', 'log_events', 'loops_per_call', 'form_items', 'loops', 'average_form_items'],
};
