import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../../tests/data/property-runs.ts';
import { countDistinct } from './distinct-numbers.ts';

describe('distinct numbers', () => {
  it.each([
    { name: 'of nothing are none', lists: [], want: 0 },
    { name: 'of empty lists are none', lists: [[], []], want: 0 },
    {
      name: 'count each once, in one list and over all',
      lists: [
        [1, 2, 1],
        [2, 3],
      ],
      want: 3,
    },
    { name: 'tell −1 and 1 apart, and from nothing', lists: [[-1, 1, -1]], want: 2 },
    {
      name: 'tell large ones apart that differ in one bit',
      lists: [[2 ** 52, 2 ** 52 + 1, 2 ** 32, 2 ** 33]],
      want: 4,
    },
  ])('$name', ({ lists, want }) => {
    expect(countDistinct(lists.map((list) => Float64Array.from(list)))).toBe(want);
  });

  it('are as many as a Set says, whatever the numbers', () => {
    const number = fc.oneof(
      fc.integer({ min: -5, max: 5 }).filter((each) => each !== 0),
      fc.maxSafeInteger().filter((each) => each !== 0),
    );
    fc.assert(
      fc.property(fc.array(fc.array(number)), (lists) => {
        expect(countDistinct(lists.map((list) => Float64Array.from(list)))).toBe(new Set(lists.flat()).size);
      }),
      propertyRuns(300),
    );
  });

  it('of many telephone numbers in a row fill no table', () => {
    const list = Float64Array.from({ length: 100_000 }, (_, index) => 2 * (16_170_000_000 + (index % 70_000)));
    expect(countDistinct([list])).toBe(70_000);
  });
});
