import type { FigureName } from '../../api/report.ts';
import { figureOf, previousOf, type ReportRow } from '../../api/rows.ts';
import { FigureTile } from '../../parts/figure-tile.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { ValueTile } from '../../parts/value-tile.tsx';
import { useAddress } from '../../state/filters.ts';
import type { PageParameters } from './chosen-page.ts';
import type { Totals } from './totals.ts';

interface Props {
  readonly totals: Totals;
  readonly parameters: PageParameters;
}

/** The figures of all the days; each leads to its calls. */
export function PerformanceTiles({ totals, parameters }: Props) {
  const address = useAddress();
  const row = totals.data?.rows[0];
  if (totals.isLoadingError) return <ErrorState error={totals.error} onRetry={() => totals.refetch()} />;
  if (row === undefined) return <LoadingState height={88} />;
  const compares = row.previous !== undefined;
  const tile = (figure: FigureName, own: Readonly<Record<string, string>> = {}) => (
    <FigureTile
      key={figure}
      figure={figure}
      value={figureOf(row, figure)}
      {...(compares ? { previous: previousOf(row, figure) } : {})}
      href={address('/calls', { ...parameters, ...own })}
    />
  );
  const p95 = figureOf(row, 'page_load_p95');
  return (
    <div className={totals.isPlaceholderData ? 'tiles stale' : 'tiles'}>
      {tile('js_errors', { error: 'js' })}
      {tile('fetch_errors', { error: 'fetch' })}
      {tile('average_page_load')}
      {tile('page_load_p95', p95 === null ? {} : { slower_than: `${p95}` })}
      {tile('page_loads')}
      <ValueTile
        label="Cache hits"
        hint="Share of page loads that a cache answered."
        unit="percent"
        more="good"
        value={hitsOf(row, figureOf)}
        previous={compares ? hitsOf(row, previousOf) : undefined}
        href={address('/calls', parameters)}
      />
    </div>
  );
}

/** Percent; null without loads. */
function hitsOf(row: ReportRow, read: typeof figureOf): number | null {
  const [hits, loads] = [read(row, 'cached_page_loads'), read(row, 'page_loads')];
  return hits === null || loads === null || loads === 0 ? null : (100 * hits) / loads;
}
