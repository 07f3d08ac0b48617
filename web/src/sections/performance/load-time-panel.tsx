import type { FigureName, Question, ReportAnswer } from '../../api/report.ts';
import { figureOf } from '../../api/rows.ts';
import { printFigure } from '../../format/numbers.ts';
import { ChartPanel } from '../../parts/chart-panel.tsx';
import type { PageParameters } from './chosen-page.ts';

const metrics: readonly FigureName[] = ['average_page_load', 'page_load_p50', 'page_load_p95', 'page_load_p99'];

interface Props {
  readonly question: Omit<Question, 'metrics'>;
  readonly totals: ReportAnswer | undefined;
  readonly parameters: PageParameters;
}

/** How long pages take: on average, for half of them, and for the slowest. A point leads to the calls that waited longest. */
export function LoadTimePanel({ question, totals, parameters }: Props) {
  const p95 = figureOf(totals?.rows[0], 'page_load_p95');
  const leads =
    p95 === null ? '' : ` A point leads to its calls with a load of more than ${printFigure(p95, 'seconds')}.`;
  return (
    <ChartPanel
      title="Page load time"
      hint={`Half of the loads took at most p50, 95 % at most p95, 99 % at most p99.${leads}`}
      question={{ ...question, metrics }}
      height={240}
      calls={{ ...parameters, ...(p95 === null ? {} : { slower_than: `${p95}` }) }}
    />
  );
}
