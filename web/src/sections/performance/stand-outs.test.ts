import { describe, expect, it } from 'vitest';
import { addDays } from '../../state/days.ts';
import { type DayCount, standOuts } from './stand-outs.ts';

/** Counts of as many Wednesdays, from 2026-10-14 on. */
const wednesdays = (counts: readonly number[]): readonly DayCount[] =>
  counts.map((count, week) => ({ day: addDays('2026-10-14', 7 * week), count }));

const found = (counts: readonly number[]) => standOuts(wednesdays(counts)).map(({ count }) => count);

describe('a day stands out', () => {
  it('when it has far more than its weekday usually has, and tells what is usual', () => {
    expect(standOuts(wednesdays([2, 6, 3, 4, 214, 5]))).toEqual([{ day: '2026-11-11', count: 214, usual: [3, 5] }]);
  });

  it.each([
    { name: 'from 5 on where there are usually none', counts: [0, 0, 0, 5], want: [5] },
    { name: 'not with 4 where there are usually none', counts: [0, 0, 0, 4], want: [] },
    { name: 'from m + 5 × √m on where the others are all alike: 16 + 20', counts: [16, 16, 16, 36], want: [36] },
    { name: 'not just below it', counts: [16, 16, 16, 35], want: [] },
    {
      name: 'from m + 5 × 1.4826 × d on where the others scatter: 40 + 74.13',
      counts: [20, 30, 40, 50, 60, 115],
      want: [115],
    },
    { name: 'not just below that', counts: [20, 30, 40, 50, 60, 114], want: [] },
    { name: 'beside another bad day', counts: [2, 3, 2, 3, 190, 90], want: [190, 90] },
    { name: 'never for having little', counts: [90, 91, 92, 0], want: [] },
  ])('$name', ({ counts, want }) => {
    expect(found(counts)).toEqual(want);
  });

  it('only with three other days of its weekday', () => {
    expect([found([2, 2, 500]), found([2, 2, 2, 500])]).toEqual([[], [500]]);
  });

  it('beside the days of its own weekday, not beside others', () => {
    const quietSundays = [0, 1, 2, 3].map((week) => ({ day: addDays('2026-11-01', 7 * week), count: 1 }));
    const busyMondays = [0, 1, 2, 3].map((week) => ({ day: addDays('2026-11-02', 7 * week), count: 40 }));
    const badSunday = { day: '2026-11-29', count: 40 };
    expect(standOuts([...busyMondays, ...quietSundays, badSunday])).toEqual([{ ...badSunday, usual: [1, 1] }]);
  });

  it('nowhere in nothing', () => {
    expect(standOuts([])).toEqual([]);
  });
});
