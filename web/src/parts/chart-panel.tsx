import { type ReactNode, useMemo } from 'react';
import {
  type FigureName,
  figureOf,
  previousOf,
  type Question,
  type ReportAnswer,
  type ReportRow,
  reportAddress,
  useReport,
} from '../api/report.ts';
import { Legend } from '../charts/legend.tsx';
import { type DayMark, pointMarks } from '../charts/point-marks.ts';
import { TimeChart, type TimeChartProps, type TimeSeries } from '../charts/time-chart.tsx';
import { figureTexts } from '../format/figures.ts';
import { daysOfBucket, printWholeBucket } from '../format/times.ts';
import { navigate } from '../router/location.ts';
import { chooseRange, type Filters, type Period, useAddress, useFilters } from '../state/filters.ts';
import { useHidden } from '../state/hidden.ts';
import { type Column, DataTable, tableText } from './data-table.tsx';
import { Panel } from './panel.tsx';
import { ErrorState, LoadingState, NothingState } from './states.tsx';

interface Props {
  readonly title: string;
  readonly hint?: string;
  /** Without a breakdown; its period is the page's unless it says otherwise. */
  readonly question: Question;
  readonly kind?: TimeChartProps['kind'];
  /** Draws something that is made of the figures, where they are not drawn as they are; its identity must last. */
  readonly draw?: (rows: readonly ReportRow[]) => readonly TimeSeries[];
  /** Days that stand out in the first figure. */
  readonly marks?: readonly DayMark[];
  readonly height?: number;
  readonly controls?: ReactNode;
  readonly summary?: (answer: ReportAnswer) => ReactNode;
  /** What the calls behind a point have in common, as parameters of the list of calls; null where a point leads nowhere. */
  readonly calls?: Readonly<Record<string, string>> | null;
}

const noMarks: readonly DayMark[] = [];

/** Figures over time in a frame, with their table and their CSV. A point leads to its calls; dragging over points narrows the days. */
export function ChartPanel(props: Props) {
  const { title, hint, question, kind = 'line', draw, marks = noMarks, height = 220 } = props;
  const { controls, summary, calls = {} } = props;
  const filters = useFilters();
  const asked: Question = { period: 'page', ...question };
  const report = useReport(asked);
  const period = asked.period === 'page' ? filters.period : (asked.period ?? null);
  const open = useOpenCalls(filters, { period, calls });
  const rows = report.data?.rows;
  const series = useMemo(
    () => (draw === undefined ? seriesOf(question.metrics, rows ?? []) : draw(rows ?? [])),
    [draw, question.metrics, rows],
  );
  const columns = useMemo(
    () => columnsOf(question.metrics, { filters, period, rows, drawn: draw === undefined ? [] : series }),
    [question.metrics, filters, period, rows, draw, series],
  );
  const starts = useMemo(() => (rows ?? []).map(({ start }) => start), [rows]);
  const { shown, entries, toggle } = useShownSeries(series);
  const points = useMemo(
    () => pointMarks(marks, { starts, values: shown[0]?.values ?? [], period, end: filters.end }),
    [marks, starts, shown, period, filters.end],
  );
  const narrow = (first: number, last: number) => {
    const [from, to] = [starts[first], starts[last]];
    if (from === undefined || to === undefined) return;
    chooseRange({
      start: daysOfBucket(from, period, filters.end).start,
      end: daysOfBucket(to, period, filters.end).end,
    });
  };
  const chart = (isLarge: boolean) => {
    if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
    if (rows === undefined) return <LoadingState height={height} />;
    if (isEmpty(series)) return <NothingState height={height}>Nothing in these days.</NothingState>;
    return (
      <>
        {entries.length > 1 && <Legend label={title} kind={kind} entries={entries} onToggle={toggle} />}
        <TimeChart
          label={`${title}, ${filters.start} to ${filters.end}`}
          starts={starts}
          period={period}
          timeZone={filters.timeZone}
          series={shown}
          kind={kind}
          height={isLarge ? '60vh' : height}
          marks={points}
          isOngoing={filters.end >= filters.today}
          onSelect={narrow}
          {...(calls === null ? {} : { onOpen: (index: number) => open(starts[index]) })}
        />
      </>
    );
  };
  return (
    <Panel
      title={title}
      hint={hint ?? figureTexts[question.metrics[0] ?? 'calls'].hint}
      controls={controls}
      summary={report.data === undefined ? null : summary?.(report.data)}
      copyText={() => tableText(columns, rows ?? [])}
      csv={reportAddress(filters, asked, 'csv')}
      isStale={report.isPlaceholderData}
      table={({ isLarge }) => (
        <DataTable
          label={title}
          columns={columns}
          rows={rows ?? []}
          rowKey={({ start }) => start}
          maxHeight={isLarge ? 'none' : height}
        />
      )}
    >
      {({ isLarge }) => chart(isLarge)}
    </Panel>
  );
}

