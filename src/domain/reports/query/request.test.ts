import { describe, expect, it } from 'vitest';
import { dayOf } from '../../calendar.ts';
import { previousRange } from './request.ts';

const day = (text: string) => {
  const { year, month, day: date } = Temporal.PlainDate.from(text);
  return dayOf({ year, month, day: date });
};

describe('the period before', () => {
  it.each([
    { name: 'a day', range: ['2018-03-01', '2018-03-01'], want: ['2018-02-28', '2018-02-28'] },
    { name: 'eight days', range: ['2018-02-01', '2018-02-08'], want: ['2018-01-24', '2018-01-31'] },
    { name: 'a month', range: ['2018-03-01', '2018-03-31'], want: ['2018-02-01', '2018-02-28'] },
    { name: 'a month of another length', range: ['2018-02-01', '2018-02-28'], want: ['2018-01-01', '2018-01-31'] },
    { name: 'a quarter', range: ['2018-01-01', '2018-03-31'], want: ['2017-10-01', '2017-12-31'] },
    { name: 'a leap year', range: ['2020-01-01', '2020-12-31'], want: ['2019-01-01', '2019-12-31'] },
    { name: 'a month but for a day', range: ['2018-03-01', '2018-03-30'], want: ['2018-01-30', '2018-02-28'] },
  ])('of $name', ({ range: [first = '', last = ''], want: [start = '', end = ''] }) => {
    expect(previousRange({ first: day(first), last: day(last) })).toEqual({ first: day(start), last: day(end) });
  });
});
