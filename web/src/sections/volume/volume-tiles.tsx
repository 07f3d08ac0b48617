import { Paper, Text } from '@mantine/core';
import { type FigureName, figureOf, previousOf, useReport } from '../../api/report.ts';
import { printFigure } from '../../format/numbers.ts';
import { daysOfBucket, printSpan, printWholeBucket } from '../../format/times.ts';
import { FigureTile } from '../../parts/figure-tile.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { Link } from '../../router/link.tsx';
import { type Filters, useAddress, useFilters } from '../../state/filters.ts';
import { type Busiest, busiestOf, callsAtOnce } from './busiest.ts';

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
  const buckets = useReport({ metrics: load, period, compares: false }, { isLive: false });
  const failed = sums.isError ? sums : buckets;
  if (failed.isError) return <ErrorState error={failed.error} onRetry={() => failed.refetch()} />;
  if (sums.data === undefined || buckets.data === undefined) return <LoadingState height={110} />;
  const [row] = sums.data.rows;
  const { previous } = sums.data;
  const minutes = period === 'hour' ? 60 : 1440;
  const dense = busiestOf(buckets.data.rows, 'call_minutes');
  return (
    <div className="tiles">
      {tiles.map(({ figure, outcome }) => (
        <FigureTile
          key={figure}
          figure={figure}
          value={figureOf(row, figure)}
          href={address('/calls', { outcome })}
          {...(previous === null ? {} : { previous: previousOf(row, figure), against: `in ${printSpan(previous)}` })}
        />
      ))}
      <BusiestTile
        label={`Busiest ${period}`}
        hint={`The ${period} in which the most calls started`}
        busiest={busiestOf(buckets.data.rows, 'calls')}
        print={(value) => `${printFigure(value, 'count')} calls`}
        period={period}
        filters={filters}
      />
      <BusiestTile
        label="Most calls at once"
        hint={`Call minutes of the ${period} with the most of them, divided by its minutes; a call counts where it started`}
        busiest={dense}
        print={(value) => `${printFigure(callsAtOnce(value, minutes), 'ratio')} on average`}
        period={period}
        filters={filters}
      />
    </div>
  );
}

interface BusiestProps {
  readonly label: string;
  readonly hint: string;
  readonly busiest: Busiest | null;
  readonly print: (value: number) => string;
  readonly period: 'hour' | 'day';
  readonly filters: Filters;
}

function BusiestTile({ label, hint, busiest, print, period, filters }: BusiestProps) {
  const address = useAddress();
  const own = busiest === null ? {} : spanOf(busiest.start, { period, filters });
  return (
    <Paper withBorder className="tile" component={Link} href={address('/calls', own)} title={hint}>
      <Text size="xs" c="dimmed" fw={500}>
        {label}
      </Text>
      <div className="tile-value">{busiest === null ? '–' : print(busiest.value)}</div>
      {busiest !== null && (
        <Text size="xs" c="dimmed">
          {printWholeBucket(busiest.start, period, filters.timeZone)}
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
