import { type Area, callerSeries, type PhoneSeries } from './phone-series.ts';
import { Random, Weighted } from './random.ts';

/** Somebody who calls, perhaps again and again: everything here follows from the seed and the rank alone. */
export interface Caller {
  /** E.164. */
  readonly number: string;
  readonly area: Area;
  readonly language: 'en-US' | 'es-US';
}

const series = new Weighted<PhoneSeries>(callerSeries.map((entry) => [entry, entry.weight]));
const spanishShare = 0.09;

/**
 * How uneven callers are: the rank is the pool × unit^exponent, which is a power law (density ∝ rank^(1/exponent − 1)).
 * At 1.6 most callers of a quarter call once or twice, and the most eager one every other day.
 */
const rankExponent = 1.6;

const withheldShare = 0.03;
const largestPool = 1_000_000;

/** Streams below this one belong to others: see {@link Random}. */
const firstStream = 1000;

/** The people who may call one application: pools of different index have nobody in common. */
export interface CallerPool {
  readonly seed: number;
  readonly index: number;
  readonly size: number;
}

/** Somebody of the pool. */
export function drawCaller(random: Random, pool: CallerPool): Caller {
  const rank = Math.floor(pool.size * random.unit() ** rankExponent);
  return callerOf(pool.seed, pool.index * largestPool + rank);
}

function callerOf(seed: number, index: number): Caller {
  const own = new Random(seed, firstStream + index);
  const { prefix, digits, area } = series.pick(own);
  const line = digits === 0 ? '' : String(own.below(10 ** digits)).padStart(digits, '0');
  const language = own.chance(prefix.startsWith('+52') ? 0.8 : spanishShare) ? 'es-US' : 'en-US';
  return { number: prefix + line, area, language };
}

/** null when the caller withholds the number. */
export const shownNumber = (random: Random, { number }: Caller): string | null =>
  random.chance(withheldShare) ? null : number;
