import { describe, expect, it } from 'vitest';
import { scaleBounds, stepOf } from './scale-bounds.ts';

describe('the steps of a scale', () => {
  it.each([
    { most: 0, want: [] },
    { most: 1, want: [1] },
    { most: 3, want: [1, 2] },
    { most: 20, want: [1, 2, 5, 10, 20] },
    { most: 999, want: [1, 50, 100, 200, 500] },
    { most: 1568, want: [1, 100, 200, 500, 1000] },
    { most: 5_000_000, want: [1, 500_000, 1_000_000, 2_000_000, 5_000_000] },
  ])('up to $most begin at $want', ({ most, want }) => {
    expect(scaleBounds(most)).toEqual(want);
  });

  it('hold counts from their own bound on', () => {
    const bounds = [1, 100, 200, 500, 1000];
    expect([0, 1, 99, 100, 199, 999, 1000, 1568].map((count) => stepOf(count, bounds))).toEqual([
      0, 1, 1, 2, 2, 4, 5, 5,
    ]);
  });
});
