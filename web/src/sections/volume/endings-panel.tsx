import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useReport } from '../../api/report.ts';
import { csvAddress, printCsv } from '../../format/csv.ts';
import { type Column, DataTable, tableText } from '../../parts/data-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { useAddress } from '../../state/filters.ts';
import { type Ending, endingsOf } from './endings.ts';

const title = 'How calls ended';
const question = { metrics: ['moves'], by: 'link', limit: 1000 } as const;

/** Calls by the reason of their end. It is known for all of the chosen days together. */
export function EndingsPanel() {
  const address = useAddress();
  const report = useReport(question, { isCalm: true });
  const endings = useMemo(() => endingsOf(report.data?.rows ?? []), [report.data]);
  const columns = useMemo(() => columnsOf(endings), [endings]);
  const lines = () => [
    columns.map(({ name }) => name),
    ...endings.map((row) => columns.map(({ value }) => value(row))),
  ];
  const content = (isLarge: boolean) => {
    if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
    if (report.data === undefined) return <LoadingState height={200} />;
    return (
      <>
        <DataTable
          label={title}
          columns={columns}
          rows={endings}
          rowKey={({ reason }) => reason}
          href={({ reason }) => address('/calls', { outcome: reason })}
          sortedBy="calls"
          maxHeight={isLarge ? 'none' : 360}
        />
        {report.data.next !== null && (
          <Text size="xs" c="dimmed" mt="xs">
            Counted over the 1,000 most used ways through the applications; choose fewer days or numbers for all.
          </Text>
        )}
      </>
    );
  };
  return (
    <Panel
      title={title}
      hint="Calls that have ended, by the reason of their end."
      copyText={() => tableText(columns, endings)}
      csv={csvAddress(printCsv(lines()))}
      isStale={report.isPlaceholderData}
    >
      {({ isLarge }) => content(isLarge)}
    </Panel>
  );
}

function columnsOf(endings: readonly Ending[]): readonly Column<Ending>[] {
  const all = endings.reduce((sum, { calls }) => sum + calls, 0);
  const most = Math.max(0, ...endings.map(({ calls }) => calls));
  const compares = endings.some(({ previous }) => previous !== null);
  return [
    { name: 'reason', label: 'Reason', value: ({ reason }) => reason, show: ({ label }) => label },
    {
      name: 'calls',
      label: 'Calls',
      unit: 'count',
      value: ({ calls }) => calls,
      show: ({ calls }) => <ShareBar value={calls} most={most} unit="count" />,
    },
    { name: 'share', label: 'Share', unit: 'percent', value: ({ calls }) => (100 * calls) / all },
    ...(compares
      ? [
          {
            name: 'previous.calls',
            label: 'Calls, before',
            unit: 'count' as const,
            value: ({ previous }: Ending) => previous,
          },
        ]
      : []),
  ];
}
