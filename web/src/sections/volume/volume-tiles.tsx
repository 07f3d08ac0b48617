import { Paper, Text } from '@mantine/core';
import { type FigureName, figureOf, previousOf, type ReportRow, useReport } from '../../api/report.ts';
import { printFigure } from '../../format/numbers.ts';
import { daysOfBucket, printBucket, printWholeBucket } from '../../format/times.ts';
import { FigureTile } from '../../parts/figure-tile.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { Link } from '../../router/link.tsx';
import { type Filters, useAddress, useFilters } from '../../state/filters.ts';
import { busiestOf, callsAtOnce } from './busiest.ts';

const tiles = [
  { figure: 'calls', outcome: null },
  { figure: 'call_minutes', outcome: null },
  { figure: 'average_call_length', outcome: null },
  { figure: 'transfers', outcome: 'transfer' },
  { figure: 'transfer_rate', outcome: 'transfer' },
] as const;
const totals: readonly FigureName[] = tiles.map(({ figure }) => figure);
const load: readonly FigureName[] = ['calls', 'call_minutes'];

/** The chosen days in figures, and when they were busiest. */
export function VolumeTiles() {
  const filters = useFilters();
  const address = useAddress();
  const period = filters.possiblePeriods.includes('hour') ? 'hour' : 'day';
  const sums = useReport({ metrics: totals });
  const buckets = useReport({ metrics: load, period, compares: false }, { isCalm: true });
  const failed = sums.isLoadingError ? sums : buckets;
  if (failed.isLoadingError) return <ErrorState error={failed.error} onRetry={() => failed.refetch()} />;
  if (sums.data === undefined || buckets.data === undefined) return <LoadingState height={110} />;
  const [row] = sums.data.rows;
  const { previous } = sums.data;
  return (
    <div className={sums.isPlaceholderData ? 'tiles stale' : 'tiles'}>
      {tiles.map(({ figure, outcome }) => (
        <FigureTile
          key={figure}
          figure={figure}
          value={figureOf(row, figure)}
          href={address('/calls', { outcome })}
          {...(previous === null ? {} : { previous: previousOf(row, figure) })}
        />
      ))}
      <BusiestTile rows={buckets.data.rows} period={period} filters={filters} />
    </div>
  );
}

interface BusiestProps {
  readonly rows: readonly ReportRow[];
  readonly period: 'hour' | 'day';
  readonly filters: Filters;
}

/** When the most calls started, how many there were, and how many of them were up at once. */
function BusiestTile({ rows, period, filters }: BusiestProps) {
  const address = useAddress();
  const busiest = busiestOf(rows);
  const own = busiest === null ? {} : spanOf(busiest.start, { period, filters });
  return (
    <Paper
      withBorder
      className="tile"
      component={Link}
      href={address('/calls', own)}
      title={`The ${period} in which the most calls started. Calls at once: its call minutes divided by its minutes.`}
    >
      <Text size="xs" c="dimmed" fw={500}>
        Busiest {period}
      </Text>
      <div className="tile-value">{busiest === null ? '–' : `${printFigure(busiest.calls, 'count')} calls`}</div>
      {busiest !== null && (
        <Text size="xs" c="dimmed">
          <span title={printWholeBucket(busiest.start, period, filters.timeZone)}>
            {printBucket(busiest.start, period, filters.timeZone)}
          </span>{' '}
          · {printFigure(callsAtOnce(busiest.callMinutes, period === 'hour' ? 60 : 1440), 'ratio')} at once
        </Text>
      )}
    </Paper>
  );
}

/** The bucket, as the list of calls is asked for it. */
function spanOf(
  start: string,
  { period, filters }: { readonly period: 'hour' | 'day'; readonly filters: Filters },
): Readonly<Record<string, string | null>> {
  const days = { range: null, ...daysOfBucket(start, period, filters.end) };
  if (period === 'day') return days;
  return { ...days, from: start, until: new Date(Date.parse(start) + 3_600_000).toISOString() };
}
