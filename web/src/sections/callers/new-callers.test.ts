import { describe, expect, it } from 'vitest';
import { bucketPeriod, difference, newCallers, spansToCount } from './new-callers.ts';

describe('the spans of which distinct callers are counted', () => {
  const span = { start: '2026-11-02', end: '2026-11-15' };

  it('begin 90 days before, and end before the first day and with each bucket', () => {
    expect(spansToCount(span, ['2026-11-08', '2026-11-15'])).toEqual([
      { start: '2026-08-04', end: '2026-11-01' },
      { start: '2026-08-04', end: '2026-11-08' },
      { start: '2026-08-04', end: '2026-11-15' },
    ]);
  });

  it('are none where a report has not so many days', () => {
    const years = (start: string) => spansToCount({ start, end: '2026-11-15' }, ['2026-11-15']).length;
    // 3,570 and 3,571 days.
    expect([years('2017-02-06'), years('2017-02-05')]).toEqual([2, 0]);
  });
});

describe('new callers', () => {
  it('are as many as the distinct ones grow by', () => {
    expect(newCallers([100, 130, 130, 142])).toEqual([30, 0, 12]);
  });

  it('are unknown where a count is, and never less than none', () => {
    expect(newCallers([100, null, 130, 129])).toEqual([null, null, 0]);
    expect(newCallers([])).toEqual([]);
  });

  it('leave the returning ones', () => {
    expect([difference(50, 30), difference(50, null), difference(null, 3), difference(2, 3)]).toEqual([
      20,
      null,
      null,
      0,
    ]);
  });

  it('and returning ones agree with counting by hand', () => {
    const days: Readonly<Record<string, readonly string[]>> = {
      '2026-11-01': ['ann', 'bob'],
      '2026-11-02': ['bob', 'cid'],
      '2026-11-03': ['cid', 'dan', 'eve'],
    };
    const distinct = ({ start, end }: { readonly start: string; readonly end: string }) =>
      new Set(Object.entries(days).flatMap(([day, callers]) => (day >= start && day <= end ? callers : []))).size;
    const span = { start: '2026-11-02', end: '2026-11-03' };
    const fresh = newCallers(spansToCount(span, ['2026-11-02', '2026-11-03']).map(distinct));
    expect(fresh).toEqual([1, 2]);
    const callers = ['2026-11-02', '2026-11-03'].map((day) => distinct({ start: day, end: day }));
    expect(callers.map((count, index) => difference(count, fresh[index] ?? null))).toEqual([1, 1]);
  });
});

describe('the buckets of new callers', () => {
  it.each([
    { start: '2026-11-01', end: '2026-11-14', chosen: 'day', want: 'day' },
    { start: '2026-11-01', end: '2026-11-01', chosen: 'hour', want: 'day' },
    { start: '2026-11-01', end: '2026-11-15', chosen: 'day', want: 'week' },
    { start: '2026-11-01', end: '2026-11-14', chosen: 'week', want: 'week' },
    { start: '2026-08-31', end: '2026-11-28', chosen: 'day', want: 'week' },
    { start: '2026-08-31', end: '2026-11-30', chosen: 'day', want: 'month' },
    { start: '2025-12-01', end: '2026-11-28', chosen: 'week', want: 'month' },
    { start: '2024-12-01', end: '2026-11-28', chosen: 'month', want: null },
  ] as const)('of $start to $end by $chosen are a $want long', ({ start, end, chosen, want }) => {
    expect(bucketPeriod({ start, end }, chosen)).toBe(want);
  });
});
