import {
  type FigureName,
  figureOf,
  previousOf,
  type Question,
  type ReportRow,
  reportAddress,
  textOf,
  useReport,
} from '../../api/report.ts';
import { figureTexts } from '../../format/figures.ts';
import { changeOf } from '../../format/numbers.ts';
import { Change } from '../../parts/change.tsx';
import { type Column, DataTable, tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { useAddress, useFilters } from '../../state/filters.ts';

export interface TopPanelProps {
  readonly title: string;
  readonly hint?: string;
  readonly by: 'number' | 'application' | 'page' | 'region';
  readonly figure: FigureName;
  /** Columns that tell the groups apart; the first is the one that is shown. */
  readonly keys: readonly string[];
  readonly keyLabel: string;
  /** Said below it. */
  readonly detail?: (row: ReportRow) => string;
  /** How the shown one is written. */
  readonly print?: (name: string) => string;
  readonly href?: (row: ReportRow) => string;
}

/** The groups that have the most of a figure, as bars in rows. */
export function TopPanel({ title, hint, by, figure, keys, keyLabel, detail, print = String, href }: TopPanelProps) {
  const filters = useFilters();
  const address = useAddress();
  const asked: Question = { metrics: [figure], by, limit: 1000 };
  const report = useReport(asked, { isCalm: true });
  const rows = report.data?.rows;
  const columns = columnsOf({
    figure,
    keys,
    keyLabel,
    print,
    rows: rows ?? [],
    ...(detail === undefined ? {} : { detail }),
  });
  const toCalls = (row: ReportRow) =>
    address('/calls', Object.fromEntries(keys.map((column) => [column, textOf(row, column)])));
  return (
    <Panel
      title={title}
      {...(hint === undefined ? {} : { hint })}
      copyText={() => tableText(columns, rows ?? [])}
      csv={reportAddress(filters, asked, 'csv')}
      isStale={report.isPlaceholderData}
    >
      {({ isLarge }) => {
        if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
        if (rows === undefined) return <LoadingState height={240} />;
        return (
          <DataTable
            label={title}
            columns={columns}
            rows={rows}
            rowKey={(row) => keys.map((column) => textOf(row, column)).join('\n')}
            href={href ?? toCalls}
            sortedBy={figure}
            most={isLarge ? 100 : detail === undefined ? 8 : 6}
            maxHeight={isLarge ? 'none' : 320}
          />
        );
      }}
    </Panel>
  );
}

interface Shown extends Required<Pick<TopPanelProps, 'figure' | 'keys' | 'keyLabel' | 'print'>> {
  readonly detail?: (row: ReportRow) => string;
  readonly rows: readonly ReportRow[];
}

function columnsOf({ figure, keys, keyLabel, print, detail, rows }: Shown): readonly Column<ReportRow>[] {
  const { label, unit, more } = figureTexts[figure];
  const most = Math.max(0, ...rows.map((row) => figureOf(row, figure) ?? 0));
  const compares = rows[0]?.previous !== undefined;
  const [shown = ''] = keys;
  return [
    {
      name: shown,
      label: keyLabel,
      value: (row) => print(textOf(row, shown)),
      ...(detail === undefined
        ? {}
        : {
            show: (row: ReportRow) => (
              <>
                {print(textOf(row, shown))}
                <span className="top-detail">{detail(row)}</span>
              </>
            ),
          }),
    },
    {
      name: figure,
      label,
      unit,
      value: (row) => figureOf(row, figure),
      show: (row) => <ShareBar value={figureOf(row, figure)} most={most} unit={unit} />,
    },
    ...(compares
      ? [
          {
            name: 'change',
            label: 'Change',
            unit: 'percent' as const,
            value: (row: ReportRow) => changeOf(figureOf(row, figure), previousOf(row, figure), unit),
            show: (row: ReportRow) => (
              <Change percent={changeOf(figureOf(row, figure), previousOf(row, figure), unit)} more={more} />
            ),
          },
        ]
      : []),
  ];
}
