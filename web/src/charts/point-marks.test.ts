import { describe, expect, it } from 'vitest';
import { pointMarks } from './point-marks.ts';

const mark = (day: string) => ({ day, text: `see ${day}` });
const days = ['09', '10', '11', '12'].map((day) => `2026-11-${day}T00:00:00-05:00`);

describe('the mark of a day', () => {
  it('stands on the bucket of the day', () => {
    const points = { starts: days, values: [2, 3, 67, 2], period: 'day', end: '2026-11-12' } as const;
    expect(pointMarks([mark('2026-11-11'), mark('2026-11-12')], points)).toEqual([
      { index: 2, text: 'see 2026-11-11' },
      { index: 3, text: 'see 2026-11-12' },
    ]);
  });

  it('is left out where the graph has no such day', () => {
    const points = { starts: days, values: [2, 3, 67, 2], period: 'day', end: '2026-11-12' } as const;
    expect(pointMarks([mark('2026-11-08'), mark('2026-11-13')], points)).toEqual([]);
  });

  it('stands on the week or month that holds the day, the last one up to the end of the graph', () => {
    const starts = ['2026-11-02T00:00:00-05:00', '2026-11-09T00:00:00-05:00'];
    const weeks = { starts, values: [5, 80], period: 'week', end: '2026-11-12' } as const;
    expect(pointMarks([mark('2026-11-08'), mark('2026-11-11'), mark('2026-11-13')], weeks)).toEqual([
      { index: 0, text: 'see 2026-11-08' },
      { index: 1, text: 'see 2026-11-11' },
    ]);
    const months = { starts: ['2026-10-01T00:00:00-04:00', '2026-11-01T00:00:00-04:00'], values: [1, 2] };
    expect(pointMarks([mark('2026-10-31')], { ...months, period: 'month', end: '2026-11-12' })).toEqual([
      { index: 0, text: 'see 2026-10-31' },
    ]);
  });

  it('stands on the greatest hour of the day, the first of equal ones', () => {
    const starts = ['10T23', '11T09', '11T10', '11T11', '12T00'].map((hour) => `2026-11-${hour}:00:00-05:00`);
    const hours = { starts, values: [90, null, 30, 30, 91], period: 'hour', end: '2026-11-12' } as const;
    expect(pointMarks([mark('2026-11-11')], hours)).toEqual([{ index: 2, text: 'see 2026-11-11' }]);
  });
});
