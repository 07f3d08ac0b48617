import type { SeriesReport } from './series.ts';

/** How much was called: calls, their time, and transfers out of the application. */
export const volumeReport: SeriesReport = {
  metrics: ['calls', 'call_minutes', 'transfers', 'transfer_minutes', 'transfer_rate', 'average_call_length'],
};
