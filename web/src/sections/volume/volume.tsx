import type { FigureName } from '../../api/report.ts';
import { callsWithTransfer, figureOf, type ReportRow } from '../../api/rows.ts';
import type { TimeSeries } from '../../charts/time-chart.tsx';
import { BreakdownPanel } from '../../parts/breakdown-panel.tsx';
import { ChartPanel } from '../../parts/chart-panel.tsx';
import { useFilters } from '../../state/filters.ts';
import { EndingsPanel } from './endings-panel.tsx';
import { VolumeTiles } from './volume-tiles.tsx';

const questions = {
  calls: { metrics: ['calls'] },
  split: { metrics: ['calls', 'transfer_rate'] },
  minutes: { metrics: ['call_minutes'] },
  length: { metrics: ['average_call_length'] },
  transfers: { metrics: ['transfers'] },
  rate: { metrics: ['transfer_rate'] },
  transferMinutes: { metrics: ['transfer_minutes'] },
} as const satisfies Record<string, { readonly metrics: readonly FigureName[] }>;

const breakdown = [
  'calls',
  'call_minutes',
  'average_call_length',
  'transfers',
  'transfer_rate',
  'transfer_minutes',
] as const satisfies readonly FigureName[];

const transferred = { outcome: 'transfer' } as const;

/** How many calls came, how long they were, how they ended, and how many were transferred. */
export function Volume() {
  return (
    <>
      <VolumeTiles />
      <div className="panels">
        <div className="wide">
          <CallsPanel />
        </div>
        <ChartPanel title="Call minutes" question={questions.minutes} kind="bar" />
        <ChartPanel title="Average call length" question={questions.length} />
        <ChartPanel title="Transfers" question={questions.transfers} kind="bar" calls={transferred} />
        <ChartPanel title="Transfer rate" question={questions.rate} calls={transferred} />
        <ChartPanel title="Transfer minutes" question={questions.transferMinutes} kind="bar" calls={transferred} />
        <EndingsPanel />
        <div className="wide">
          <BreakdownPanel title="By number" by="number" metrics={breakdown} />
        </div>
        <div className="wide">
          <BreakdownPanel title="By application" by="application" metrics={breakdown} />
        </div>
      </div>
    </>
  );
}

/** Calls, stacked by whether they had a transfer; one line of the period before stands beside plain bars. */
function CallsPanel() {
  const { compares } = useFilters();
  return compares ? (
    <ChartPanel title="Calls" question={questions.calls} kind="bar" height={260} />
  ) : (
    <ChartPanel title="Calls" question={questions.split} kind="stacked" draw={splitByTransfer} height={260} />
  );
}

function splitByTransfer(rows: readonly ReportRow[]): readonly TimeSeries[] {
  const series = (name: string, value: (row: ReportRow) => number): TimeSeries => ({
    name,
    unit: 'count',
    values: rows.map(value),
    previous: null,
  });
  return [
    series('Without a transfer', (row) => (figureOf(row, 'calls') ?? 0) - callsWithTransfer(row)),
    series('With a transfer', callsWithTransfer),
  ];
}
