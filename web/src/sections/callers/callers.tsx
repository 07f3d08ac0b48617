import type { FigureName } from '../../api/report.ts';
import { figureOf, previousOf, type ReportRow } from '../../api/rows.ts';
import type { TimeSeries } from '../../charts/time-chart.tsx';
import { ChartPanel } from '../../parts/chart-panel.tsx';
import { useFilters } from '../../state/filters.ts';
import './callers.css';
import { CallerTiles } from './caller-tiles.tsx';
import { callsPerCaller } from './calls-per-caller.ts';
import { NewCallersPanel } from './new-callers-panel.tsx';
import { RegionPanel } from './region-panel.tsx';

const distinct: readonly FigureName[] = ['callers'];
const callsAndCallers: readonly FigureName[] = ['calls', 'callers'];

/** Who calls: how many different callers, how often each, whether they are new, and where from. */
export function Callers() {
  const filters = useFilters();
  // Callers are not kept by hour.
  const period = filters.period === 'hour' ? 'day' : filters.period;
  return (
    <>
      <CallerTiles />
      <div className="panels">
        <ChartPanel title="Different callers" question={{ metrics: distinct, period }} kind="bar" height={264} />
        <NewCallersPanel />
        <div className="wide">
          <RegionPanel />
        </div>
        <div className="wide">
          <ChartPanel
            title="Calls per caller"
            hint="Calls divided by different callers. Calls with a withheld number count as calls, not as callers."
            question={{ metrics: callsAndCallers, period }}
            draw={drawCallsPerCaller}
            height={180}
          />
        </div>
      </div>
    </>
  );
}

function drawCallsPerCaller(rows: readonly ReportRow[]): readonly TimeSeries[] {
  const compares = rows[0]?.previous !== undefined;
  return [
    {
      name: 'Calls per caller',
      unit: 'ratio',
      values: rows.map((row) => callsPerCaller(row, figureOf)),
      previous: compares ? rows.map((row) => callsPerCaller(row, previousOf)) : null,
    },
  ];
}
