import type { ReactNode } from 'react';
import { shortApplication } from '../../format/applications.ts';
import { changeOf, printFigure, type Unit } from '../../format/numbers.ts';
import { BarFigure } from '../../parts/bar-figure.tsx';
import { Change } from '../../parts/change.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { Link } from '../../router/link.tsx';
import type { PageFigures, PageRow } from './page-rows.ts';

interface FigureColumn {
  readonly name: keyof PageFigures;
  readonly label: string;
  readonly unit: Unit;
  readonly hint: string;
  /** Whether it has a bar, and its change from the period before. */
  readonly isMeasure: boolean;
  /** What the calls behind it have in common, besides the page; null where it leads nowhere. */
  readonly calls: ((row: PageRow) => { readonly text: string; readonly own: Readonly<Record<string, string>> }) | null;
}

const figureColumns: readonly FigureColumn[] = [
  {
    name: 'errors',
    label: 'Errors',
    unit: 'count',
    hint: 'Script errors and fetch errors together.',
    isMeasure: true,
    calls: () => ({ text: 'calls with an error', own: { error: 'any' } }),
  },
  {
    name: 'jsErrors',
    label: 'Script',
    unit: 'count',
    hint: 'Scripts that failed while they ran.',
    isMeasure: false,
    calls: () => ({ text: 'calls with a script error', own: { error: 'js' } }),
  },
  {
    name: 'fetchErrors',
    label: 'Fetch',
    unit: 'count',
    hint: 'How often the page could not be fetched.',
    isMeasure: false,
    calls: () => ({ text: 'calls with a fetch error', own: { error: 'fetch' } }),
  },
  {
    name: 'errorsPer100',
    label: 'Errors per 100',
    unit: 'ratio',
    hint: 'Errors of a hundred tries to load the page, failed ones included.',
    isMeasure: true,
    calls: null,
  },
  {
    name: 'p95',
    label: 'p95',
    unit: 'seconds',
    hint: '95 % of the loads took at most so long, to within 1 %.',
    isMeasure: true,
    calls: ({ p95 }) => ({ text: 'calls that waited longer', own: p95 === null ? {} : { slower_than: `${p95}` } }),
  },
  {
    name: 'average',
    label: 'Average',
    unit: 'seconds',
    hint: 'Average time of a load.',
    isMeasure: false,
    calls: null,
  },
  {
    name: 'waitingShare',
    label: 'Of all waiting',
    unit: 'percent',
    hint: 'Share of the time that callers waited for any page: loads times average.',
    isMeasure: true,
    calls: null,
  },
  {
    name: 'loads',
    label: 'Loads',
    unit: 'count',
    hint: 'Successful loads of the page.',
    isMeasure: false,
    calls: null,
  },
];

type CallsAddress = (parameters: Readonly<Record<string, string>>) => string;

interface Arrangement {
  /** Name of the figure that stands beside the page. */
  readonly first: string;
  readonly toCalls: CallsAddress;
}

/** Columns of the table of pages; bars are as long as the value is beside the greatest of `rows`. */
export function pageColumns(rows: readonly PageRow[], { first, toCalls }: Arrangement): readonly Column<PageRow>[] {
  const inOrder = figureColumns.toSorted((one, other) => Number(other.name === first) - Number(one.name === first));
  return [
    {
      name: 'page',
      label: 'Page',
      // Pages of several applications have the same name.
      value: ({ page, application }) => `${page} (${application})`,
      show: ({ page, application }) => (
        <>
          {page}
          <span className="page-application">{shortApplication(application)}</span>
        </>
      ),
    },
    ...inOrder.map((column): Column<PageRow> => {
      const { name, label, unit, hint } = column;
      const most = Math.max(...rows.map((row) => row[name] ?? 0), 0);
      return {
        name,
        label,
        unit,
        hint,
        value: (row) => row[name],
        show: (row) => <Figure row={row} column={column} most={most} toCalls={toCalls} />,
      };
    }),
  ];
}

interface FigureProps {
  readonly row: PageRow;
  readonly column: FigureColumn;
  readonly most: number;
  readonly toCalls: CallsAddress;
}

function Figure({ row, column, most, toCalls }: FigureProps) {
  const { name, unit, isMeasure, calls } = column;
  const value = row[name];
  const text = printFigure(value, unit);
  const leads = calls !== null && value !== null && value > 0 ? calls(row) : null;
  const figure: ReactNode =
    leads === null ? (
      text
    ) : (
      <Link
        href={toCalls({ page: row.page, application: row.application, ...leads.own })}
        aria-label={`${text}: ${leads.text} on ${row.page}`}
      >
        {text}
      </Link>
    );
  if (!isMeasure) return figure;
  return (
    <BarFigure share={most === 0 || value === null ? 0 : value / most}>
      {row.previous !== null && <ChangeSince value={value} previous={row.previous[name]} unit={unit} />}
      {figure}
    </BarFigure>
  );
}

interface SinceProps {
  readonly value: number | null;
  readonly previous: number | null;
  readonly unit: Unit;
}

/** A change that no percentage can tell, from nothing to something, is called new. */
function ChangeSince({ value, previous, unit }: SinceProps) {
  if ((previous ?? 0) === 0 && (value ?? 0) > 0) return <span className="change bad">new</span>;
  return <Change percent={changeOf(value, previous, unit)} more="bad" />;
}
