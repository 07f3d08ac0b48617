import { type BinCount, quantileMs } from '../../histogram.ts';
import { rateOf } from '../../metrics.ts';
import { binsPerBlock, type RollupName, rollups } from '../../rollups.ts';
import { type Figure, type FigureName, figures } from './figures.ts';
import type { Source } from './sources.ts';

/** What a group is: the values of its columns. */
export type GroupKey = readonly (string | number)[];

/** Sums of one group in one period of comparison, by bucket. */
export class Tally {
  readonly key: GroupKey;
  /** Distinct callers by bucket, and behind several buckets over all of them. */
  callers: readonly number[] = [];
  readonly #counters = new Map<RollupName, Map<number, number[]>>();

  constructor(key: GroupKey) {
    this.key = key;
  }

  /** Adds a row; `block` is that of a histogram's bins, and 0 elsewhere. */
  add(rollup: RollupName, { bucket, block, counters }: TallyRow): void {
    const byBucket = this.#counters.get(rollup) ?? new Map<number, number[]>();
    this.#counters.set(rollup, byBucket);
    const sums = byBucket.get(bucket) ?? [];
    byBucket.set(bucket, sums);
    addInto(sums, counters, block * binsPerBlock);
  }

  /** The figure of a bucket; null where there is nothing to divide by. */
  valueOf(name: FigureName, source: Source, bucket: number): number | null {
    if (source === 'callers') return this.callers[bucket] ?? 0;
    return valueFrom(name, source, this.#counters.get(source)?.get(bucket) ?? []);
  }

  /** The figure over all buckets. */
  total(name: FigureName, source: Source): number | null {
    if (source === 'callers') return this.callers.at(-1) ?? 0;
    const sums: number[] = [];
    for (const counters of this.#counters.get(source)?.values() ?? []) addInto(sums, counters, 0);
    return valueFrom(name, source, sums);
  }
}

export interface TallyRow {
  readonly bucket: number;
  readonly block: number;
  readonly counters: readonly number[];
}

function addInto(sums: number[], counters: readonly number[], offset: number): void {
  while (sums.length < offset + counters.length) sums.push(0);
  for (const [index, counter] of counters.entries()) sums[offset + index] = (sums[offset + index] ?? 0) + counter;
}

function valueFrom(name: FigureName, rollup: RollupName, sums: readonly number[]): number | null {
  const figure: Figure = figures[name];
  if (figure.kind === 'callers') throw new Error('distinct callers are no sum');
  if (figure.kind === 'percentile') return percentileSeconds(sums, figure.quantile);
  const { numerator, denominator } = figure.metric;
  const divisor = denominator === null ? 1 : counterOf(rollup, denominator, sums);
  return rateOf(figure.metric, counterOf(rollup, numerator, sums), divisor);
}

function counterOf(rollup: RollupName, counter: string, sums: readonly number[]): number {
  const counters: readonly string[] = rollups[rollup].counters;
  return sums[counters.indexOf(counter)] ?? 0;
}

/** To hundredths of a millisecond: whole ones would add to the error of short loads, which is to stay at 1 %. */
function percentileSeconds(sums: readonly number[], quantile: number): number | null {
  const bins: readonly BinCount[] = sums.map((loads, bin) => ({ bin, loads }));
  const ms = quantileMs(bins, quantile);
  return ms === null ? null : Math.round(ms * 100) / 100_000;
}
