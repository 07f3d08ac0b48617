import { describe, expect, it } from 'vitest';
import { dayOf } from '../../calendar.ts';
import { previousPeriod, type ReportPeriod } from './request.ts';

const day = (text: string) => {
  const { year, month, day: date } = Temporal.PlainDate.from(text);
  return dayOf({ year, month, day: date });
};

describe('the period before', () => {
  it.each<{ name: string; period?: ReportPeriod; range: [string, string]; want: [string, string, 'days' | 'months'] }>([
    { name: 'a day', range: ['2018-03-01', '2018-03-01'], want: ['2018-02-28', '2018-02-28', 'days'] },
    { name: 'eight days', range: ['2018-02-01', '2018-02-08'], want: ['2018-01-24', '2018-01-31', 'days'] },
    { name: 'a month', range: ['2018-03-01', '2018-03-31'], want: ['2018-02-01', '2018-02-28', 'months'] },
    { name: 'a shorter month', range: ['2018-02-01', '2018-02-28'], want: ['2018-01-01', '2018-01-31', 'months'] },
    { name: 'a quarter', range: ['2018-01-01', '2018-03-31'], want: ['2017-10-01', '2017-12-31', 'months'] },
    { name: 'a leap year', range: ['2020-01-01', '2020-12-31'], want: ['2019-01-01', '2019-12-31', 'months'] },
    { name: 'a month but for a day', range: ['2018-03-01', '2018-03-30'], want: ['2018-01-30', '2018-02-28', 'days'] },
    {
      name: 'months by month',
      period: 'month',
      range: ['2018-08-01', '2018-09-30'],
      want: ['2018-06-01', '2018-07-31', 'months'],
    },
    {
      name: 'a month by day',
      period: 'day',
      range: ['2018-03-01', '2018-03-31'],
      want: ['2018-01-29', '2018-02-28', 'days'],
    },
    {
      name: 'a month by week',
      period: 'week',
      range: ['2018-02-01', '2018-02-28'],
      want: ['2018-01-04', '2018-01-31', 'days'],
    },
  ])('of $name', ({ period = null, range: [first, last], want: [start, end, movedBy] }) => {
    const range = { first: day(start), last: day(end) };
    expect(previousPeriod({ first: day(first), last: day(last) }, period)).toEqual({ range, movedBy });
  });
});
