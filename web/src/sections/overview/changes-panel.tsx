import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { csvAddress, printCsv } from '../../format/csv.ts';
import { figureTexts } from '../../format/figures.ts';
import { printSpan } from '../../format/times.ts';
import { type Column, DataTable, tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { Link } from '../../router/link.tsx';
import { daysBetween } from '../../state/days.ts';
import { useAddress, useFilters } from '../../state/filters.ts';
import type { DaySpan } from '../../state/ranges.ts';
import { sentenceOf, subjectOf, targetOf } from './change-text.ts';
import { type Change, type ComparedRows, notableChanges } from './changes.ts';
import { useComparedRows } from './use-changes.ts';

const most = 8;

/** What is not as it was in the period before, in sentences that lead to what is behind them. */
export function ChangesPanel() {
  const filters = useFilters();
  const state = useComparedRows();
  const rows = state.kind === 'loaded' ? state.rows : null;
  const changes = useMemo(() => (rows === null ? [] : notableChanges(rows, most)), [rows]);
  const lines = () => [
    columns.map(({ name }) => name),
    ...changes.map((row) => columns.map(({ value }) => value(row))),
  ];
  const hint =
    state.kind === 'loaded'
      ? `${printSpan(filters)} against ${printSpan(state.previous)}, the least likely by chance first`
      : 'The chosen days against the period before';
  return (
    <Panel
      title="What changed most"
      hint={hint}
      copyText={() => tableText(columns, changes)}
      csv={csvAddress(printCsv(lines()))}
      table={({ isLarge }) => (
        <DataTable
          label="What changed most"
          columns={columns}
          rows={changes}
          rowKey={keyOf}
          maxHeight={isLarge ? 'none' : 360}
        />
      )}
    >
      {() => {
        if (state.kind === 'failed') return <ErrorState error={state.error} onRetry={state.retry} />;
        if (state.kind === 'loading') return <LoadingState height={280} />;
        return <ChangeList changes={changes} previous={state.previous} rows={state.rows} />;
      }}
    </Panel>
  );
}

const keyOf = ({ figure, group, names }: Change): string => [figure, group, ...Object.values(names)].join('\n');

const columns: readonly Column<Change>[] = [
  { name: 'what', label: 'What', value: (change) => subjectOf(change).name },
  { name: 'where', label: 'Where', value: (change) => subjectOf(change).place },
  { name: 'figure', label: 'Figure', value: ({ figure }) => figureTexts[figure].label },
  { name: 'now', label: 'Now', unit: 'ratio', value: ({ now }) => now.value, show: ({ now }) => now.value },
  { name: 'now_of', label: 'Of', unit: 'ratio', value: ({ now }) => now.of },
  {
    name: 'before',
    label: 'Before',
    unit: 'ratio',
    value: ({ before }) => before.value,
    show: ({ before }) => before.value,
  },
  { name: 'before_of', label: 'Of, before', unit: 'ratio', value: ({ before }) => before.of },
  {
    name: 'score',
    label: 'Standard errors',
    unit: 'ratio',
    hint: 'How far the two are apart, in units of what chance does',
    value: ({ score }) => Math.round(score * 100) / 100,
  },
];

interface ListProps {
  readonly changes: readonly Change[];
  readonly previous: DaySpan;
  readonly rows: ComparedRows;
}

function ChangeList({ changes, previous, rows }: ListProps) {
  const had = rows.all[0]?.previous?.['calls'] ?? 0;
  if (had === 0) return <NothingState>There were no calls in {printSpan(previous)} to compare with.</NothingState>;
  if (changes.length === 0) {
    return <NothingState>Nothing differs from the days before by more than chance would explain.</NothingState>;
  }
  return (
    <>
      <ol className="changes">
        {changes.map((change) => (
          <ChangeItem key={keyOf(change)} change={change} previous={previous} />
        ))}
      </ol>
      {changes.length < most && (
        <Text size="xs" c="dimmed" mt="xs">
          Nothing else differs by more than chance would explain.
        </Text>
      )}
    </>
  );
}

function ChangeItem({ change, previous }: { readonly change: Change; readonly previous: DaySpan }) {
  const address = useAddress();
  const { name, place } = subjectOf(change);
  const { path, own, isBefore } = targetOf(change);
  const isMore = change.score > 0;
  const { more } = figureTexts[change.figure];
  const tone = more === 'neutral' ? '' : isMore === (more === 'good') ? 'good' : 'bad';
  const days = isBefore ? { range: null, ...previous } : {};
  return (
    <li>
      <Link href={address(path, { ...own, ...days })} title={place}>
        <span className={`change-mark ${tone}`} role="img" aria-label={isMore ? 'More' : 'Fewer'}>
          {isMore ? '▲' : '▼'}
        </span>
        <span>
          <Text component="span" size="sm" fw={600} className="change-name">
            {name}
          </Text>{' '}
          <Text component="span" size="sm">
            {sentenceOf(change, daysBetween(previous.start, previous.end))}
          </Text>
          {place !== '' && (
            <Text component="span" size="xs" c="dimmed" className="change-place">
              {place}
            </Text>
          )}
        </span>
      </Link>
    </li>
  );
}
