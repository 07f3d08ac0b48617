import { useMemo } from 'react';
import type { FigureName } from '../../api/report.ts';
import { BreakdownPanel } from '../../parts/breakdown-panel.tsx';
import { ChartPanel } from '../../parts/chart-panel.tsx';
import { useFilters } from '../../state/filters.ts';
import './performance.css';
import { useChosenPage } from './chosen-page.ts';
import { LoadTimePanel } from './load-time-panel.tsx';
import { PageHead } from './page-head.tsx';
import { PageTable } from './page-table.tsx';
import { StandOutDays } from './stand-out-days.tsx';
import { PerformanceTiles } from './tiles.tsx';
import { useTotals } from './totals.ts';
import { standOutText, useStandOuts } from './use-stand-outs.ts';

const breakdownMetrics = ['page_loads', 'js_errors', 'fetch_errors', 'average_page_load', 'page_load_p95'] as const;
const loads: readonly FigureName[] = ['page_loads', 'cached_page_loads'];
const loadsAlone: readonly FigureName[] = ['page_loads'];
const scripts: readonly FigureName[] = ['js_errors'];
const fetches: readonly FigureName[] = ['fetch_errors'];

/** Errors and waiting: when they were more than usual, and on which page. A page in the address narrows all of it to that page. */
export function Performance() {
  const filters = useFilters();
  const { chosen, parameters } = useChosenPage();
  const totals = useTotals(parameters);
  const standOuts = useStandOuts(parameters);
  const marks = useMemo(() => {
    const marksOf = (kind: 'js' | 'fetch') =>
      standOuts.filter((each) => each.kind === kind).map((each) => ({ day: each.day, text: standOutText(each) }));
    return { js: marksOf('js'), fetch: marksOf('fetch') };
  }, [standOuts]);
  // Neither figures of a page nor cached loads are kept by hour.
  const period = chosen !== null && filters.period === 'hour' ? 'day' : 'page';
  const isByHour = period === 'page' && filters.period === 'hour';
  const question = { ...parameters, period } as const;
  return (
    <>
      {chosen !== null && <PageHead chosen={chosen} totals={totals.data} />}
      <StandOutDays days={standOuts} />
      <PerformanceTiles totals={totals} parameters={parameters} />
      <div className="panels">
        <ChartPanel
          title="Script errors"
          question={{ ...question, metrics: scripts }}
          kind="bar"
          marks={marks.js}
          calls={{ ...parameters, error: 'js' }}
        />
        <ChartPanel
          title="Fetch errors"
          question={{ ...question, metrics: fetches }}
          kind="bar"
          marks={marks.fetch}
          calls={{ ...parameters, error: 'fetch' }}
        />
        {chosen === null && <PageTable total={totals.data} />}
        <LoadTimePanel question={question} totals={totals.data} parameters={parameters} />
        <ChartPanel
          title={isByHour ? 'Page loads' : 'Page loads and cache hits'}
          hint={`Pages that were loaded${isByHour ? '. Cache hits are counted by day.' : ', and how many of them a cache answered.'}`}
          question={{ ...question, metrics: isByHour ? loadsAlone : loads }}
          height={240}
          calls={parameters}
        />
        <div className="wide">
          <BreakdownPanel
            title={chosen === null ? 'By application' : 'By number'}
            hint={
              chosen === null ? 'How each application does.' : `How ${chosen.page} does for callers of each number.`
            }
            by={chosen === null ? 'application' : 'number'}
            metrics={breakdownMetrics}
            question={parameters}
          />
        </div>
      </div>
    </>
  );
}
