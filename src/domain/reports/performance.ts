import type { SeriesReport } from './series.ts';

/** How well the application ran: script errors, resources that could not be fetched, page load times. */
export const performanceReport: SeriesReport = {
  metrics: ['calls', 'js_errors', 'js_errors_per_call', 'fetch_errors', 'fetch_errors_per_call', 'average_page_load'],
};
