import {
  type FigureName,
  figureOf,
  type Question,
  type ReportRow,
  reportAddress,
  textOf,
  useReport,
} from '../../api/report.ts';
import { shortApplication } from '../../format/applications.ts';
import { figureTexts } from '../../format/figures.ts';
import { printExactly, printFigure } from '../../format/numbers.ts';
import { type Column, DataTable, tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { Link } from '../../router/link.tsx';
import { useAddress, useFilters } from '../../state/filters.ts';
import { OutcomeBar, OutcomeKey } from './outcome-bar.tsx';
import { type OutcomeName, outcomes, shareOf, visitFigures } from './outcomes.ts';
import { parametersOf, type Selection, selectionOf } from './selection.ts';

const title = 'Form items';
const metrics: readonly FigureName[] = [...visitFigures, 'loops'];

type CallsAddress = (row: ReportRow, outcome: OutcomeName | null) => string;

/** Every form item of the selection: how its visits ended. Its name chooses it, a share leads to the calls. */
export function ItemsPanel({ selection }: { readonly selection: Selection }) {
  const filters = useFilters();
  const address = useAddress();
  const asked: Question = { metrics, by: 'form_item', compares: false, limit: 1000, ...selection };
  const report = useReport(asked, { isCalm: true });
  const rows = report.data?.rows;
  const columns = columnsOf((row, outcome) =>
    address('/calls', { ...parametersOf(selectionOf(row)), item_outcome: outcome }),
  );
  return (
    <Panel
      title={title}
      hint="How the visits of each form item ended; a share leads to its calls."
      copyText={() => tableText([...smallColumns, ...columns.filter(({ name }) => name !== 'bar')], rows ?? [])}
      csv={reportAddress(filters, asked, 'csv')}
      isStale={report.isPlaceholderData}
      summary={<OutcomeKey />}
    >
      {({ isLarge }) => {
        if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
        if (rows === undefined) return <LoadingState height={300} />;
        return (
          <DataTable
            label={title}
            columns={columns}
            rows={rows}
            rowKey={(row) => Object.values(selectionOf(row)).join('\n')}
            href={(row) => address('/events', { ...selectionOf(row) })}
            sortedBy="visits"
            maxHeight={isLarge ? 'none' : 640}
            most={isLarge ? 100 : 10}
          />
        );
      }}
    </Panel>
  );
}

function columnsOf(toCalls: CallsAddress): readonly Column<ReportRow>[] {
  return [
    ...itemColumns,
    {
      name: 'visits',
      label: 'Visits',
      unit: 'count',
      hint: figureTexts.visits.hint,
      value: (row) => figureOf(row, 'visits'),
      show: (row) => <Link href={toCalls(row, null)}>{printFigure(figureOf(row, 'visits'), 'count')}</Link>,
    },
    // The bar is in the order of what went well.
    { name: 'bar', label: 'How they ended', value: () => '', show: (row) => <OutcomeBar row={row} /> },
    ...outcomes.map(({ name, label, hint }) => shareColumn({ name, label, hint }, toCalls)),
    {
      name: 'loops',
      label: 'Loops',
      unit: 'count',
      hint: figureTexts.loops.hint,
      value: (row) => figureOf(row, 'loops'),
    },
  ];
}

/** What stands small beside others in the table, and by itself in the text of it. */
const smallColumns: readonly Column<ReportRow>[] = [
  { name: 'application', label: 'Application', value: (row) => textOf(row, 'application') },
  { name: 'form', label: 'Form', value: (row) => textOf(row, 'form') },
];

/** What tells form items apart. */
const itemColumns: readonly Column<ReportRow>[] = [
  {
    name: 'item',
    label: 'Form item',
    value: (row) => textOf(row, 'item'),
    show: (row) => (
      <>
        {textOf(row, 'item')}
        <span className="item-place">{textOf(row, 'form')}</span>
      </>
    ),
  },
  {
    name: 'page',
    label: 'Page',
    value: (row) => textOf(row, 'page'),
    show: (row) => (
      <>
        {textOf(row, 'page')}
        <span className="item-place below">{shortApplication(textOf(row, 'application'))}</span>
      </>
    ),
  },
];

interface Share {
  readonly name: OutcomeName;
  readonly label: string;
  readonly hint: string;
}

/** Percent of the visits; where there are any, it leads to their calls. */
function shareColumn({ name, label, hint }: Share, toCalls: CallsAddress): Column<ReportRow> {
  return {
    name,
    label,
    unit: 'percent',
    hint,
    value: (row) => shareOf(row, [name]),
    show: (row) => {
      const share = shareOf(row, [name]);
      const text = printFigure(share, 'percent');
      return share ? (
        <Link href={toCalls(row, name)} title={printExactly(share, 'percent')}>
          {text}
        </Link>
      ) : (
        text
      );
    },
  };
}
