import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import {
  type FigureName,
  figureOf,
  type Question,
  type ReportRow,
  reportAddress,
  useReport,
} from '../../api/report.ts';
import { figureTexts } from '../../format/figures.ts';
import { type Column, DataTable, tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { changeQuery, useParameter } from '../../router/location.ts';
import { useFilters } from '../../state/filters.ts';
import { longWeekday } from './week-grid.ts';
import { WeekHeatmap } from './week-heatmap.tsx';

const choices = [
  'calls',
  'average_call_length',
  'transfer_rate',
  'js_errors_per_call',
  'fetch_errors_per_call',
  'average_page_load',
] as const satisfies readonly FigureName[];

const title = 'Hours of the week';

/** When in the week callers call, or when errors happen. The figure stands in the address as `heat`. */
export function WeekPanel() {
  const filters = useFilters();
  const named = useParameter('heat');
  const figure = choices.find((choice) => choice === named) ?? 'calls';
  const question: Question = {
    metrics: figure === 'calls' ? ['calls'] : ['calls', figure],
    by: 'hour_of_week',
    compares: false,
  };
  const report = useReport(question, { isCalm: true });
  const rows = report.data?.rows;
  const columns = useMemo(() => columnsOf(figure), [figure]);
  const table = (isLarge: boolean) => (
    <DataTable
      label={title}
      columns={columns}
      rows={rows ?? []}
      rowKey={(row) => `${row['weekday']} ${row['hour']}`}
      maxHeight={isLarge ? 'none' : 300}
    />
  );
  return (
    <Panel
      title={title}
      hint={`${figureTexts[figure].hint} All of the chosen days together, by the clocks of ${filters.timeZone}.`}
      controls={<FigureChoice figure={figure} />}
      copyText={() => tableText(columns, rows ?? [])}
      csv={reportAddress(filters, question, 'csv')}
      isStale={report.isPlaceholderData}
      table={({ isLarge }) => table(isLarge)}
    >
      {({ isLarge }) => {
        if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
        if (rows === undefined) return <LoadingState height={260} />;
        if (rows.every((row) => figureOf(row, 'calls') === 0))
          return <NothingState>No calls in these days.</NothingState>;
        return <WeekHeatmap rows={rows} figure={figure} filters={filters} isLarge={isLarge} />;
      }}
    </Panel>
  );
}

function FigureChoice({ figure }: { readonly figure: FigureName }) {
  return (
    <NativeSelect
      size="xs"
      className="heat-choice"
      aria-label="Figure of the hours"
      data={choices.map((value) => ({ value, label: figureTexts[value].label }))}
      value={figure}
      onChange={({ currentTarget }) =>
        changeQuery({ heat: currentTarget.value === 'calls' ? null : currentTarget.value }, { replace: true })
      }
    />
  );
}

function columnsOf(figure: FigureName): readonly Column<ReportRow>[] {
  const figureColumn = (name: FigureName): Column<ReportRow> => ({
    name,
    label: figureTexts[name].label,
    unit: figureTexts[name].unit,
    value: (row) => figureOf(row, name),
  });
  const number = (row: ReportRow, name: string) => Number(row[name] ?? 0);
  return [
    {
      name: 'weekday',
      label: 'Day',
      hint: 'Copied as a number: 1 is Monday',
      value: (row) => number(row, 'weekday'),
      show: (row) => longWeekday(number(row, 'weekday')),
    },
    { name: 'hour', label: 'Hour', unit: 'count', value: (row) => number(row, 'hour') },
    ...(figure === 'calls' ? [] : [figureColumn(figure)]),
    figureColumn('calls'),
  ];
}
