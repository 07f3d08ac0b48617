import type { DayRange } from '../buckets.ts';
import { rollups } from '../rollups.ts';
import type { ReportPlan, ReportSums, SumRow } from './sums.ts';

/** One form item, with how often it was visited and how the visits ended. A visit that still lasts has no outcome yet. */
export interface PathNode {
  readonly page: string;
  readonly form: string;
  readonly item: string;
  readonly visits: number;
  readonly filled: number;
  readonly nomatch: number;
  readonly noinput: number;
  readonly transfer: number;
  readonly disconnect: number;
}

export interface PathApplication {
  readonly application: string;
  readonly nodes: readonly PathNode[];
}

/** The form items that callers were in, by application: the most visited first, and the most visited application first. */
export const pathReport = {
  plan: (range: DayRange): ReportPlan => ({
    sums: [{ rollup: 'item_days', by: ['application', 'page', 'form', 'item'], ...range, where: [] }],
    callers: [],
  }),

  shape({ sums }: ReportSums): readonly PathApplication[] {
    const byApplication = Map.groupBy(sums[0] ?? [], ({ key: [application] }) => `${application}`);
    return Array.from(byApplication, ([application, rows]) => ({
      application,
      nodes: rows.map(nodeOf).sort(byVisits),
    })).sort((a, b) => visitsOf(b) - visitsOf(a) || inOrder(a.application, b.application));
  },
};

const places = Object.fromEntries(rollups.item_days.counters.map((counter, place) => [counter, place]));

function nodeOf({ key: [, page, form, item], counters }: SumRow): PathNode {
  const count = (counter: string) => counters[places[counter] ?? -1] ?? 0;
  return {
    page: `${page}`,
    form: `${form}`,
    item: `${item}`,
    visits: count('visits'),
    filled: count('filled'),
    nomatch: count('nomatch'),
    noinput: count('noinput'),
    transfer: count('transfer'),
    disconnect: count('disconnect'),
  };
}

const visitsOf = ({ nodes }: PathApplication): number => nodes.reduce((sum, { visits }) => sum + visits, 0);

const byVisits = (a: PathNode, b: PathNode): number =>
  b.visits - a.visits || inOrder(a.page, b.page) || inOrder(a.form, b.form) || inOrder(a.item, b.item);

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
