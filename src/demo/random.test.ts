import { describe, expect, it } from 'vitest';
import { Random, Weighted } from './random.ts';

const draw = <T>(count: number, next: () => T): readonly T[] => Array.from({ length: count }, next);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('Random', () => {
  it('gives the numbers of sfc32(0, 12345, 0, 1) after its first twelve, as other implementations do', () => {
    const random = new Random(12345);
    expect(draw(10, () => random.word())).toEqual([
      235160590, 2967261163, 116171463, 2882324903, 362604721, 4227106926, 1933307004, 1608300071, 2256615412,
      2701957640,
    ]);
  });

  it('gives other numbers for another seed, beyond 32 bits too, and for another stream', () => {
    const first = [new Random(1), new Random(2), new Random(2 ** 32 + 1), new Random(1, 1)].map((random) =>
      random.word(),
    );
    expect(new Set(first).size).toBe(4);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53])('refuses the seed %d', (seed) => {
    expect(() => new Random(seed)).toThrow(`got ${seed}`);
  });

  it.each([
    { name: 'unit', want: 0.5, next: (random: Random) => random.unit() },
    { name: 'between', want: 7, next: (random: Random) => random.between(4, 10) },
    { name: 'below', want: 4.5, next: (random: Random) => random.below(10) },
    { name: 'chance', want: 0.3, next: (random: Random) => Number(random.chance(0.3)) },
    { name: 'normal', want: 0, next: (random: Random) => random.normal() },
    { name: 'square of normal', want: 1, next: (random: Random) => random.normal() ** 2 },
    { name: 'exponential', want: 3, next: (random: Random) => random.exponential(3) },
    {
      name: 'logarithm of logNormal',
      want: Math.log(200),
      next: (random: Random) => Math.log(random.logNormal(200, 0.5)),
    },
  ])('$name has the mean $want', ({ next, want }) => {
    const random = new Random(7);
    expect(Math.abs(mean(draw(40_000, () => next(random))) - want)).toBeLessThan(0.05);
  });
});

describe('Weighted', () => {
  it('picks in proportion to the weights, and nothing of weight 0', () => {
    const random = new Random(3);
    const table = new Weighted([
      ['rare', 1],
      ['never', 0],
      ['often', 8],
      ['sometimes', 1],
    ]);
    const picked = draw(20_000, () => table.pick(random));
    const share = (name: string) => picked.filter((value) => value === name).length / picked.length;
    expect(['rare', 'never', 'often', 'sometimes'].map((name) => Math.round(share(name) * 20) / 20)).toEqual([
      0.1, 0, 0.8, 0.1,
    ]);
    expect(picked).not.toContain('never');
  });

  it('says so when there is nothing to pick from', () => {
    expect(() => new Weighted([]).pick(new Random(1))).toThrow('give at least one value');
  });
});
