import { quantile } from '../../charts/quantile.ts';

/** Above which share of the counts a step begins. */
const shares = [0.2, 0.4, 0.6, 0.8];

/**
 * The least value of each step of a scale for these counts: 1, and then the round numbers (1, 2 or 5 and zeros) that are nearest to a fifth,
 * two, three and four fifths of the way through the counts that are not 0. Counts of regions differ a thousandfold: steps of one length
 * would leave all but the greatest in one shade. At most five; empty where there is nothing.
 */
export function scaleBounds(counts: readonly number[]): readonly number[] {
  const known = counts.filter((count) => count > 0);
  const most = Math.max(0, ...known);
  if (most === 0) return [];
  const bounds = shares.map((share) => nearestRound(quantile(known, share) ?? 1)).filter((bound) => bound <= most);
  return [...new Set([1, ...bounds])];
}

/** Nearest by ratio, not by distance. */
function nearestRound(count: number): number {
  const ten = 10 ** Math.floor(Math.log10(count));
  const distance = (round: number) => Math.abs(Math.log(round / count));
  return [ten, 2 * ten, 5 * ten, 10 * ten].reduce((best, round) => (distance(round) < distance(best) ? round : best));
}

/** The step of a count, from 1; 0 is nothing. */
export const stepOf = (count: number, bounds: readonly number[]): number =>
  bounds.filter((bound) => bound <= count).length;
