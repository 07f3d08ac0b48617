import { useMemo } from 'react';
import {
  type Dimension,
  type FigureName,
  figureOf,
  previousOf,
  type Question,
  type ReportRow,
  reportAddress,
  textOf,
  useReport,
} from '../api/report.ts';
import { shortApplication } from '../format/applications.ts';
import { figureTexts } from '../format/figures.ts';
import { changeOf, printExactly, printFigure } from '../format/numbers.ts';
import { printPhone } from '../format/phones.ts';
import { useAddress, useFilters } from '../state/filters.ts';
import { Change } from './change.tsx';
import { type Column, DataTable, tableText } from './data-table.tsx';
import { Panel } from './panel.tsx';
import { ErrorState, LoadingState } from './states.tsx';

type TextDimension = Exclude<Dimension, 'hour_of_week' | 'link'>;

interface NamedColumn {
  readonly column: string;
  readonly label: string;
}

/** Columns that tell the groups of a breakdown apart, the most telling first: it is the one that leads on. */
const groupColumns: Readonly<Record<TextDimension, readonly NamedColumn[]>> = {
  number: [{ column: 'number', label: 'Number' }],
  application: [{ column: 'application', label: 'Application' }],
  page: [
    { column: 'page', label: 'Page' },
    { column: 'application', label: 'Application' },
  ],
  form_item: [
    { column: 'item', label: 'Form item' },
    { column: 'form', label: 'Form' },
    { column: 'page', label: 'Page' },
    { column: 'application', label: 'Application' },
  ],
  region: [{ column: 'region', label: 'Region' }],
};

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly by: TextDimension;
  readonly metrics: readonly FigureName[];
  readonly question?: Omit<Question, 'metrics' | 'by'>;
  /** The figure that orders the rows at first; the first one by itself. */
  readonly sortedBy?: FigureName;
  /** Where a row leads; its calls by itself. */
  readonly href?: (row: ReportRow) => string;
  readonly maxHeight?: number;
}

/** Figures of each number, application, page, form item or region, as a table in a frame. */
export function BreakdownPanel({ title, hint, by, metrics, question, sortedBy, href, maxHeight = 560 }: Props) {
  const filters = useFilters();
  const address = useAddress();
  const asked: Question = { limit: 1000, ...question, by, metrics };
  const report = useReport(asked, { isCalm: true });
  const rows = report.data?.rows;
  const columns = useMemo(() => columnsOf(by, metrics, rows), [by, metrics, rows]);
  const toCalls = (row: ReportRow) =>
    address('/calls', Object.fromEntries(groupColumns[by].map(({ column }) => [column, textOf(row, column)])));
  const table = (isLarge: boolean) => {
    if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
    if (rows === undefined) return <LoadingState height={200} />;
    return (
      <DataTable
        label={title}
        columns={columns}
        rows={rows}
        rowKey={(row) => groupColumns[by].map(({ column }) => textOf(row, column)).join('\n')}
        href={href ?? toCalls}
        sortedBy={sortedBy ?? metrics[0] ?? ''}
        maxHeight={isLarge ? 'none' : maxHeight}
        most={isLarge ? 100 : 10}
      />
    );
  };
  return (
    <Panel
      title={title}
      {...(hint === undefined ? {} : { hint })}
      copyText={() => tableText(filters.compares ? withPrevious(columns, metrics) : columns, rows ?? [])}
      csv={reportAddress(filters, asked, 'csv')}
      isStale={report.isPlaceholderData}
    >
      {({ isLarge }) => table(isLarge)}
    </Panel>
  );
}

/** Numbers and applications in the form in which the dashboard names them everywhere. */
function showOf(column: string): Pick<Column<ReportRow>, 'show'> {
  if (column === 'number') return { show: (row) => printPhone(textOf(row, column)) };
  if (column !== 'application') return {};
  return {
    show: (row) => <span title={textOf(row, column)}>{shortApplication(textOf(row, column))}</span>,
  };
}

function columnsOf(
  by: TextDimension,
  metrics: readonly FigureName[],
  rows: readonly ReportRow[] | undefined,
): readonly Column<ReportRow>[] {
  const compares = rows?.[0]?.previous !== undefined;
  const groups = groupColumns[by].map(
    ({ column, label }): Column<ReportRow> => ({
      name: column,
      label,
      value: (row) => textOf(row, column),
      ...showOf(column),
    }),
  );
  const figures = metrics.map((metric): Column<ReportRow> => {
    const { label, unit, hint } = figureTexts[metric];
    return {
      name: metric,
      label,
      unit,
      hint,
      value: (row) => figureOf(row, metric),
      ...(compares ? { show: (row: ReportRow) => <Compared row={row} figure={metric} /> } : {}),
    };
  });
  return [...groups, ...figures];
}

/** A figure below which stands how it has changed. */
function Compared({ row, figure }: { readonly row: ReportRow; readonly figure: FigureName }) {
  const { unit, more } = figureTexts[figure];
  const [value, previous] = [figureOf(row, figure), previousOf(row, figure)];
  return (
    <>
      {printFigure(value, unit)}
      <span className="compared" title={`${printExactly(previous, unit)} before`}>
        <Change percent={changeOf(value, previous, unit)} more={more} />
      </span>
    </>
  );
}

/** Figures of the period before as columns of their own, for whoever copies the table. */
function withPrevious(columns: readonly Column<ReportRow>[], metrics: readonly FigureName[]) {
  return columns.flatMap((column): readonly Column<ReportRow>[] => {
    const metric = metrics.find((each) => each === column.name);
    if (metric === undefined) return [column];
    const { label, unit } = figureTexts[metric];
    return [
      column,
      { name: `previous.${metric}`, label: `${label}, before`, unit, value: (row) => previousOf(row, metric) },
    ];
  });
}
