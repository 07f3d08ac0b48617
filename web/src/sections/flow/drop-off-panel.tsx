import { useMediaQuery } from '@mantine/hooks';
import { useMemo } from 'react';
import { figureOf, type ReportRow, reportAddress, textOf, useReport } from '../../api/report.ts';
import { type Column, DataTable, tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { useAddress, useFilters } from '../../state/filters.ts';
import { keyOfRow, visitsQuestion } from './item-visits.ts';

const shareOf = (row: ReportRow, figure: 'visits_disconnect' | 'visits_nomatch' | 'visits_noinput'): number | null => {
  const visits = figureOf(row, 'visits') ?? 0;
  return visits === 0 ? null : (100 * (figureOf(row, figure) ?? 0)) / visits;
};

/** `most` is the greatest share, of the longest bar. */
const columnsOf = (most: number): readonly Column<ReportRow>[] => [
  {
    name: 'item',
    label: 'Form item',
    value: (row) => `${textOf(row, 'form')} / ${textOf(row, 'item')} (${textOf(row, 'page')})`,
    show: (row) => (
      <>
        {textOf(row, 'form')} / {textOf(row, 'item')} <span className="drop-off-page">{textOf(row, 'page')}</span>
      </>
    ),
  },
  { name: 'visits', label: 'Visits', unit: 'count', value: (row) => figureOf(row, 'visits') },
  { name: 'hung_up', label: 'Hung up', unit: 'count', value: (row) => figureOf(row, 'visits_disconnect') },
  {
    name: 'drop_off',
    label: 'Drop-off',
    unit: 'percent',
    hint: 'Share of visits in which the caller hung up',
    value: (row) => shareOf(row, 'visits_disconnect'),
    show: (row) => <ShareBar value={shareOf(row, 'visits_disconnect')} most={most} unit="percent" />,
  },
  {
    name: 'nomatch',
    label: 'No match',
    unit: 'percent',
    hint: 'Share of visits whose answer was not understood',
    value: (row) => shareOf(row, 'visits_nomatch'),
  },
  {
    name: 'noinput',
    label: 'No input',
    unit: 'percent',
    hint: 'Share of visits without an answer',
    value: (row) => shareOf(row, 'visits_noinput'),
  },
];

const mostDropOff = (rows: readonly ReportRow[]): number =>
  Math.max(0, ...rows.map((row) => shareOf(row, 'visits_disconnect') ?? 0));

/** What is left where there is little room. */
const narrowColumns: ReadonlySet<string> = new Set(['item', 'hung_up', 'drop_off']);

/** Where callers hang up: the form items of an application, those that lose the most callers first. */
export function DropOffPanel({ application }: { readonly application: string }) {
  const question = visitsQuestion(application);
  const report = useReport(question, { isCalm: true });
  const isNarrow = useMediaQuery('(max-width: 760px)') ?? false;
  const filters = useFilters();
  const address = useAddress();
  const rows = report.data?.rows;
  const columns = useMemo(() => columnsOf(mostDropOff(rows ?? [])), [rows]);
  const toCalls = (row: ReportRow) =>
    address('/calls', {
      application,
      page: textOf(row, 'page'),
      form: textOf(row, 'form'),
      item: textOf(row, 'item'),
      item_outcome: 'disconnect',
    });
  return (
    <Panel
      title="Drop-off by form item"
      hint="Share of the visits in which callers hung up; each row leads to their calls."
      copyText={() => tableText(columns, rows ?? [])}
      csv={reportAddress(filters, question, 'csv')}
      isStale={report.isPlaceholderData}
    >
      {({ isLarge }) => {
        if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
        if (rows === undefined) return <LoadingState height={240} />;
        return (
          <div className="drop-off">
            <DataTable
              label="Table of drop-off by form item"
              columns={isNarrow ? columns.filter(({ name }) => narrowColumns.has(name)) : columns}
              rows={rows}
              rowKey={keyOfRow}
              href={toCalls}
              sortedBy="hung_up"
              maxHeight={isLarge ? 'none' : 560}
              most={isLarge ? 100 : 8}
            />
          </div>
        );
      }}
    </Panel>
  );
}
