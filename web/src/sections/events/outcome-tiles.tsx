import { figureOf, previousOf, type Question, useReport } from '../../api/report.ts';
import { FigureTile } from '../../parts/figure-tile.tsx';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { ValueTile } from '../../parts/value-tile.tsx';
import { useAddress } from '../../state/filters.ts';
import { outcomes, shareOf, visitFigures } from './outcomes.ts';
import { parametersOf, type Selection } from './selection.ts';

/** Visits of the chosen form items, and the shares of how they ended; each leads to its calls. */
export function OutcomeTiles({ selection }: { readonly selection: Selection }) {
  const address = useAddress();
  const question: Question = { metrics: visitFigures, ...selection };
  const report = useReport(question);
  if (report.isLoadingError) return <ErrorState error={report.error} onRetry={() => report.refetch()} />;
  if (report.data === undefined) return <LoadingState height={84} />;
  const [row] = report.data.rows;
  const compares = report.data.previous !== null;
  const parameters = parametersOf(selection);
  return (
    <div className={report.isPlaceholderData ? 'tiles event-tiles stale' : 'tiles event-tiles'}>
      <FigureTile
        figure="visits"
        value={figureOf(row, 'visits')}
        href={address('/calls', parameters)}
        {...(compares ? { previous: previousOf(row, 'visits') } : {})}
      />
      {outcomes.map(({ name, label, more, hint }) => (
        <ValueTile
          key={name}
          label={label}
          hint={hint}
          unit="percent"
          more={more}
          value={shareOf(row, [name])}
          href={address('/calls', { ...parameters, item_outcome: name })}
          {...(compares ? { previous: shareOf(row, [name], previousOf) } : {})}
        />
      ))}
    </div>
  );
}
