import { describe, expect, it } from 'vitest';
import { quantile } from './quantile.ts';

describe('a quantile', () => {
  it.each([
    { values: [], share: 0.5, want: null },
    { values: [7], share: 0.25, want: 7 },
    { values: [9, 1, 5], share: 0.5, want: 5 },
    { values: [10, 2], share: 0.25, want: 4 },
    { values: [1, 2, 3, 4, 100], share: 1, want: 100 },
    { values: [1, 2, 3, 4, 100], share: 0, want: 1 },
  ])('of $values at $share is $want', ({ values, share, want }) => {
    expect(quantile(values, share)).toBe(want);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});
