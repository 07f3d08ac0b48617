import type { FigureName } from '../../../../src/domain/reports/query/figures.ts';
import { figureOf, previousOf, type ReportRow, textOf } from '../../api/rows.ts';

/** What is asked of every page. */
export const pageMetrics = [
  'page_loads',
  'js_errors',
  'fetch_errors',
  'average_page_load',
  'page_load_p95',
] as const satisfies readonly FigureName[];

/** How a page does in one period. */
export interface PageFigures {
  readonly loads: number;
  readonly jsErrors: number;
  readonly fetchErrors: number;
  readonly errors: number;
  /** Errors of a hundred tries, which are loads and failed fetches; null without any. */
  readonly errorsPer100: number | null;
  /** Seconds; null without loads. */
  readonly average: number | null;
  /** Seconds; null without loads. */
  readonly p95: number | null;
  /** Percent of the time that callers waited for any page; null where nobody waited. */
  readonly waitingShare: number | null;
}

export interface PageRow extends PageFigures {
  readonly application: string;
  readonly page: string;
  /** Of the period before; null where nothing is compared. */
  readonly previous: PageFigures | null;
}

type Read = (row: ReportRow, figure: FigureName) => number | null;

/** Pages with what is made of their figures. Rows are of a report by page with `pageMetrics`. */
export function pageRows(rows: readonly ReportRow[]): readonly PageRow[] {
  const waitedNow = waitedOf(rows, figureOf);
  const waitedBefore = waitedOf(rows, previousOf);
  return rows.map((row) => ({
    application: textOf(row, 'application'),
    page: textOf(row, 'page'),
    ...pageFigures(row, { read: figureOf, waited: waitedNow }),
    previous: row.previous === undefined ? null : pageFigures(row, { read: previousOf, waited: waitedBefore }),
  }));
}

/** Seconds that callers waited for a page: loads × average, which is exact to half a millisecond a load. */
const waitOf = (row: ReportRow, read: Read): number =>
  (read(row, 'page_loads') ?? 0) * (read(row, 'average_page_load') ?? 0);

const waitedOf = (rows: readonly ReportRow[], read: Read): number =>
  rows.reduce((sum, row) => sum + waitOf(row, read), 0);

function pageFigures(row: ReportRow, { read, waited }: { readonly read: Read; readonly waited: number }): PageFigures {
  const [loads, jsErrors, fetchErrors] = [
    read(row, 'page_loads') ?? 0,
    read(row, 'js_errors') ?? 0,
    read(row, 'fetch_errors') ?? 0,
  ];
  const tries = loads + fetchErrors;
  return {
    loads,
    jsErrors,
    fetchErrors,
    errors: jsErrors + fetchErrors,
    errorsPer100: tries === 0 ? null : (100 * (jsErrors + fetchErrors)) / tries,
    average: read(row, 'average_page_load'),
    p95: read(row, 'page_load_p95'),
    waitingShare: waited === 0 ? null : (100 * waitOf(row, read)) / waited,
  };
}
