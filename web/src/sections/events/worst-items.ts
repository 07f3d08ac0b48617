import { figureOf, type ReportRow } from '../../api/rows.ts';
import { type OutcomeName, shareOf } from './outcomes.ts';

/** By what form items can be called the worst; the first is the usual one. */
export const worstChoices = {
  unanswered: { label: 'No match or no input', names: ['nomatch', 'noinput'] },
  nomatch: { label: 'No match', names: ['nomatch'] },
  noinput: { label: 'No input', names: ['noinput'] },
  disconnect: { label: 'Hung up', names: ['disconnect'] },
} as const satisfies Record<string, { readonly label: string; readonly names: readonly OutcomeName[] }>;

export type WorstChoice = keyof typeof worstChoices;

export const worstChoiceNames: readonly WorstChoice[] = ['unanswered', 'nomatch', 'noinput', 'disconnect'];

/** A rate of fewer visits says little: how many there must be. */
export const leastVisitChoices = [10, 50, 200, 1000] as const;
export const usualLeastVisits = 50;

/** Form items with at least so many visits, the one with the greatest share of the outcomes first; those without any are left out. */
export function worstItems(
  rows: readonly ReportRow[],
  { choice, leastVisits }: { readonly choice: WorstChoice; readonly leastVisits: number },
): readonly ReportRow[] {
  const share = (row: ReportRow) => shareOf(row, worstChoices[choice].names) ?? 0;
  return rows
    .filter((row) => (figureOf(row, 'visits') ?? 0) >= leastVisits && share(row) > 0)
    .sort(
      (one, other) => share(other) - share(one) || (figureOf(other, 'visits') ?? 0) - (figureOf(one, 'visits') ?? 0),
    );
}
