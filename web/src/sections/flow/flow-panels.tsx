import { NativeSelect, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useMemo } from 'react';
import { figureOf, type Question, reportAddress, useReport } from '../../api/report.ts';
import { printFigure } from '../../format/numbers.ts';
import { tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { changeQuery, navigate, useParameter } from '../../router/location.ts';
import { useAddress, useFilters } from '../../state/filters.ts';
import { Diagram } from './diagram.tsx';
import { type FlowGraph, flowGraph, sumOf } from './graph.ts';
import { useItemVisits } from './item-visits.ts';
import { type Move, movesOf, nodeNames } from './moves.ts';
import { MovesPanel, MovesTable, movesColumns, type Shown } from './moves-panel.tsx';
import { type Spot, share, spotsOf } from './spots.ts';

const linkChoices = ['10', '20', '40', '80', 'all'] as const;
const usualLinks = '40';
/** Most groups of a report: see docs/reports-api.md. */
const mostRows = 1000;

interface Props {
  readonly application: string;
  /** What stands beside the table of moves. */
  readonly children: ReactNode;
}

/** The moves of an application's calls as a graph, where there is room for one, and as a table. */
export function FlowPanels({ application, children }: Props) {
  const isNarrow = useMediaQuery('(max-width: 760px)') ?? false;
  const question: Question = { metrics: ['moves'], by: 'link', application, limit: mostRows, compares: false };
  const report = useReport(question, { isCalm: true });
  const all = useReport({ metrics: ['moves'], application, compares: false }, { isCalm: true });
  const moves = useMemo(() => movesOf(report.data?.rows ?? []), [report.data]);
  const total = Math.max(sumOf(moves), figureOf(all.data?.rows[0], 'moves') ?? 0);
  const name = useMemo(() => nodeNames(moves.flatMap(({ from, to }) => [from, to])), [moves]);
  const csv = reportAddress(useFilters(), question, 'csv');
  const shown = { moves, total, name, application, csv };
  const failed = report.isLoadingError ? <ErrorState error={report.error} onRetry={() => report.refetch()} /> : null;
  const state = failed ?? (report.data === undefined ? <LoadingState height={480} /> : null);
  return (
    <>
      {!isNarrow && (
        <div className="wide">
          <FlowPanel {...shown} state={state} />
        </div>
      )}
      {children}
      <MovesPanel {...shown} state={state} />
    </>
  );
}

const hint =
  'From the start of calls to how they ended. Moves back to an earlier form item run dashed below; repeats of a form item are no moves.';

function FlowPanel({ moves, total, name, application, csv, state }: Shown) {
  const address = useAddress();
  const items = useItemVisits(application);
  const asked = useParameter('links');
  const chosen = linkChoices.find((choice) => choice === asked) ?? usualLinks;
  const graph = useMemo(() => flowGraph(moves, chosen === 'all' ? moves.length : Number(chosen)), [moves, chosen]);
  const spots = useMemo(() => spotsOf(graph, { name, items }), [graph, name, items]);
  const more = linkChoices[linkChoices.indexOf(chosen) + 1] ?? 'all';
  const open = ({ calls }: Spot) =>
    calls === null ? changeQuery({ links: more }) : navigate(address('/calls', { application, ...calls }));
  return (
    <Panel
      title="Path of calls"
      hint={hint}
      csv={csv}
      copyText={() => tableText(movesColumns(moves, name), moves)}
      controls={<LinkChoice chosen={chosen} />}
      table={() => <MovesTable moves={moves} name={name} application={application} />}
    >
      {({ isLarge }) => {
        if (state !== null) return state;
        if (moves.length === 0)
          return <NothingState height={320}>No calls of {application} in these days.</NothingState>;
        return (
          <>
            <WhatIsDrawn graph={graph} moves={moves} total={total} />
            <Diagram
              graph={graph}
              spots={spots}
              name={name}
              height={heightOf(graph, isLarge)}
              label={`Path of calls of ${application}; the table of moves has the same figures`}
              onOpen={open}
            />
          </>
        );
      }}
    </Panel>
  );
}

const [leastHeight, mostHeight, heightOfNode] = [420, 1000, 40];

/** As much as the fullest column needs. */
function heightOf({ nodes }: FlowGraph, isLarge: boolean): number {
  const columns = Map.groupBy(nodes, ({ layer }) => layer);
  const fullest = Math.max(...Array.from(columns.values(), (column) => column.length));
  return Math.min(mostHeight, Math.max(isLarge ? globalThis.innerHeight * 0.6 : leastHeight, fullest * heightOfNode));
}

function LinkChoice({ chosen }: { readonly chosen: string }) {
  return (
    <NativeSelect
      aria-label="Moves that are drawn by themselves"
      data={linkChoices.map((value) => ({ value, label: value === 'all' ? 'All moves' : `${value} most frequent` }))}
      value={chosen}
      onChange={({ currentTarget: { value } }) => changeQuery({ links: value === usualLinks ? null : value })}
      size="xs"
      w={170}
      mr={4}
    />
  );
}

interface DrawnProps {
  readonly graph: FlowGraph;
  readonly moves: readonly Move[];
  readonly total: number;
}

/** Says how much of all moves the graph shows, and where the rest is. */
function WhatIsDrawn({ graph: { bundled, undrawnMoves }, moves, total }: DrawnProps) {
  const listed = sumOf(moves);
  const count = (value: number) => printFigure(value, 'count');
  return (
    <Text size="xs" c="dimmed" mb={4}>
      {count(moves.length - bundled.links)} of {count(moves.length)} links are drawn, with{' '}
      {share(listed - bundled.moves, total)} of {count(total)} moves.
      {bundled.links > 0 &&
        ` The other ${count(bundled.links)} (${count(bundled.moves)} moves) run together as “Other moves”; the table below has each.`}
      {undrawnMoves > 0 && ` ${count(undrawnMoves)} of those leave form items that are not drawn.`}
      {total > listed && ` ${count(total - listed)} moves are over links too rare to be listed.`}
    </Text>
  );
}
