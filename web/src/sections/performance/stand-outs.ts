import { quantile } from '../../charts/quantile.ts';
import { type Day, weekdayOf } from '../../state/days.ts';

export interface DayCount {
  readonly day: Day;
  readonly count: number;
}

/** A day with far more than its weekday usually has. */
export interface StandOut extends DayCount {
  /** Lower and upper quartile of the same weekdays: half of them lie between. */
  readonly usual: readonly [number, number];
}

/** Other days of a weekday without which nothing can be called usual. */
const leastPeers = 3;

/** How many spreads above the usual. */
const strictness = 5;

/** Makes the median deviation comparable with a standard deviation: 1 / Φ⁻¹(¾), as for normally distributed counts. */
const deviationScale = 1.4826;

/**
 * Days that stand out: whose count is at least `m + 5 × max(1.4826 × d, √max(m, 1))`, where `m` is the median of the counts of the same
 * weekdays (without the day itself, at least three), and `d` the median of their distances from `m`.
 *
 * Medians, so that another bad day among the weekdays hides nothing. The root is how far counts of that size scatter by chance (Poisson), so
 * that quiet days with hardly any errors raise no alarm: where there are usually none, five do.
 */
export function standOuts(days: readonly DayCount[]): readonly StandOut[] {
  const byWeekday = Map.groupBy(days, ({ day }) => weekdayOf(day));
  return days.flatMap(({ day, count }): StandOut[] => {
    const peers = (byWeekday.get(weekdayOf(day)) ?? []).filter((peer) => peer.day !== day).map((peer) => peer.count);
    if (peers.length < leastPeers || count < limitOf(peers)) return [];
    return [{ day, count, usual: [roundedQuantile(peers, 0.25), roundedQuantile(peers, 0.75)] }];
  });
}

const roundedQuantile = (counts: readonly number[], share: number): number => Math.round(quantile(counts, share) ?? 0);
const medianOf = (counts: readonly number[]): number => quantile(counts, 0.5) ?? 0;

function limitOf(peers: readonly number[]): number {
  const median = medianOf(peers);
  const deviation = medianOf(peers.map((peer) => Math.abs(peer - median)));
  return median + strictness * Math.max(deviationScale * deviation, Math.sqrt(Math.max(median, 1)));
}
