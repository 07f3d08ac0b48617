import { Button, Table } from '@mantine/core';
import { type ReactNode, useState } from 'react';

export interface RowColumn<Row> {
  readonly label: string;
  readonly show: (row: Row) => ReactNode;
  /** Of buttons: they stand at the right, and their column's label is for screen readers alone. */
  readonly isActions?: boolean;
  readonly isFigure?: boolean;
}

interface Props<Row> {
  /** What the table has. */
  readonly label: string;
  readonly columns: readonly RowColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  /** Rows that no longer count are struck. */
  readonly isStruck?: (row: Row) => boolean;
}

const shownAtFirst = 50;

/**
 * Things that are set, one a row. On a phone each row is a card of named values: styles do so, which takes the meaning of a table
 * from its elements; their roles give it back.
 */
export function RowTable<Row>({ label, columns, rows, rowKey, isStruck }: Props<Row>) {
  const [most, setMost] = useState(shownAtFirst);
  return (
    <>
      <Table className="row-table" aria-label={label} role="table">
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {columns.map((column) => (
              <Table.Th key={column.label} role="columnheader" className={classOf(column)}>
                {column.isActions ? <span className="for-screen-readers">{column.label}</span> : column.label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {rows.slice(0, most).map((row) => (
            <Table.Tr key={rowKey(row)} role="row" className={isStruck?.(row) ? 'struck' : ''}>
              {columns.map((column) => (
                <Table.Td key={column.label} role="cell" className={classOf(column)} data-label={column.label}>
                  <div>{column.show(row)}</div>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > most && (
        <Button variant="subtle" m="xs" onClick={() => setMost(most + 200)}>
          Show more ({(rows.length - most).toLocaleString()} left)
        </Button>
      )}
    </>
  );
}

function classOf<Row>({ isActions, isFigure }: RowColumn<Row>): string {
  if (isActions) return 'actions';
  return isFigure ? 'figure' : '';
}
