/**
 * Histograms of page load times: integer counts in log-spaced bins, as in DDSketch
 * (Masson, Rim, Lee: DDSketch, VLDB 2019, https://www.vldb.org/pvldb/vol12/p2195-masson.pdf, section 2.1).
 * Bin i > 1 holds the durations x with γ^(i−2) < x ≤ γ^(i−1) milliseconds, γ = (1 + α) / (1 − α); any value read from a bin
 * is at most α away from the true one, relative to it. Counts are added bin by bin, so a histogram is a sum like any other.
 */

/** Relative error of a percentile. */
const alpha = 0.01;
const gamma = (1 + alpha) / (1 - alpha);
const logGamma = Math.log(gamma);

/** The bin of a duration of 0 ms, below all others: bin 1 holds 1 ms. */
export const zeroBin = 0;

/** The bin of a duration in whole milliseconds ≥ 0. */
export function binOf(durationMs: number): number {
  return durationMs <= 0 ? zeroBin : 1 + Math.ceil(Math.log(durationMs) / logGamma);
}

/** The duration in milliseconds that stands for all of a bin: the one whose relative distance to both edges is α. */
export function binValueMs(bin: number): number {
  return bin === zeroBin ? 0 : (2 * gamma ** (bin - 1)) / (gamma + 1);
}

export interface BinCount {
  readonly bin: number;
  readonly loads: number;
}

/**
 * The duration in milliseconds below or at which the share `quantile` (0–1) of the loads lies: the value of the bin that holds
 * the load of rank ⌈quantile × loads⌉, at least the first. null without loads.
 */
export function quantileMs(counts: readonly BinCount[], quantile: number): number | null {
  const sorted = counts.filter((count) => count.loads > 0).sort((a, b) => a.bin - b.bin);
  const loads = sorted.reduce((sum, count) => sum + count.loads, 0);
  const rank = Math.max(1, Math.ceil(quantile * loads));
  let below = 0;
  for (const count of sorted) {
    below += count.loads;
    if (below >= rank) return binValueMs(count.bin);
  }
  return null;
}
