/** A count of something, and what it was counted in: calls, visits, page loads or days. */
export interface Counted {
  readonly value: number;
  readonly of: number;
}

/** A 95th percentile in seconds with the median beside it, and the number of page loads. */
export interface Quantiles {
  readonly median: number;
  readonly p95: number;
  readonly of: number;
}

/**
 * How many standard errors two rates of events are apart, if both counts are Poisson and their true rates the same:
 *
 *     z = (x₁ − d·x₀) / √(d·(x₁ + x₀)),  d = t₁ / t₀
 *
 * with counts x and exposures t, now (1) and before (0). Above 0 there is more now. It is the score statistic, W₂ of K. Gu, H. K. T. Ng,
 * M. L. Tang and W. R. Schucany, "Testing the ratio of two Poisson rates", Biometrical Journal 50 (2), 2008. Without events or
 * exposures it is 0.
 */
export function rateScore(now: Counted, before: Counted): number {
  const events = now.value + before.value;
  if (events === 0 || now.of <= 0 || before.of <= 0) return 0;
  const ratio = now.of / before.of;
  return (now.value - ratio * before.value) / Math.sqrt(ratio * events);
}

/** The 0.95 quantile of the standard normal distribution, and its density there. */
const normal95 = 1.6448536269514722;
const density95 = Math.exp(-(normal95 ** 2) / 2) / Math.sqrt(2 * Math.PI);
const errorFactor = Math.sqrt(0.95 * 0.05) / density95;

/** Percentiles are right to within 1 %, so no spread below that means anything. */
const leastSpread = 0.01;

/**
 * How many standard errors two 95th percentiles of load times are apart, on the scale of logarithms, if load times are log-normal:
 *
 *     z = ln(q₁ / q₀) / (c·√(σ₁²/n₁ + σ₀²/n₀)),  σ = ln(q / median) / Φ⁻¹(0.95),  c = √(0.95·0.05) / φ(Φ⁻¹(0.95)) ≈ 2.113
 *
 * The standard error of a sample quantile is √(p(1−p)/n) / f(q): R. J. Serfling, "Approximation Theorems of Mathematical Statistics",
 * 1980, section 2.3.3. Above 0 loads are slower now. Without loads it is 0.
 */
export function quantileScore(now: Quantiles, before: Quantiles): number {
  if ([now, before].some(({ median, p95, of }) => median <= 0 || p95 <= 0 || of <= 0)) return 0;
  const error = errorFactor * Math.sqrt(spreadOf(now) ** 2 / now.of + spreadOf(before) ** 2 / before.of);
  return Math.log(now.p95 / before.p95) / error;
}

const spreadOf = ({ median, p95 }: Quantiles): number => Math.max(leastSpread, Math.log(p95 / median) / normal95);
