import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCall } from '../../tests/data/calls.ts';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { addedUp, newYork } from '../../tests/data/rollup-rows.ts';
import { printApplied, RollupSums, type RowSum } from './applied.ts';
import type { Call } from './call.ts';
import { type Contribution, contributions } from './contribution.ts';
import { binsPerBlock, callCounters, rollupNames, storedRollup } from './rollups.ts';

const appliedOf = (call: Call): string => printApplied(contributions(call, newYork));

function sumsOf(applied: readonly string[]): readonly RowSum[] {
  const sums = new RollupSums();
  for (const text of applied) sums.add(text, 1);
  return sums.list();
}

/** Contributions as a store keeps them: the bins of a histogram side by side in blocks. */
function storedRows(rows: readonly Contribution[]): readonly RowSum[] {
  const stored = rows.map((row): RowSum => {
    const bin = row.key.at(-1);
    if (!row.rollup.includes('histogram') || typeof bin !== 'number') return row;
    const counters = storedRollup(row.rollup).counters.map((column) =>
      column === `bin_${bin % binsPerBlock}` ? (row.counters[0] ?? 0) : 0,
    );
    return { ...row, key: [...row.key.slice(0, -1), Math.floor(bin / binsPerBlock)], counters };
  });
  return addedUp(stored);
}

const byName = (rows: readonly RowSum[]) =>
  new Map(rows.map(({ rollup, key, counters }) => [JSON.stringify([rollup, key]), counters]));

/** A table as a store keeps it: rows that sums are added to, one batch after the other. */
class Table {
  readonly #rows = new Map<string, number[]>();

  add(sums: RollupSums): void {
    for (const { rollup, key, counters } of sums.list()) {
      const name = JSON.stringify([rollup, ...key]);
      const row = this.#rows.get(name) ?? counters.map(() => 0);
      const added = row.map((counter, index) => counter + (counters[index] ?? 0));
      if (added.every((counter) => counter === 0)) this.#rows.delete(name);
      else this.#rows.set(name, added);
    }
  }

  get rows(): ReadonlyMap<string, readonly number[]> {
    return this.#rows;
  }
}

describe('an applied text', () => {
  const day = 17_569;
  const counters = callCounters.map((_, index) => index);
  const numberDay: Contribution = { rollup: 'number_days', key: ['+16173990000', day], counters };
  const bin: Contribution = { rollup: 'load_histogram_days', key: ['+16173990000', day, 192], counters: [7] };

  it('is two lists: the strings of the keys, and the rows one after the other', () => {
    expect(printApplied([numberDay, bin])).toBe(
      `[["+16173990000"],[0,0,${day},${counters.join(',')},${rollupNames.indexOf('load_histogram_days')},0,${day},192,7]]`,
    );
  });

  it('gives back what was printed, whatever the call: added up by row, as a store keeps it', () => {
    fc.assert(
      fc.property(anyCall, (call) => {
        const rows = contributions(call, newYork);
        expect(byName(sumsOf([printApplied(rows)]))).toEqual(byName(storedRows(rows)));
      }),
      propertyRuns(300),
    );
  });

  it('of nothing is of no row', () => {
    expect(sumsOf([printApplied([])])).toEqual([]);
  });

  it.each([
    { name: 'is no JSON', text: 'nonsense', error: 'JSON' },
    { name: 'names no rollup of this program', text: '[[],[99,0]]', error: 'names rollup 99' },
    { name: 'ends in the middle of a row', text: '[["+1"],[0,0,17569,1]]', error: 'number_days is cut off' },
    { name: 'lacks a string', text: '[[],[0,3,17569,1,1,1,1,1,1,1,1,1,1,1,1]]', error: 'lacks its phone' },
  ])('that $name is refused', ({ text, error }) => {
    expect(() => sumsOf([text])).toThrow(error);
  });
});

