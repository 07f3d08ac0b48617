import { SegmentedControl, Text } from '@mantine/core';
import { useMemo } from 'react';
import { type Question, type ReportAnswer, reportAddress, useReport } from '../../api/report.ts';
import { figureOf } from '../../api/rows.ts';
import { printFigure } from '../../format/numbers.ts';
import { DataTable, tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { changeQuery, useParameter } from '../../router/location.ts';
import { useAddress, useFilters } from '../../state/filters.ts';
import { pageColumns } from './page-columns.tsx';
import { type PageRow, pageMetrics, pageRows } from './page-rows.ts';

const mostPages = 1000;
const question: Question = { metrics: pageMetrics, by: 'page', limit: mostPages };

const orders = [
  { value: 'errors', label: 'Errors' },
  { value: 'errorsPer100', label: 'Error rate' },
  { value: 'p95', label: 'Slowest' },
  { value: 'waitingShare', label: 'Waiting' },
];
const usualOrder = 'errors';

/** Which page is failing, and which one callers wait for. `total` has the figures of all pages together. */
export function PageTable({ total }: { readonly total: ReportAnswer | undefined }) {
  const filters = useFilters();
  const address = useAddress();
  const report = useReport(question);
  const rows = useMemo(() => pageRows(report.data?.rows ?? []), [report.data]);
  const asked = useParameter('sort');
  const order = orders.find(({ value }) => value === asked)?.value ?? usualOrder;
  const columns = useMemo(
    () => pageColumns(rows, { first: order, toCalls: (own) => address('/calls', own) }),
    [rows, order, address],
  );
  const table = (isLarge: boolean) => {
    if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
    if (report.data === undefined) return <LoadingState height={240} />;
    return (
      <DataTable
        // What was sorted by a click on a heading gives way to what is chosen above.
        key={order}
        label="Figures of pages"
        columns={columns}
        rows={rows}
        rowKey={({ application, page }) => `${application}\n${page}`}
        href={({ application, page }) => address('/performance', { application, page })}
        sortedBy={order}
        maxHeight={isLarge ? 'none' : 640}
        most={isLarge ? 200 : 10}
      />
    );
  };
  return (
    <div className="wide">
      <Panel
        title="Pages"
        hint="Which page fails, and which one callers wait for. Choose a page to look at it alone."
        copyText={() => tableText(columns, rows)}
        csv={reportAddress(filters, question, 'csv')}
        isStale={report.isPlaceholderData}
        summary={
          <div className="page-order">
            <Text size="xs" c="dimmed">
              Most
            </Text>
            <SegmentedControl
              aria-label="Order of the pages"
              data={orders}
              value={order}
              onChange={(sort) => changeQuery({ sort: sort === usualOrder ? null : sort }, { replace: true })}
            />
          </div>
        }
      >
        {({ isLarge }) => (
          <>
            {table(isLarge)}
            <Remarks rows={rows} total={total} hasMore={report.data?.next !== null && report.data !== undefined} />
          </>
        )}
      </Panel>
    </div>
  );
}

interface RemarksProps {
  readonly rows: readonly PageRow[];
  readonly total: ReportAnswer | undefined;
  readonly hasMore: boolean;
}

/** What the table leaves out. */
function Remarks({ rows, total, hasMore }: RemarksProps) {
  if (hasMore) {
    return (
      <Text size="xs" c="dimmed" mt={4}>
        The {printFigure(mostPages, 'count')} pages with the most loads.
      </Text>
    );
  }
  const unnamed = (figureOf(total?.rows[0], 'js_errors') ?? 0) - rows.reduce((sum, { jsErrors }) => sum + jsErrors, 0);
  if (unnamed <= 0) return null;
  return (
    <Text size="xs" c="dimmed" mt={4}>
      {printFigure(unnamed, 'count')} script errors came without the name of a page and are in none of the rows.
    </Text>
  );
}
