import { type FigureName, useReport } from '../../api/report.ts';
import type { PageParameters } from './chosen-page.ts';

const metrics = [
  'js_errors',
  'fetch_errors',
  'page_loads',
  'cached_page_loads',
  'average_page_load',
  'page_load_p95',
] as const satisfies readonly FigureName[];

/** Figures of all the days together, in the one row of the answer. */
export const useTotals = (parameters: PageParameters) => useReport({ ...parameters, metrics });

export type Totals = ReturnType<typeof useTotals>;
