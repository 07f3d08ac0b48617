import { type FigureName, type Question, useReport } from '../../api/report.ts';
import { useFilters } from '../../state/filters.ts';
import { useNow } from '../../state/now.ts';
import type { DaySpan } from '../../state/ranges.ts';
import type { ComparedRows } from './changes.ts';
import { comparedLengths } from './compared-lengths.ts';

type ChangesState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Error; readonly retry: () => void }
  | { readonly kind: 'loaded'; readonly rows: ComparedRows; readonly previous: DaySpan };

const asked = (by: Question['by'], metrics: readonly FigureName[]): Question => ({
  metrics,
  ...(by === undefined ? {} : { by }),
  compares: true,
  limit: 1000,
});

const questions = {
  all: asked(undefined, ['calls']),
  number: asked('number', ['calls']),
  application: asked('application', ['calls', 'js_errors', 'fetch_errors']),
  region: asked('region', ['calls']),
  page: asked('page', ['page_loads', 'js_errors', 'fetch_errors']),
  formItem: asked('form_item', ['visits', 'visits_nomatch', 'visits_noinput', 'visits_disconnect']),
  load: asked('page', ['page_loads', 'page_load_p50', 'page_load_p95']),
};

/** What the chosen days and the period before are compared by. */
export function useComparedRows(): ChangesState {
  const filters = useFilters();
  const { today, timeZone } = filters;
  const nowMs = useNow();
  const calm = { isCalm: true };
  const all = useReport(questions.all, calm);
  const number = useReport(questions.number, calm);
  const application = useReport(questions.application, calm);
  const region = useReport(questions.region, calm);
  const page = useReport(questions.page, calm);
  const formItem = useReport(questions.formItem, calm);
  // Histograms of many pages over many days may be more than the server reads at once: the rest is shown without them.
  const load = useReport(questions.load, calm);
  const needed = [all, number, application, region, page, formItem];
  const failed = needed.find(({ isLoadingError }) => isLoadingError);
  if (failed?.error) return { kind: 'failed', error: failed.error, retry: () => failed.refetch() };
  const previous = all.data?.previous;
  if (!previous || needed.some(({ data }) => data === undefined) || load.isPending) return { kind: 'loading' };
  return {
    kind: 'loaded',
    previous,
    rows: {
      all: all.data?.rows ?? [],
      number: number.data?.rows ?? [],
      application: application.data?.rows ?? [],
      region: region.data?.rows ?? [],
      page: page.data?.rows ?? [],
      formItem: formItem.data?.rows ?? [],
      load: load.data?.rows ?? [],
      days: comparedLengths(filters, previous, { today, timeZone, nowMs }),
    },
  };
}
