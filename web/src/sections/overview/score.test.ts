import { describe, expect, it } from 'vitest';
import { quantileScore, rateScore } from './score.ts';

describe('the score of two rates', () => {
  it.each([
    { name: 'as many in as much', now: [50, 100], before: [50, 100], score: 0 },
    { name: 'as many in twice as much', now: [100, 200], before: [50, 100], score: 0 },
    { name: 'more', now: [64, 1], before: [36, 1], score: 2.8 },
    { name: 'fewer', now: [36, 1], before: [64, 1], score: -2.8 },
    { name: 'something where nothing was', now: [25, 1], before: [0, 1], score: 5 },
    { name: 'nothing where something was', now: [0, 1], before: [25, 1], score: -5 },
    { name: 'four times the exposure', now: [100, 4], before: [0, 1], score: 5 },
    { name: 'a quarter of the exposure', now: [25, 1], before: [0, 4], score: 10 },
    { name: 'nothing at all', now: [0, 1], before: [0, 1], score: 0 },
    { name: 'no exposure before', now: [10, 1], before: [0, 0], score: 0 },
    { name: 'no exposure now', now: [0, 0], before: [10, 1], score: 0 },
  ] as const)('$name', ({ now, before, score }) => {
    const counted = ([value, of]: readonly [number, number]) => ({ value, of });
    expect(rateScore(counted(now), counted(before))).toBeCloseTo(score, 12);
  });

  it('is that of the first example of Gu and others: 60 cases in 51,477.5 years against 30 in 54,308.7', () => {
    expect(rateScore({ value: 60, of: 51_477.5 }, { value: 30, of: 54_308.7 })).toBeCloseTo(3.417402, 5);
  });
});

describe('the score of two 95th percentiles', () => {
  // A spread of ln 2 / 1.6449 = 0.4214 on the scale of logarithms.
  const before = { median: 1, p95: 2, of: 1000 };

  it('is the logarithm of their ratio in standard errors', () => {
    const now = { median: 2, p95: 4, of: 1000 };
    // ln 2 / (2.11319 · 0.421406 · √(2 / 1000))
    expect(quantileScore(now, before)).toBeCloseTo(17.405008, 5);
    expect(quantileScore(before, now)).toBeCloseTo(-17.405008, 5);
  });

  it('grows with the square root of the number of loads', () => {
    const now = { median: 2, p95: 4, of: 4000 };
    const ratio = quantileScore(now, { ...before, of: 4000 }) / quantileScore({ ...now, of: 1000 }, before);
    expect(ratio).toBeCloseTo(2, 12);
  });

  it('does not make much of loads that all took the same time', () => {
    // ln 1.5 / (2.11319 · 0.01 · √(2 / 100))
    const score = quantileScore({ median: 1.5, p95: 1.5, of: 100 }, { median: 1, p95: 1, of: 100 });
    expect(score).toBeCloseTo(135.675195, 5);
  });

  it('is 0 where there is nothing to compare', () => {
    expect(quantileScore(before, before)).toBe(0);
    expect(quantileScore({ median: 0, p95: 0, of: 0 }, before)).toBe(0);
    expect(quantileScore(before, { median: 1, p95: 2, of: 0 })).toBe(0);
  });
});
