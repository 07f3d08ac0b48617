const wordSize = 2 ** 32;

/**
 * Seeded random numbers: sfc32 by Chris Doty-Humphrey, public domain, from PractRand (https://pracrand.sourceforge.net/),
 * seeded as there: the seed in two of the words, a counter from 1, the first twelve numbers thrown away.
 * Not for secrets. Streams of one seed are independent, so that drawing more in one place moves nothing in another.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** `stream` is a 32-bit integer: which of the seed's sequences this is. */
  constructor(seed: number, stream = 0) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`A seed is an integer from 0 to ${Number.MAX_SAFE_INTEGER}; got ${seed}.`);
    }
    this.#a = stream | 0;
    this.#b = seed | 0;
    this.#c = Math.floor(seed / wordSize) | 0;
    for (let round = 0; round < 12; round += 1) this.word();
  }

  /** An integer from 0 to 2³² − 1. */
  word(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** 0 ≤ number < 1. */
  unit(): number {
    return this.word() / wordSize;
  }

  /** low ≤ number < high. */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** An integer: 0 ≤ integer < count. */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** Mean 0, variance 1, by Box and Muller (1958); `1 − unit` because the logarithm of 0 is not finite. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }

  /** How durations are spread: half of them below the median, with a long tail; `spread` is the σ of the logarithm. */
  logNormal(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal());
  }

  /** The gap between events that happen independently of each other. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit());
  }
}

/** Values of which each is picked as often as its weight says. */
export class Weighted<T> {
  readonly #values: readonly T[];
  readonly #sums: readonly number[];
  readonly #total: number;

  constructor(entries: readonly (readonly [value: T, weight: number])[]) {
    let total = 0;
    this.#values = entries.map(([value]) => value);
    this.#sums = entries.map(([, weight]) => {
      total += weight;
      return total;
    });
    this.#total = total;
  }

  pick(random: Random): T {
    const at = random.unit() * this.#total;
    let [low, high] = [0, this.#sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at < (this.#sums[middle] ?? 0)) high = middle;
      else low = middle + 1;
    }
    const value = this.#values[low];
    if (value === undefined) throw new RangeError('There is nothing to pick from: give at least one value.');
    return value;
  }
}
