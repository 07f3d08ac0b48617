import type { FigureName } from '../../api/report.ts';
import { figureOf, previousOf, type ReportRow } from '../../api/rows.ts';
import type { TimeSeries } from '../../charts/time-chart.tsx';

interface Outcome {
  /** As calls are asked for it: `item_outcome`. */
  readonly name: 'filled' | 'nomatch' | 'noinput' | 'transfer' | 'disconnect';
  readonly figure: FigureName;
  readonly label: string;
  readonly more: 'good' | 'bad' | 'neutral';
  /** What the share of it says. */
  readonly hint: string;
}

/** How a visit of a form item ends, in the order in which it is drawn. */
export const outcomes = [
  {
    name: 'filled',
    figure: 'visits_filled',
    label: 'Filled',
    more: 'good',
    hint: 'Share of visits that ended with an answer.',
  },
  {
    name: 'nomatch',
    figure: 'visits_nomatch',
    label: 'No match',
    more: 'bad',
    hint: 'Share of visits that ended with an answer that was not understood.',
  },
  {
    name: 'noinput',
    figure: 'visits_noinput',
    label: 'No input',
    more: 'bad',
    hint: 'Share of visits that ended without an answer.',
  },
  {
    name: 'transfer',
    figure: 'visits_transfer',
    label: 'Transferred',
    more: 'neutral',
    hint: 'Share of visits that ended with a transfer.',
  },
  {
    name: 'disconnect',
    figure: 'visits_disconnect',
    label: 'Hung up',
    more: 'bad',
    hint: 'Share of visits in which the caller hung up.',
  },
] as const satisfies readonly Outcome[];

export type OutcomeName = (typeof outcomes)[number]['name'];

export const outcomeFigures: readonly FigureName[] = outcomes.map(({ figure }) => figure);
export const visitFigures: readonly FigureName[] = ['visits', ...outcomeFigures];

type Read = (row: ReportRow | undefined, figure: FigureName) => number | null;

/** Percent of visits that ended in one of the ways; null without visits. */
export function shareOf(
  row: ReportRow | undefined,
  names: readonly OutcomeName[],
  read: Read = figureOf,
): number | null {
  const visits = read(row, 'visits') ?? 0;
  if (visits === 0) return null;
  const ended = outcomes
    .filter(({ name }) => names.includes(name))
    .reduce((sum, { figure }) => sum + (read(row, figure) ?? 0), 0);
  return (100 * ended) / visits;
}

const troubles = outcomes.map((outcome, place) => ({ ...outcome, place })).filter(({ more }) => more === 'bad');

/** Shares of visits that went wrong, as they are drawn over time, each as where all outcomes are drawn. */
export function troubleShares(rows: readonly ReportRow[]): readonly TimeSeries[] {
  const compares = rows[0]?.previous !== undefined;
  return troubles.map(({ name, label, place }) => ({
    name: label,
    place,
    unit: 'percent',
    values: rows.map((row) => shareOf(row, [name])),
    previous: compares ? rows.map((row) => shareOf(row, [name], previousOf)) : null,
  }));
}