describe('sums', () => {
  it('add the same row up, and list a row that came down to nothing no more', () => {
    const row = (calls: number): string =>
      printApplied([{ rollup: 'caller_days', key: ['+16173990000', 17_569, '100'], counters: [calls] }]);
    const sums = new RollupSums();
    sums.add(row(2), 1);
    sums.add(row(3), 1);
    expect(sums.list()).toEqual([{ rollup: 'caller_days', key: ['+16173990000', 17_569, '100'], counters: [5] }]);
    sums.add(row(5), -1);
    expect(sums.list()).toEqual([]);
  });

  it('tell rows apart by every part of their keys', () => {
    const keys = [
      ['1', 0],
      ['1', -1],
      ['1', 65_536],
      ['1', 4_294_967_296],
      ['1', -4_294_967_296],
      ['1', 140_737_488_355_327],
      ['10', 0],
      ['', 0],
      ['\u0001', 0],
    ] as const;
    const counters = callCounters.map(() => 1);
    const rows = keys.map((key): Contribution => ({ rollup: 'number_hours', key, counters }));
    const other = rows.map((row): Contribution => ({ ...row, rollup: 'number_days' }));
    expect(sumsOf([...rows, ...other].map((row) => printApplied([row]))).length).toBe(2 * keys.length);
  });

  it('of calls that are added and taken back, in whatever order, are nothing', () => {
    fc.assert(
      fc.property(
        fc.array(anyCall, { maxLength: 6 }).chain((calls) =>
          fc.shuffledSubarray(
            calls.flatMap((call) => [
              { call, sign: 1 as const },
              { call, sign: -1 as const },
            ]),
            { minLength: 2 * calls.length },
          ),
        ),
        (steps) => {
          const sums = new RollupSums();
          for (const { call, sign } of steps) sums.add(appliedOf(call), sign);
          expect(sums.list()).toEqual([]);
        },
      ),
      propertyRuns(100),
    );
  });

  it('are listed in one order, however they came to be', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyCall, { maxLength: 6 })
          .chain((calls) => fc.tuple(fc.constant(calls), fc.shuffledSubarray(calls, { minLength: calls.length }))),
        ([calls, shuffled]) => {
          expect(sumsOf(shuffled.map(appliedOf))).toEqual(sumsOf(calls.map(appliedOf)));
        },
      ),
      propertyRuns(100),
    );
  });
});

describe('documents that are delivered late, again, out of order and in batches of any size', () => {
  /** Stores a document as every store does: a lower revision is stale, any other replaces. */
  function deliver(batches: readonly (readonly Call[])[]): Table {
    const table = new Table();
    const stored = new Map<string, Call>();
    for (const batch of batches) {
      const sums = new RollupSums();
      for (const call of batch) {
        const old = stored.get(call.id);
        if (old !== undefined && call.revision < old.revision) continue;
        if (old !== undefined) sums.add(appliedOf(old), -1);
        sums.add(appliedOf(call), 1);
        stored.set(call.id, call);
      }
      table.add(sums);
    }
    return table;
  }

  /** At most one document of a call and revision, as a sender means it. */
  const documents = fc.uniqueArray(anyCall, { maxLength: 10, selector: ({ id, revision }) => `${id} ${revision}` });
  const deliveries = documents.chain((calls) =>
    fc.record({
      calls: fc.constant(calls),
      batches: fc
        .shuffledSubarray([...calls, ...calls], { minLength: calls.length })
        .chain((order) =>
          fc.array(fc.nat({ max: 4 }), { maxLength: 8 }).map((sizes) => cut([...order, ...calls], sizes)),
        ),
    }),
  );

  function cut(calls: readonly Call[], sizes: readonly number[]): readonly (readonly Call[])[] {
    const batches: Call[][] = [];
    let from = 0;
    for (const size of sizes) {
      batches.push(calls.slice(from, from + size));
      from += size;
    }
    return [...batches, calls.slice(from)];
  }

  it('end in the sums of the newest revision of each', () => {
    fc.assert(
      fc.property(deliveries, ({ calls, batches }) => {
        const newest = new Map<string, Call>();
        for (const call of calls) {
          if (call.revision >= (newest.get(call.id)?.revision ?? 0)) newest.set(call.id, call);
        }
        expect(deliver(batches).rows).toEqual(deliver([[...newest.values()]]).rows);
      }),
      propertyRuns(200),
    );
  });
});
