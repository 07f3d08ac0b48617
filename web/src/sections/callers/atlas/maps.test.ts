import { describe, expect, it } from 'vitest';
import { stateNames } from '../../../format/regions.ts';
import { countriesMap, countryOf, unwrapped } from './countries.ts';
import { pathOf, type Shape } from './shape.ts';
import { statesMap } from './states.ts';

const pointsOf = (shapes: readonly Shape[]) =>
  shapes
    .flatMap(({ path }) => path.split(/[MLZ]/).filter((point) => point !== ''))
    .map((point) => {
      const [x, y, ...rest] = point.split(' ').map(Number);
      if (x === undefined || y === undefined || rest.length > 0) throw new Error(`${point} is no point`);
      return [x, y] as const;
    });

/** The longest straight line of all outlines: one across the whole map would be a country that was torn. */
const longestStep = (shapes: readonly Shape[]) =>
  Math.max(
    ...shapes
      .flatMap(({ path }) => path.split('M').filter((ring) => ring !== ''))
      .flatMap((ring) => {
        const xs = ring.split(/[LZ]/).flatMap((point) => (point === '' ? [] : [Number(point.split(' ')[0])]));
        return xs.map((x, index) => Math.abs(x - (xs[index - 1] ?? x)));
      }),
  );

describe('the map of the United States', () => {
  const { width, height, shapes } = statesMap();

  it('has a shape of every state, and nothing else', () => {
    expect(shapes.map(({ region }) => region).sort()).toEqual(
      Object.keys(stateNames)
        .map((code) => `US-${code}`)
        .sort(),
    );
    expect(shapes.find(({ region }) => region === 'US-MA')?.name).toBe('Massachusetts');
  });

  it('has all of them on it', () => {
    expect(pointsOf(shapes).every(([x, y]) => x >= 0 && x <= width && y >= 0 && y <= height)).toBe(true);
    expect([width, height]).toEqual([1016, 596]);
  });
});

describe('the map of the world', () => {
  const { width, height, shapes } = countriesMap();

  it('knows every country of the atlas by its two letters, but for two that have none', () => {
    expect(shapes.length).toBe(176);
    expect(shapes.filter(({ region }) => region === null).map(({ name }) => name)).toEqual(['N. Cyprus', 'Somaliland']);
    expect(new Set(shapes.map(({ region }) => region)).size).toBe(175);
  });

  it('names them as tables do', () => {
    const names = new Map(shapes.map(({ region, name }) => [region, name]));
    expect(['US', 'GB', 'CD', 'XK', 'MK'].map((region) => names.get(region))).toEqual([
      'United States',
      'United Kingdom',
      'Congo - Kinshasa',
      'Kosovo',
      'North Macedonia',
    ]);
  });

  it('has all of them on it', () => {
    expect(pointsOf(shapes).every(([x, y]) => x >= 0 && x <= width && y >= 0 && y <= height)).toBe(true);
    expect(longestStep(shapes)).toBeLessThan(120);
    expect([width, height]).toEqual([970, 418]);
  });
});

describe('a ring across the 180th meridian', () => {
  it('goes on beyond it, to the side that it came from', () => {
    const ring = [
      [178, 65],
      [-170, 66],
      [-175, 67],
      [179, 68],
      [178, 65],
    ] as const;
    expect(unwrapped(ring).map(([longitude]) => longitude)).toEqual([178, 190, 185, 179, 178]);
    const mirrored = ring.map(([longitude, latitude]) => [-longitude, latitude] as const);
    expect(unwrapped(mirrored).map(([longitude]) => longitude)).toEqual([-178, -190, -185, -179, -178]);
  });
});

describe('the letters of a country', () => {
  it.each([
    { numeric: '840', name: 'United States of America', want: 'US' },
    { numeric: '004', name: 'Afghanistan', want: 'AF' },
    { numeric: '250', name: 'France', want: 'FR' },
    { numeric: '578', name: 'Norway', want: 'NO' },
    { numeric: '999', name: 'Nowhere', want: null },
    { numeric: null, name: 'Kosovo', want: 'XK' },
    { numeric: null, name: 'Somaliland', want: null },
  ])('of $numeric $name', ({ numeric, name, want }) => {
    expect(countryOf(numeric, name)).toBe(want);
  });
});

describe('a path', () => {
  const double = (ring: readonly (readonly [number, number])[]) => ring.map(([x, y]) => [2 * x, 2 * y] as const);
  const ring = [
    [0, 0],
    [1, 0.25],
    [0, 1],
  ];

  it.each([
    { name: 'of a polygon', outline: { type: 'Polygon', coordinates: [ring] }, want: 'M0.0 0.0L2.0 0.5L0.0 2.0Z' },
    {
      name: 'of several',
      outline: { type: 'MultiPolygon', coordinates: [[ring], [ring]] },
      want: 'M0.0 0.0L2.0 0.5L0.0 2.0ZM0.0 0.0L2.0 0.5L0.0 2.0Z',
    },
    { name: 'of a point, which is nothing', outline: { type: 'Point', coordinates: [1, 2] }, want: '' },
  ])('$name', ({ outline, want }) => {
    expect(pathOf(outline, double)).toBe(want);
  });
});
