import { describe, expect, it } from 'vitest';
import { equalEarth } from './equal-earth.ts';

const rounded = (point: readonly [number, number]) => point.map((value) => Math.round(value * 1e5) / 1e5);

describe('the Equal Earth projection', () => {
  it.each([
    { name: 'has its middle where equator and prime meridian cross', point: [0, 0], want: [0, 0] },
    { name: 'is π / (√3/2 × A1) wide on each side of the equator', point: [180, 0], want: [2.70663, 0] },
    { name: 'has poles that are lines, as high as published', point: [0, 90], want: [0, 1.31736] },
    { name: 'draws the pole 0.59247 times as long as the equator', point: [180, 90], want: [1.60359, 1.31736] },
    { name: 'is the same in the south and west', point: [-180, -90], want: [-1.60359, -1.31736] },
  ] as const)('$name', ({ point, want }) => {
    expect(rounded(equalEarth(point))).toEqual(want);
  });

  it('keeps areas: a degree square at 60° is cos 60° of one at the equator, within its bend', () => {
    const areaAt = (latitude: number) => {
      const [[left], [right]] = [equalEarth([-0.5, latitude]), equalEarth([0.5, latitude])];
      const [[, low], [, high]] = [equalEarth([0, latitude - 0.5]), equalEarth([0, latitude + 0.5])];
      return (right - left) * (high - low);
    };
    expect(areaAt(60) / areaAt(0)).toBeCloseTo(0.5, 3);
  });
});
