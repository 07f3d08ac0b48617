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
    return [{ day, count, usual: [Math.round(quantile(peers, 0.25)), Math.round(quantile(peers, 0.75))] }];
  });
}

function limitOf(peers: readonly number[]): number {
  const median = quantile(peers, 0.5);
  const deviation = quantile(
    peers.map((peer) => Math.abs(peer - median)),
    0.5,
  );
  return median + strictness * Math.max(deviationScale * deviation, Math.sqrt(Math.max(median, 1)));
}

/** Between two values it lies in proportion; there must be at least one. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? 0;
  return below + (above - below) * (position - Math.floor(position));
}
