import { Group, Text, Title } from '@mantine/core';
import { figureOf, previousOf, type ReportAnswer, textOf } from '../../api/report.ts';
import { shortApplication } from '../../format/applications.ts';
import { changeOf, printFigure } from '../../format/numbers.ts';
import { printPhone } from '../../format/phones.ts';
import { printSpan } from '../../format/times.ts';
import { Change } from '../../parts/change.tsx';
import { ChartPanel } from '../../parts/chart-panel.tsx';
import { useFilters } from '../../state/filters.ts';
import { presets } from '../../state/ranges.ts';
import { ChangesPanel } from './changes-panel.tsx';
import './overview.css';
import { TodayTiles } from './today-tiles.tsx';
import { TopPanel } from './top-panel.tsx';
import { WeekPanel } from './week-panel.tsx';

const calls = { metrics: ['calls'] } as const;

/** The page for every morning: how today goes, and what the chosen days were like. */
export function Overview() {
  return (
    <>
      <TodayTiles />
      <ChosenDaysHead />
      <div className="panels">
        <div className="seven">
          <ChartPanel
            title="Calls over time"
            question={calls}
            height={300}
            summary={(answer) => <Sum answer={answer} />}
          />
        </div>
        <div className="five">
          <ChangesPanel />
        </div>
        <div className="seven">
          <WeekPanel />
        </div>
        <div className="five">
          <TopPanel
            title="Top pages"
            hint="By page loads"
            by="page"
            figure="page_loads"
            keys={['page', 'application']}
            keyLabel="Page"
            detail={(row) => shortApplication(textOf(row, 'application'))}
          />
        </div>
        <TopPanel
          title="Top numbers"
          by="number"
          figure="calls"
          keys={['number']}
          keyLabel="Number"
          print={printPhone}
        />
        <TopPanel
          title="Top applications"
          by="application"
          figure="calls"
          keys={['application']}
          keyLabel="Application"
          print={shortApplication}
        />
      </div>
    </>
  );
}

function ChosenDaysHead() {
  const filters = useFilters();
  const { preset, timeZone } = filters;
  return (
    <Group className="day-head" justify="space-between" align="baseline" gap="xs">
      <Title order={2}>{preset === null ? 'The chosen days' : presets[preset].label}</Title>
      <Text size="xs" c="dimmed">
        {printSpan(filters)}, days of {timeZone}
      </Text>
    </Group>
  );
}

/** Calls of all the chosen days, and what they were before where that is asked for. */
function Sum({ answer: { rows, previous } }: { readonly answer: ReportAnswer }) {
  const sum = rows.reduce((total, row) => total + (figureOf(row, 'calls') ?? 0), 0);
  const before = rows.reduce((total, row) => total + (previousOf(row, 'calls') ?? 0), 0);
  const change = changeOf(sum, before, 'count');
  return (
    <Text size="sm" px={14}>
      <strong>{printFigure(sum, 'count')}</strong> calls
      {previous !== null && (
        <>
          {' '}
          {change !== null && <Change percent={change} more="neutral" />} vs {printFigure(before, 'count')} in{' '}
          {printSpan(previous)}
        </>
      )}
    </Text>
  );
}
