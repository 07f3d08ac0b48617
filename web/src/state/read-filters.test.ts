import { describe, expect, it } from 'vitest';
import { presetNames, presets } from './ranges.ts';
import { possiblePeriods, readFilters } from './read-filters.ts';

const zone = { timeZone: 'Pacific/Auckland', weekStart: 7, now: new Date('2026-11-28T11:30:00Z') };
const read = (query: string) => readFilters(new URLSearchParams(query), zone);

describe('what an address says is looked at', () => {
  it('is the last 28 days of all numbers by day, in the days of the account', () => {
    expect(read('')).toEqual({
      start: '2026-11-02',
      end: '2026-11-29',
      preset: '28d',
      period: 'day',
      possiblePeriods: ['hour', 'day', 'week'],
      numbers: [],
      compares: false,
      timeZone: 'Pacific/Auckland',
      weekStart: 7,
      today: '2026-11-29',
    });
  });

  it.each([
    { query: 'start=2026-02-30&end=2026-03-02', span: ['2026-11-02', '2026-11-29'], preset: '28d' },
    { query: 'start=2026-03-03&end=2026-03-02', span: ['2026-11-02', '2026-11-29'], preset: '28d' },
    { query: 'range=nothing&period=century', span: ['2026-11-02', '2026-11-29'], preset: '28d' },
    { query: 'start=2026-03-02&end=2026-03-02&range=7d', span: ['2026-03-02', '2026-03-02'], preset: null },
    { query: 'range=today', span: ['2026-11-29', '2026-11-29'], preset: 'today' },
  ])('of $query is $span', ({ query, span, preset }) => {
    const filters = read(query);
    expect({ span: [filters.start, filters.end], preset: filters.preset }).toEqual({ span, preset });
  });

  it.each([
    { query: 'range=today', period: 'hour' },
    { query: 'range=today&period=week', period: 'hour' },
    { query: 'range=90d&period=hour', period: 'hour' },
    { query: 'range=12m&period=hour', period: 'week' },
    { query: 'start=2016-01-01&end=2026-01-07', period: 'month' },
    { query: 'start=2016-01-01&end=2026-01-07&period=day', period: 'month' },
  ])('by what there can be points of: $query by $period', ({ query, period }) => {
    expect(read(query).period).toBe(period);
  });

  it('are several numbers and a comparison', () => {
    const { numbers, compares } = read('number=%2B1617&number=x&compare=previous');
    expect({ numbers, compares }).toEqual({ numbers: ['+1617', 'x'], compares: true });
  });
});

describe('lengths of points', () => {
  it.each([
    { end: '2026-01-07', periods: ['hour', 'day'] },
    { end: '2026-01-31', periods: ['hour', 'day', 'week'] },
    { end: '2026-04-02', periods: ['hour', 'day', 'week', 'month'] },
    { end: '2026-04-03', periods: ['day', 'week', 'month'] },
    { end: '2027-02-05', periods: ['week', 'month'] },
  ])('to $end are $periods', ({ end, periods }) => {
    expect(possiblePeriods({ start: '2026-01-01', end })).toEqual(periods);
  });
});

describe('the usual ranges', () => {
  it('are these on the first day of a month, where weeks begin on Sunday', () => {
    const spans = presetNames.map((name) => [name, ...Object.values(presets[name].span('2026-03-01', 7))].join(' '));
    expect(spans).toEqual([
      'today 2026-03-01 2026-03-01',
      'yesterday 2026-02-28 2026-02-28',
      '7d 2026-02-23 2026-03-01',
      '28d 2026-02-02 2026-03-01',
      '90d 2025-12-02 2026-03-01',
      'week 2026-03-01 2026-03-01',
      'last-week 2026-02-22 2026-02-28',
      'month 2026-03-01 2026-03-01',
      'last-month 2026-02-01 2026-02-28',
      '12m 2025-04-01 2026-03-01',
    ]);
  });
});