/** Series that the reader has not hidden; which they are stands in the address. The last one stays. */
function useShownSeries(series: readonly TimeSeries[]) {
  const [hidden, toggleHidden] = useHidden();
  return useMemo(() => {
    const placed = series.map((each, index) => ({ place: index, ...each }));
    const left = placed.filter(({ name }) => !hidden.includes(name));
    const shown = left.length === 0 ? placed.slice(0, 1) : left;
    const entries = placed.map((each) => ({ name: each.name, place: each.place, isShown: shown.includes(each) }));
    const toggle = (place: number) => {
      const name = placed.find((each) => each.place === place)?.name;
      if (name !== undefined && !(shown.length === 1 && shown[0]?.name === name)) toggleHidden(name);
    };
    return { shown, entries, toggle };
  }, [series, hidden, toggleHidden]);
}

function seriesOf(metrics: readonly FigureName[], rows: readonly ReportRow[]): readonly TimeSeries[] {
  const compares = rows[0]?.previous !== undefined;
  return metrics.map((metric) => ({
    name: figureTexts[metric].label,
    unit: figureTexts[metric].unit,
    values: rows.map((row) => figureOf(row, metric)),
    previous: compares ? rows.map((row) => previousOf(row, metric)) : null,
  }));
}

const isEmpty = (series: readonly TimeSeries[]): boolean =>
  series.every(({ values, previous }) =>
    [...values, ...(previous ?? [])].every((value) => value === null || value === 0),
  );

interface Shown {
  readonly filters: Filters;
  readonly period: Period | null;
  readonly rows: readonly ReportRow[] | undefined;
  /** What is made of the figures; the table has it too, where it has a value for each row. */
  readonly drawn: readonly TimeSeries[];
}

function columnsOf(metrics: readonly FigureName[], shown: Shown): readonly Column<ReportRow>[] {
  const { filters, period, rows = [] } = shown;
  const figures = metrics.map((metric) => {
    const { label, unit, hint } = figureTexts[metric];
    const before = (row: ReportRow) => previousOf(row, metric);
    return { name: metric, label, unit, hint, value: (row: ReportRow) => figureOf(row, metric), before };
  });
  const compares = rows[0]?.previous !== undefined;
  return [
    {
      name: 'start',
      label: 'Time',
      value: ({ start }) => start,
      show: ({ start }) => printWholeBucket(start, period, filters.timeZone),
    },
    ...drawnColumns(shown),
    ...figures.flatMap(({ before, ...current }): Column<ReportRow>[] =>
      compares ? [current, beforeColumn(current, before)] : [current],
    ),
  ];
}

function drawnColumns({ drawn, rows = [] }: Shown): readonly Column<ReportRow>[] {
  const places = new Map(rows.map((row, index) => [row, index]));
  const valueIn = (values: TimeSeries['values']) => (row: ReportRow) => values[places.get(row) ?? -1] ?? null;
  return drawn
    .filter(({ values }) => values.length === rows.length)
    .flatMap(({ name, unit, values, previous }) => {
      const current = { name: `drawn.${name}`, label: name, unit, value: valueIn(values) };
      return previous === null ? [current] : [current, beforeColumn(current, valueIn(previous))];
    });
}

const beforeColumn = (current: Column<ReportRow>, value: Column<ReportRow>['value']): Column<ReportRow> => ({
  ...current,
  name: `previous.${current.name}`,
  label: `${current.label}, before`,
  value,
});

/** Goes to the calls behind a point of a graph. */
function useOpenCalls(
  filters: Filters,
  { period, calls }: { readonly period: Period | null; readonly calls: Readonly<Record<string, string>> | null },
): (start: string | undefined) => void {
  const address = useAddress();
  return (start) => {
    if (start === undefined || calls === null) return;
    const days = daysOfBucket(start, period, filters.end);
    const hour =
      period === 'hour' ? { from: start, until: new Date(new Date(start).getTime() + 3_600_000).toISOString() } : {};
    navigate(address('/calls', { range: null, period: null, compare: null, ...days, ...hour, ...calls }));
  };
}
