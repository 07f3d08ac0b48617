import { Paper } from '@mantine/core';
import { printFigure } from '../../format/numbers.ts';
import { printDay } from '../../format/times.ts';
import { WarningIcon } from '../../parts/icons.tsx';
import { Link } from '../../router/link.tsx';
import { useAddress, useFilters } from '../../state/filters.ts';
import { useChosenPage } from './chosen-page.ts';
import { type ErrorDay, usualText } from './use-stand-outs.ts';

/** Sentences that are shown; the graphs mark all of the days. */
const mostSentences = 3;

const nouns = { js: 'script errors', fetch: 'fetch errors' } as const;

/** Days on which something went wrong, each in a sentence that leads to it. */
export function StandOutDays({ days }: { readonly days: readonly ErrorDay[] }) {
  const address = useAddress();
  const filters = useFilters();
  const { parameters } = useChosenPage();
  if (days.length === 0) return null;
  const only = (day: string) => ({ range: null, start: day, end: day, period: null, ...parameters });
  const rest = days.length - mostSentences;
  return (
    <Paper withBorder component="section" className="stand-outs" aria-label="Days that stand out">
      <ul>
        {days.slice(0, mostSentences).map((each) => (
          <li key={`${each.kind} ${each.day}`}>
            <WarningIcon size={16} />
            <div>
              {printDay(each.day)}:{' '}
              <strong>
                {printFigure(each.count, 'count')} {nouns[each.kind]}
              </strong>
              , {usualText(each)}
              {filters.start !== filters.end && (
                <Link href={address('/performance', only(each.day))}>Look at this day</Link>
              )}
              <Link href={address('/calls', { ...only(each.day), error: each.kind })}>Its calls</Link>
            </div>
          </li>
        ))}
      </ul>
      <p>
        {rest > 0 && `And ${rest} more, marked in the graphs. `}
        Usual is what the same weekdays had, of these days and of the four weeks before them.
      </p>
    </Paper>
  );
}
