import { describe, expect, it } from 'vitest';
import { scaleBounds, stepOf } from './scale-bounds.ts';

describe('the steps of a scale', () => {
  it.each([
    { name: 'nothing', counts: [], want: [] },
    { name: 'zeros', counts: [0, 0], want: [] },
    { name: 'one call', counts: [1], want: [1] },
    { name: 'equal counts', counts: [40, 40, 40], want: [1] },
    { name: 'a few small counts', counts: [1, 2, 3, 3], want: [1, 2] },
    { name: 'five counts a decade apart', counts: [3, 30, 300, 3000, 30_000], want: [1, 20, 200, 1000, 10_000] },
    { name: 'one country above all others', counts: [13_783, 446, 194, 128, 56], want: [1, 100, 200, 2000] },
    { name: 'states', counts: [1568, 1249, 877, 525, 376, 293, 163, 100, 63, 17, 0], want: [1, 100, 200, 500, 1000] },
  ])('of $name', ({ counts, want }) => {
    expect(scaleBounds(counts)).toEqual(want);
  });

  it('hold counts from their own bound on', () => {
    const bounds = [1, 100, 200, 500, 1000];
    expect([0, 1, 99, 100, 199, 999, 1000, 1568].map((count) => stepOf(count, bounds))).toEqual([
      0, 1, 1, 2, 2, 4, 5, 5,
    ]);
  });
});
