import { useCallback } from 'react';
import { type FigureName, type Question, useReport } from '../../api/report.ts';
import { figureOf, type ReportRow } from '../../api/rows.ts';
import type { TimeSeries } from '../../charts/time-chart.tsx';
import { daysOfBucket, printDay } from '../../format/times.ts';
import { ChartPanel } from '../../parts/chart-panel.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { useFilters } from '../../state/filters.ts';
import { bucketPeriod, difference, lookBackDays, newCallers, spansToCount } from './new-callers.ts';
import { useDistinctCallers } from './use-distinct-callers.ts';

const title = 'New and returning callers';
const metrics: readonly FigureName[] = ['callers'];
const height = 220;

/** How many callers of each week or so had called before. */
export function NewCallersPanel() {
  const filters = useFilters();
  const period = bucketPeriod(filters, filters.period);
  const question: Question = { metrics, period, compares: false };
  const report = useReport(question, { isEnabled: period !== null });
  const ends = (report.data?.rows ?? []).map(({ start }) => daysOfBucket(start, period, filters.end).end);
  const distinct = useDistinctCallers(ends.length === 0 ? [] : spansToCount(filters, ends));
  const { counts } = distinct;
  const draw = useCallback((rows: readonly ReportRow[]) => drawCallers(rows, newCallers(counts)), [counts]);
  const hint = `New: no call in the ${lookBackDays} days before ${printDay(filters.start)}, nor earlier in these days. Returning: all others.`;
  if (period !== null && !distinct.isPending && distinct.error === null && counts.length === ends.length + 1) {
    return <ChartPanel title={title} hint={hint} question={question} kind="stacked" draw={draw} height={height} />;
  }
  const state = () => {
    if (period === null)
      return <NothingState height={height}>Choose fewer days, up to a year, to see them.</NothingState>;
    const error = (report.isLoadingError ? report.error : null) ?? distinct.error;
    if (error === null) return <LoadingState height={height} />;
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          if (report.isLoadingError) report.refetch();
          distinct.retry();
        }}
      />
    );
  };
  return (
    <Panel title={title} hint={hint}>
      {state}
    </Panel>
  );
}

function drawCallers(rows: readonly ReportRow[], fresh: readonly (number | null)[]): readonly TimeSeries[] {
  const returning = rows.map((row, index) => difference(figureOf(row, 'callers'), fresh[index] ?? null));
  return [
    { name: 'Returning', unit: 'count', values: returning, previous: null },
    { name: 'New', unit: 'count', values: fresh, previous: null },
  ];
}
