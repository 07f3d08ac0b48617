import { Button, Table, UnstyledButton } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import { printExactly, printFigure, type Unit } from '../format/numbers.ts';
import { Link } from '../router/link.tsx';
import { NothingState } from './states.tsx';

export interface Column<Row> {
  readonly name: string;
  readonly label: string;
  /** Of a figure; text has none. */
  readonly unit?: Unit;
  readonly value: (row: Row) => string | number | null;
  /** How it is shown, where that is not its value printed. */
  readonly show?: (row: Row) => ReactNode;
  readonly hint?: string;
}

export interface DataTableProps<Row> {
  /** What the table has, for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Where a row leads. */
  readonly href?: (row: Row) => string;
  /** Name of a column; without one, rows stay as they came. */
  readonly sortedBy?: string;
  readonly maxHeight?: number | string;
  /** Rows that are shown at first. */
  readonly most?: number;
}

interface Order {
  readonly name: string;
  readonly isDescending: boolean;
}

/** A table whose columns sort. Figures stand right, in digits of one width. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, sortedBy, most = 50 } = props;
  const [order, setOrder] = useState<Order | null>(
    sortedBy === undefined
      ? null
      : { name: sortedBy, isDescending: columns.find(({ name }) => name === sortedBy)?.unit !== undefined },
  );
  const [shown, setShown] = useState(most);
  const sorted = useMemo(() => sortRows(rows, columns, order), [rows, columns, order]);
  if (rows.length === 0) return <NothingState>Nothing in these days.</NothingState>;
  const sortBy = ({ name, unit }: Column<Row>) =>
    setOrder((now) => ({ name, isDescending: now?.name === name ? !now.isDescending : unit !== undefined }));
  return (
    <>
      <Table.ScrollContainer
        minWidth={0}
        maxHeight={props.maxHeight ?? 'none'}
        type="native"
        tabIndex={0}
        role="region"
        aria-label={props.label}
      >
        <Table highlightOnHover stickyHeader className="data-table" aria-label={props.label}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <HeadCell key={column.name} column={column} order={order} onSort={() => sortBy(column)} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.slice(0, shown).map((row) => (
              <Table.Tr key={props.rowKey(row)}>
                {columns.map((column, place) => (
                  <Cell
                    key={column.name}
                    column={column}
                    row={row}
                    href={place === 0 ? props.href?.(row) : undefined}
                  />
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {sorted.length > shown && (
        <Button variant="subtle" size="compact-xs" m="xs" onClick={() => setShown(shown + 200)}>
          Show more ({(sorted.length - shown).toLocaleString()} left)
        </Button>
      )}
    </>
  );
}

interface HeadProps<Row> {
  readonly column: Column<Row>;
  readonly order: Order | null;
  readonly onSort: () => void;
}

function HeadCell<Row>({ column, order, onSort }: HeadProps<Row>) {
  const isSorted = order?.name === column.name;
  const direction = order?.isDescending ? 'descending' : 'ascending';
  return (
    <Table.Th className={column.unit === undefined ? '' : 'figure'} aria-sort={isSorted ? direction : 'none'}>
      <UnstyledButton className="sort-button" onClick={onSort} title={column.hint}>
        {column.label}
        {isSorted && (
          <span aria-hidden="true" className="sort-mark">
            {order?.isDescending ? '▾' : '▴'}
          </span>
        )}
      </UnstyledButton>
    </Table.Th>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly href: string | undefined;
}

function Cell<Row>({ column, row, href }: CellProps<Row>) {
  const { unit, show } = column;
  const value = column.value(row);
  const content = show?.(row) ?? (unit === undefined || typeof value === 'string' ? value : printFigure(value, unit));
  const title = unit === undefined || typeof value === 'string' ? undefined : printExactly(value, unit);
  return (
    <Table.Td className={unit === undefined ? 'words' : 'figure'} title={title}>
      {href === undefined ? content : <Link href={href}>{content}</Link>}
    </Table.Td>
  );
}

function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | null): readonly Row[] {
  const column = columns.find(({ name }) => name === order?.name);
  if (order === null || column === undefined) return rows;
  const sign = order.isDescending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const values = [column.value(one), column.value(other)] as const;
    // What is absent comes last, whichever way is asked for.
    const absent = Number(values[0] === null) - Number(values[1] === null);
    return absent === 0 ? sign * compare(...values) : absent;
  });
}

function compare(one: string | number | null, other: string | number | null): number {
  if (one === null || other === null) return 0;
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return `${one}`.localeCompare(`${other}`, undefined, { numeric: true });
}

/** The whole table as text that spreadsheets take from the clipboard: tabs between cells. */
export function tableText<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ label }) => label),
    ...rows.map((row) => columns.map((column) => column.value(row) ?? '')),
  ];
  return lines.map((cells) => cells.map((cell) => `${cell}`.replaceAll(/[\t\r\n]/g, ' ')).join('\t')).join('\n');
}
