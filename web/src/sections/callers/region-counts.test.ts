import { describe, expect, it } from 'vitest';
import { placeCounts } from './region-counts.ts';

const start = '2026-11-01T00:00:00-04:00';
const rows = [
  { start, region: 'US-CA', calls: 50 },
  { start, region: 'US-MA', calls: 20 },
  { start, region: 'CA', calls: 10 },
  { start, region: 'US-TOLLFREE', calls: 5 },
  { start, region: 'GB', calls: 3 },
];
const total = { start, calls: 100 };

/** Region, name, calls and share. */
const brief = (places: ReturnType<typeof placeCounts>['places']) =>
  places.map(({ region, name, calls, share }) => [region, name, calls, share]);

describe('calls by place', () => {
  it('are those of states on the map of the United States, with what belongs to none beside it', () => {
    const { places, elsewhere } = placeCounts({ rows, total }, 'us');
    expect(brief(places)).toEqual([
      ['US-CA', 'California', 50, 50],
      ['US-MA', 'Massachusetts', 20, 20],
    ]);
    expect(brief(elsewhere)).toEqual([
      ['US-TOLLFREE', 'Toll-free (US)', 5, 5],
      [null, 'Other countries', 13, 13],
      [null, 'Withheld or unknown', 12, 12],
    ]);
  });

  it('are those of countries on the map of the world, the states being one', () => {
    const { places, elsewhere } = placeCounts({ rows, total }, 'world');
    expect(brief(places)).toEqual([
      ['US', 'United States', 70, 70],
      ['CA', 'Canada', 10, 10],
      ['GB', 'United Kingdom', 3, 3],
    ]);
    expect(brief(elsewhere)).toEqual([
      ['US-TOLLFREE', 'Toll-free (US)', 5, 5],
      [null, 'Withheld or unknown', 12, 12],
    ]);
  });

  it.each(['us', 'world'] as const)('are all there, on the map of the %s or beside it', (map) => {
    const { places, elsewhere } = placeCounts({ rows, total }, map);
    expect([...places, ...elsewhere].reduce((sum, { calls }) => sum + calls, 0)).toBe(100);
  });

  it('have those of the period before, where it is compared', () => {
    const compared = rows.map((row, index) => ({ ...row, previous: { calls: index + 1 } }));
    const answers = { rows: compared, total: { ...total, previous: { calls: 20 } } };
    const { places, elsewhere } = placeCounts(answers, 'world');
    expect([...places, ...elsewhere].map(({ name, previous }) => [name, previous])).toEqual([
      ['United States', 3],
      ['Canada', 3],
      ['United Kingdom', 5],
      ['Toll-free (US)', 4],
      ['Withheld or unknown', 5],
    ]);
  });

  it('leave out beside the map what is nothing, and fall to nothing below it', () => {
    const fewer = { start, calls: 60 };
    expect(placeCounts({ rows: rows.slice(0, 2), total: fewer }, 'us').elsewhere).toEqual([]);
    expect(placeCounts({ rows: [], total: { start, calls: 0 } }, 'world')).toEqual({ places: [], elsewhere: [] });
  });
});
