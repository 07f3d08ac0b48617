import { describe, expect, it } from 'vitest';
import type { ReportRow } from '../../api/rows.ts';
import { hourInstant } from './hour-instant.ts';
import { daysOfWeekday, weekGrid } from './week-grid.ts';

const row = (weekday: number, hour: number, figures: Readonly<Record<string, number | null>>): ReportRow => ({
  start: '2018-02-01T00:00:00-05:00',
  weekday,
  hour,
  ...figures,
});

describe('the grid of a week', () => {
  const rows = [
    row(7, 1, { calls: 100, js_errors_per_call: 0.02 }),
    row(1, 1, { calls: 9, js_errors_per_call: 1 }),
    row(1, 0, { calls: 59, js_errors_per_call: 0.1 }),
    row(2, 0, { calls: 0, js_errors_per_call: null }),
  ];

  it('begins with the first day of the week, and has five levels up to the most', () => {
    const { rows: days, most } = weekGrid(rows, { figure: 'calls', weekStart: 7 });
    expect(most).toBe(100);
    expect(days.map((cells) => cells.map(({ weekday, hour, level }) => [weekday, hour, level]))).toEqual([
      [[7, 1, 4]],
      [
        [1, 0, 2],
        [1, 1, 0],
      ],
      [[2, 0, null]],
      [],
      [],
      [],
      [],
    ]);
  });

  it('says no level of a rate of few calls, but what it is', () => {
    const { rows: days, most } = weekGrid(rows, { figure: 'js_errors_per_call', weekStart: 1 });
    expect(most).toBe(0.1);
    expect(days[0]).toEqual([
      { weekday: 1, hour: 0, value: 0.1, calls: 59, level: 4 },
      { weekday: 1, hour: 1, value: 1, calls: 9, level: null },
    ]);
    expect(days[6]).toEqual([{ weekday: 7, hour: 1, value: 0.02, calls: 100, level: 1 }]);
  });

  it('has no level where nothing is', () => {
    expect(weekGrid([], { figure: 'calls', weekStart: 1 })).toEqual({ most: 0, rows: [[], [], [], [], [], [], []] });
  });
});

describe('the days of a weekday', () => {
  it.each([
    { weekday: 4, days: ['2018-02-01', '2018-02-08'] },
    { weekday: 5, days: ['2018-02-02'] },
    { weekday: 3, days: ['2018-02-07'] },
  ])('are those of the range: $weekday', ({ weekday, days }) => {
    expect(daysOfWeekday({ start: '2018-02-01', end: '2018-02-08' }, weekday)).toEqual(days);
  });

  it('are none where the range is too short', () => {
    expect(daysOfWeekday({ start: '2018-02-01', end: '2018-02-02' }, 3)).toEqual([]);
  });
});

describe('the first instant of an hour', () => {
  it.each([
    ['America/New_York', '2018-02-08', 14, '2018-02-08T19:00:00.000Z'],
    ['America/New_York', '2018-02-08', 24, '2018-02-09T05:00:00.000Z'],
    ['Asia/Kolkata', '2018-02-08', 0, '2018-02-07T18:30:00.000Z'],
    // Clocks went back at 02:00: the hour from 01:00 came twice.
    ['America/New_York', '2018-11-04', 1, '2018-11-04T05:00:00.000Z'],
    ['America/New_York', '2018-11-04', 2, '2018-11-04T07:00:00.000Z'],
    // Clocks went forward at 02:00.
    ['America/New_York', '2018-03-11', 1, '2018-03-11T06:00:00.000Z'],
    ['America/New_York', '2018-03-11', 2, '2018-03-11T07:00:00.000Z'],
    ['America/New_York', '2018-03-11', 3, '2018-03-11T07:00:00.000Z'],
  ])('in %s on %s at %i', (timeZone, day, hour, instant) => {
    expect(new Date(hourInstant(timeZone, day, hour)).toISOString()).toBe(instant);
  });
});
