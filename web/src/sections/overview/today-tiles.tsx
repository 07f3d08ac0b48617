import { Group, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { type FigureName, figureOf, type Question, type ReportRow, useReport } from '../../api/report.ts';
import { figureTexts } from '../../format/figures.ts';
import { changeOf, printFigure } from '../../format/numbers.ts';
import { printClock, printDay, printSpan, printWeekday } from '../../format/times.ts';
import { Change } from '../../parts/change.tsx';
import { FigureTile } from '../../parts/figure-tile.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { addDays } from '../../state/days.ts';
import { type Filters, useAddress, useFilters } from '../../state/filters.ts';
import { useNow } from '../../state/now.ts';
import { presets } from '../../state/ranges.ts';
import { figureOver, hourFigures, isTellable, splitToday, type TodayHours } from './today.ts';

/** Figures that are known of whole days only: percentiles and distinct callers are no sums of hours. */
const dayFigures = ['page_load_p95', 'callers'] as const;
const tiles = [
  { figure: 'calls', path: '/volume' },
  { figure: 'call_minutes', path: '/volume' },
  { figure: 'average_call_length', path: '/volume' },
  { figure: 'transfer_rate', path: '/volume' },
  { figure: 'js_errors', path: '/performance' },
  { figure: 'fetch_errors', path: '/performance' },
  { figure: 'page_load_p95', path: '/performance' },
  { figure: 'callers', path: '/callers' },
] as const;

/** Today so far against the same hours a week ago, above the course of the chosen days. */
export function TodayTiles() {
  const filters = useFilters();
  const nowMs = useNow();
  const { today, timeZone } = filters;
  const span = { start: addDays(today, -7), end: today };
  const hours = useReport({ metrics: hourFigures, period: 'hour', span, compares: false });
  const days = useReport({ metrics: dayFigures, period: 'day', span, compares: false });
  const trend = useTrend(filters);
  const split = useMemo(() => splitToday(hours.data?.rows ?? [], today, nowMs), [hours.data, today, nowMs]);
  const report = hours.isLoadingError ? hours : days;
  if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
  return (
    <section aria-label="Today so far">
      <TodayHead filters={filters} until={split.wholeUntilMs} nowMs={nowMs} />
      {hours.data === undefined || days.data === undefined ? (
        <LoadingState height={248} />
      ) : (
        <div className="tiles today-tiles">
          {tiles.map(({ figure, path }) => (
            <TodayTile
              key={figure}
              figure={figure}
              path={path}
              hours={split}
              days={days.data.rows}
              trend={trend(figure)}
              until={split.wholeUntilMs === null ? null : printClock(split.wholeUntilMs, timeZone)}
              weekday={printWeekday(today)}
            />
          ))}
        </div>
      )}
    </section>
  );
}

interface HeadProps {
  readonly filters: Filters;
  readonly until: number | null;
  readonly nowMs: number;
}

function TodayHead({ filters, until, nowMs }: HeadProps) {
  const { preset, today, timeZone, period } = filters;
  const chosen = preset === null ? printSpan(filters) : presets[preset].label.toLowerCase();
  const weekday = printWeekday(today);
  return (
    <Group className="day-head" justify="space-between" align="baseline" gap="xs">
      <Title order={2}>Today so far</Title>
      <Text size="xs" c="dimmed">
        {printDay(today)}, until {printClock(nowMs, timeZone)}.{' '}
        {until === null
          ? `Compared with ${weekday} last week as soon as an hour is over.`
          : `Changes compare midnight to ${printClock(until, timeZone)} with the same hours of ${weekday} last week.`}{' '}
        Small lines: {chosen}, by {period}.
      </Text>
    </Group>
  );
}

interface TileProps {
  readonly figure: (typeof tiles)[number]['figure'];
  readonly path: string;
  readonly hours: TodayHours;
  /** Eight days, the last of them today. */
  readonly days: readonly ReportRow[];
  readonly trend: readonly (number | null)[] | undefined;
  /** The clock when the last whole hour ended. */
  readonly until: string | null;
  readonly weekday: string;
}

function TodayTile({ figure, path, hours, days, trend, until, weekday }: TileProps) {
  const address = useAddress();
  const { unit, more } = figureTexts[figure];
  const href = address(path);
  const line = trend === undefined ? {} : { trend };
  if (figure === 'page_load_p95' || figure === 'callers') {
    const before = figureOf(days[0], figure);
    const note = `${printFigure(before, unit)} on the whole ${weekday} last week`;
    return <FigureTile figure={figure} value={figureOf(days.at(-1), figure)} note={note} href={href} {...line} />;
  }
  const [now, before] = [figureOver(hours.whole, figure), figureOver(hours.weekBefore, figure)];
  const change = isTellable(hours, figure) ? changeOf(now, before, unit) : null;
  const note =
    until === null ? (
      'No whole hour yet'
    ) : (
      <span title={`From midnight to ${until}, today and on ${weekday} last week`}>
        {change !== null && (
          <>
            <Change percent={change} more={more} /> ·{' '}
          </>
        )}
        {printFigure(now, unit)} vs {printFigure(before, unit)}
      </span>
    );
  return <FigureTile figure={figure} value={figureOver(hours.soFar, figure)} note={note} href={href} {...line} />;
}

/** The course of each figure over the chosen days. Callers are not known by hour. */
function useTrend(filters: Filters): (figure: FigureName) => readonly (number | null)[] | undefined {
  const isByHour = filters.period === 'hour';
  const question: Question = { metrics: isByHour ? trendByHour : trendByDay, period: 'page', compares: false };
  const rows = useReport(question).data?.rows;
  return (figure) =>
    rows === undefined || (isByHour && figure === 'callers') ? undefined : rows.map((row) => figureOf(row, figure));
}

const trendByHour: readonly FigureName[] = [...hourFigures, 'page_load_p95'];
const trendByDay: readonly FigureName[] = [...trendByHour, 'callers'];
