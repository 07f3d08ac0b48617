import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { type BinCount, binOf, binValueMs, quantileMs, zeroBin } from './histogram.ts';

const longestMs = 31_622_400_000;
const quantiles = [0.5, 0.95, 0.99] as const;

/** 1 % as the specification says, and the rounding of floating point. */
const isClose = (found: number, true_: number): boolean => Math.abs(found - true_) <= 0.01 * true_ * (1 + 1e-9);

function countsOf(durationsMs: readonly number[]): readonly BinCount[] {
  const bins = Map.groupBy(durationsMs, binOf);
  return Array.from(bins, ([bin, loads]) => ({ bin, loads: loads.length }));
}

describe('a bin', () => {
  it.each([
    { durationMs: 0, bin: zeroBin },
    { durationMs: 1, bin: 1 },
    { durationMs: 2, bin: 36 },
    { durationMs: 45, bin: 192 },
  ])('of $durationMs ms is $bin', ({ durationMs, bin }) => {
    expect(binOf(durationMs)).toBe(bin);
  });

  it('of 0 ms stands for 0 ms', () => {
    expect(binValueMs(zeroBin)).toBe(0);
  });

  it('stands for a duration at most 1 % from each that is in it: every one up to 100 s', () => {
    const wrong: number[] = [];
    for (let durationMs = 1; durationMs <= 100_000; durationMs += 1) {
      if (!isClose(binValueMs(binOf(durationMs)), durationMs)) wrong.push(durationMs);
    }
    expect(wrong).toEqual([]);
  });

  it('stands for a duration at most 1 % from each that is in it: any up to 366 days', () => {
    const anyMs = fc.oneof(
      fc.integer({ min: 1, max: longestMs }),
      fc.double({ min: 0, max: Math.log(longestMs), noNaN: true }).map((power) => Math.round(Math.exp(power))),
    );
    fc.assert(
      fc.property(anyMs, (durationMs) => isClose(binValueMs(binOf(durationMs)), durationMs)),
      propertyRuns(5000),
    );
    expect(isClose(binValueMs(binOf(longestMs)), longestMs)).toBe(true);
  });

  it('holds no shorter duration than the bin before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: longestMs }), fc.integer({ min: 0, max: longestMs }), (one, other) => {
        const [shorter, longer] = [Math.min(one, other), Math.max(one, other)];
        return binOf(shorter) <= binOf(longer);
      }),
      propertyRuns(1000),
    );
  });
});

describe('a quantile', () => {
  it('of no loads does not exist', () => {
    expect(quantileMs([], 0.5)).toBe(null);
    expect(quantileMs([{ bin: 7, loads: 0 }], 0.5)).toBe(null);
  });

  it('of one load is that load, whatever the quantile', () => {
    expect([0, 0.5, 1].map((quantile) => quantileMs([{ bin: 191, loads: 1 }], quantile))).toEqual(
      Array(3).fill(binValueMs(191)),
    );
  });

  it.each([
    { name: 'the median of 4 is the 2nd', quantile: 0.5, loads: 4, rank: 2 },
    { name: 'the median of 5 is the 3rd', quantile: 0.5, loads: 5, rank: 3 },
    { name: 'the 95th percentile of 20 is the 19th', quantile: 0.95, loads: 20, rank: 19 },
    { name: 'the 95th percentile of 21 is the 20th', quantile: 0.95, loads: 21, rank: 20 },
    { name: 'the 99th percentile of 100 is the 99th', quantile: 0.99, loads: 100, rank: 99 },
    { name: 'the 99th percentile of 99 is the last', quantile: 0.99, loads: 99, rank: 99 },
  ])('$name', ({ quantile, loads, rank }) => {
    const counts = Array.from({ length: loads }, (_, bin) => ({ bin, loads: 1 })).reverse();
    expect(quantileMs(counts, quantile)).toBe(binValueMs(rank - 1));
  });

  it('is at most 1 % from the load of its rank among the sorted loads', () => {
    const durations = fc.array(fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: longestMs })), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(durations, fc.constantFrom(...quantiles), (durationsMs, quantile) => {
        const sorted = durationsMs.toSorted((a, b) => a - b);
        // ceil(quantile x loads) in integers, so that nothing is rounded.
        const rank = Math.floor((Math.round(quantile * 100) * sorted.length + 99) / 100);
        const exact = sorted[rank - 1] ?? Number.NaN;
        return isClose(quantileMs(countsOf(durationsMs), quantile) ?? Number.NaN, exact);
      }),
      propertyRuns(500),
    );
  });

  it('of sums is that of all loads together, in whatever order the bins come', () => {
    const durations = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 50 });
    fc.assert(
      fc.property(durations, durations, fc.constantFrom(...quantiles), (some, others, quantile) => {
        const added = [...countsOf(some), ...countsOf(others)];
        expect(quantileMs(added.reverse(), quantile)).toBe(quantileMs(countsOf([...some, ...others]), quantile));
      }),
      propertyRuns(300),
    );
  });
});
