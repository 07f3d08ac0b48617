import { type ReactNode, useMemo } from 'react';
import { type Column, DataTable, tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useAddress } from '../../state/filters.ts';
import { callsMoving, keyOf, type Move, type nodeNames } from './moves.ts';

/** The moves of an application, and how they are named. */
export interface Shown {
  readonly moves: readonly Move[];
  /** Moves of all links, also of those that are not listed. */
  readonly total: number;
  readonly name: ReturnType<typeof nodeNames>;
  readonly application: string;
  readonly csv: string;
  /** What is shown while the moves are not there; null when they are. */
  readonly state: ReactNode;
}

/** Every move with its shares: the graph for the keyboard, for screen readers and for narrow screens. */
export function MovesPanel({ moves, name, application, csv, state }: Shown) {
  const columns = useMemo(() => movesColumns(moves, name), [moves, name]);
  return (
    <Panel
      title="Moves"
      hint="From one form item to the next; each row leads to the calls that went so."
      csv={csv}
      copyText={() => tableText(columns, moves)}
    >
      {({ isLarge }) =>
        state ?? (
          <MovesTable
            moves={moves}
            name={name}
            application={application}
            maxHeight={isLarge ? 'none' : 560}
            most={isLarge ? 100 : 10}
          />
        )
      }
    </Panel>
  );
}

interface TableProps extends Pick<Shown, 'moves' | 'name' | 'application'> {
  readonly maxHeight?: number | string;
  readonly most?: number;
}

export function MovesTable({ moves, name, application, maxHeight = 'none', most = 50 }: TableProps) {
  const address = useAddress();
  const columns = useMemo(() => movesColumns(moves, name), [moves, name]);
  return (
    <DataTable
      label="Table of moves"
      columns={columns}
      rows={moves}
      rowKey={({ from, to }) => `${keyOf(from)} ${keyOf(to)}`}
      href={(move) => address('/calls', { application, ...callsMoving(move) })}
      sortedBy="moves"
      maxHeight={maxHeight}
      most={most}
    />
  );
}

type Name = ReturnType<typeof nodeNames>;

export function movesColumns(moves: readonly Move[], name: Name): readonly Column<Move>[] {
  const leaving = totals(moves, 'from');
  const arriving = totals(moves, 'to');
  const shareIn = (all: ReadonlyMap<string, number>, key: string, count: number) =>
    (100 * count) / (all.get(key) ?? count);
  return [
    { name: 'from', label: 'From', value: ({ from }) => name(from) },
    { name: 'to', label: 'To', value: ({ to }) => name(to) },
    { name: 'moves', label: 'Moves', unit: 'count', value: ({ count }) => count },
    {
      name: 'leaving',
      label: 'Of leaving',
      unit: 'percent',
      hint: 'Share of all that leave the first form item',
      value: ({ from, count }) => shareIn(leaving, keyOf(from), count),
    },
    {
      name: 'arriving',
      label: 'Of coming',
      unit: 'percent',
      hint: 'Share of all that come to the second one',
      value: ({ to, count }) => shareIn(arriving, keyOf(to), count),
    },
  ];
}

function totals(moves: readonly Move[], side: 'from' | 'to'): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const move of moves) sums.set(keyOf(move[side]), (sums.get(keyOf(move[side])) ?? 0) + move.count);
  return sums;
}
