import { type FigureName, type Question, useReport } from '../../api/report.ts';
import { figureOf, previousOf } from '../../api/rows.ts';
import { FigureTile } from '../../parts/figure-tile.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { ValueTile } from '../../parts/value-tile.tsx';
import { useAddress, useFilters } from '../../state/filters.ts';
import type { DaySpan } from '../../state/ranges.ts';
import { callsPerCaller } from './calls-per-caller.ts';
import { difference, lookBackDays, newCallers, spansToCount } from './new-callers.ts';
import { useDistinctCallers } from './use-distinct-callers.ts';

const metrics = ['callers', 'calls'] as const satisfies readonly FigureName[];
const question: Question = { metrics };

/** Figures of all the days together. */
export function CallerTiles() {
  const filters = useFilters();
  const address = useAddress();
  const totals = useReport(question);
  const row = totals.data?.rows[0];
  const fresh = useNewCallers({ start: filters.start, end: filters.end });
  const freshBefore = useNewCallers(totals.data?.previous ?? null);
  if (totals.isLoadingError) return <ErrorState error={totals.error} onRetry={() => totals.refetch()} />;
  if (row === undefined) return <LoadingState height={88} />;
  const compares = row.previous !== undefined;
  const callers = figureOf(row, 'callers');
  const callersBefore = compares ? previousOf(row, 'callers') : undefined;
  const href = address('/calls');
  return (
    <div className={totals.isPlaceholderData ? 'tiles stale' : 'tiles'}>
      <FigureTile
        figure="callers"
        value={callers}
        {...(callersBefore === undefined ? {} : { previous: callersBefore })}
        href={href}
      />
      <ValueTile
        label="New callers"
        hint={`Callers who had not called in the ${lookBackDays} days before.`}
        unit="count"
        more="neutral"
        value={fresh}
        previous={compares ? freshBefore : undefined}
        href={href}
      />
      <ValueTile
        label="Returning callers"
        hint={`Callers who had also called in the ${lookBackDays} days before.`}
        unit="count"
        more="neutral"
        value={difference(callers, fresh)}
        previous={callersBefore === undefined ? undefined : difference(callersBefore, freshBefore)}
        href={href}
      />
      <ValueTile
        label="Calls per caller"
        hint="Calls divided by different callers."
        unit="ratio"
        more="neutral"
        value={callsPerCaller(row, figureOf)}
        previous={compares ? callsPerCaller(row, previousOf) : undefined}
        href={href}
      />
    </div>
  );
}

/** New callers of all days of a span; null until they are known, and of no span. */
function useNewCallers(span: DaySpan | null): number | null {
  const { counts } = useDistinctCallers(span === null ? [] : spansToCount(span, [span.end]));
  return newCallers(counts)[0] ?? null;
}
