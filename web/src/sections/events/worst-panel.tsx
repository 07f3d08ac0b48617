import { Group, NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { figureOf, type Question, type ReportRow, textOf, useReport } from '../../api/report.ts';
import { csvAddress, printCsv } from '../../format/csv.ts';
import { printFigure } from '../../format/numbers.ts';
import { type Column, DataTable, tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { ErrorState, LoadingState, NothingState } from '../../parts/states.tsx';
import { Link } from '../../router/link.tsx';
import { changeQuery, useParameter } from '../../router/location.ts';
import { useAddress } from '../../state/filters.ts';
import { outcomes, shareOf, visitFigures } from './outcomes.ts';
import { parametersOf, type Selection, selectionOf } from './selection.ts';
import {
  leastVisitChoices,
  usualLeastVisits,
  type WorstChoice,
  worstChoiceNames,
  worstChoices,
  worstItems,
} from './worst-items.ts';

const title = 'Where callers fail';

/** Form items whose visits go wrong most often. By what, and of how many visits at least, stands in the address. */
export function WorstPanel({ selection }: { readonly selection: Selection }) {
  const address = useAddress();
  const [named, least] = [useParameter('worst'), Number(useParameter('least'))];
  const choice = worstChoiceNames.find((each) => each === named) ?? 'unanswered';
  const leastVisits = leastVisitChoices.find((each) => each === least) ?? usualLeastVisits;
  const question: Question = { metrics: visitFigures, by: 'form_item', compares: false, limit: 1000, ...selection };
  const report = useReport(question, { isCalm: true });
  const rows = useMemo(
    () => worstItems(report.data?.rows ?? [], { choice, leastVisits }),
    [report.data, choice, leastVisits],
  );
  const columns = columnsOf({ choice, rows }, (row, outcome) =>
    address('/calls', { ...parametersOf(selectionOf(row)), item_outcome: outcome }),
  );
  const lines = () => [columns.map(({ name }) => name), ...rows.map((row) => columns.map(({ value }) => value(row)))];
  return (
    <Panel
      title={title}
      hint={`Form items of at least ${leastVisits} visits. A share leads to its calls.`}
      copyText={() => tableText(columns, rows)}
      csv={csvAddress(printCsv(lines()))}
      isStale={report.isPlaceholderData}
    >
      {({ isLarge }) => {
        if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
        if (report.data === undefined) return <LoadingState height={260} />;
        return (
          <>
            <WorstControls choice={choice} leastVisits={leastVisits} />
            {rows.length === 0 ? (
              <NothingState>No form item with so many visits fails so.</NothingState>
            ) : (
              <DataTable
                label={title}
                columns={columns}
                rows={rows}
                rowKey={(row) => Object.values(selectionOf(row)).join('\n')}
                href={(row) => address('/events', { ...selectionOf(row) })}
                sortedBy="share"
                most={isLarge ? 100 : 5}
                maxHeight={isLarge ? 'none' : 290}
              />
            )}
          </>
        );
      }}
    </Panel>
  );
}

function WorstControls({ choice, leastVisits }: { readonly choice: WorstChoice; readonly leastVisits: number }) {
  const set = (name: 'worst' | 'least', value: string, usual: string) =>
    changeQuery({ [name]: value === usual ? null : value }, { replace: true });
  return (
    <Group gap="xs" mb={4}>
      <NativeSelect
        aria-label="What goes wrong"
        size="xs"
        data={worstChoiceNames.map((value) => ({ value, label: worstChoices[value].label }))}
        value={choice}
        onChange={({ currentTarget }) => set('worst', currentTarget.value, 'unanswered')}
      />
      <NativeSelect
        aria-label="Least visits"
        size="xs"
        data={leastVisitChoices.map((visits) => ({ value: `${visits}`, label: `${visits} visits or more` }))}
        value={`${leastVisits}`}
        onChange={({ currentTarget }) => set('least', currentTarget.value, `${usualLeastVisits}`)}
      />
    </Group>
  );
}

interface Shown {
  readonly choice: WorstChoice;
  readonly rows: readonly ReportRow[];
}

type ToCalls = (row: ReportRow, outcome: string) => string;

function columnsOf({ choice, rows }: Shown, toCalls: ToCalls): readonly Column<ReportRow>[] {
  const { label, names } = worstChoices[choice];
  const parts = outcomes.filter(({ name }) => names.some((each) => each === name));
  const share = (row: ReportRow) => shareOf(row, names);
  const most = Math.max(0, ...rows.map((row) => share(row) ?? 0));
  return [
    {
      name: 'item',
      label: 'Form item',
      value: (row) => textOf(row, 'item'),
      show: (row) => (
        <>
          {textOf(row, 'item')}
          <span className="item-place below">{textOf(row, 'page')}</span>
        </>
      ),
    },
    { name: 'visits', label: 'Visits', unit: 'count', value: (row) => figureOf(row, 'visits') },
    {
      name: 'share',
      label: 'Share',
      hint: `${label}, of all visits`,
      unit: 'percent',
      value: share,
      show: (row) => <ShareBar value={share(row)} most={most} unit="percent" tone="bad" />,
    },
    ...parts.map(
      ({ name, label: part, figure }): Column<ReportRow> => ({
        name,
        label: parts.length === 1 ? 'Calls with it' : part,
        unit: 'count',
        hint: 'Visits that ended so; leads to their calls',
        value: (row) => figureOf(row, figure),
        show: (row) => <Link href={toCalls(row, name)}>{printFigure(figureOf(row, figure), 'count')}</Link>,
      }),
    ),
  ];
}
