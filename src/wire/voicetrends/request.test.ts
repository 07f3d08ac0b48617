import { describe, expect, it } from 'vitest';
import { calendarOf, newYork } from '../../../tests/data/rollup-rows.ts';
import { parseRange, parseSeriesPath, type SeriesPath } from './request.ts';

const path: SeriesPath = { start: '20180201', end: '20180208', period: 'day', phone: 'ALL' };
const range = { first: 17_563, last: 17_570 };

describe('the path of a series', () => {
  it.each([
    { name: 'all numbers', given: {}, want: { range, period: 'day', phone: null } },
    { name: 'all numbers in small letters', given: { phone: 'all' }, want: { range, period: 'day', phone: null } },
    { name: 'weeks', given: { period: 'week' }, want: { range, period: 'week', phone: null } },
    { name: 'months', given: { period: 'month' }, want: { range, period: 'month', phone: null } },
    {
      name: 'one number, as it is spelled',
      given: { phone: '(617) 399-0000' },
      want: { range, period: 'day', phone: '(617) 399-0000' },
    },
    {
      name: 'one day',
      given: { end: '20180201' },
      want: { range: { first: 17_563, last: 17_563 }, period: 'day', phone: null },
    },
  ])('asks for $name', ({ given, want }) => {
    expect(parseSeriesPath({ ...path, ...given }, newYork)).toEqual({ ok: true, value: want });
  });

  it.each([
    ['start', '2018-02-01', 'start must be a day as YYYYMMDD, got "2018-02-01"'],
    ['start', '2018021', 'start must be a day as YYYYMMDD, got "2018021"'],
    ['start', '20180201 ', 'start must be a day as YYYYMMDD, got "20180201 "'],
    ['start', '٢٠١٨٠٢٠١', 'start must be a day as YYYYMMDD, got "٢٠١٨٠٢٠١"'],
    ['start', '', 'start must be a day as YYYYMMDD, got ""'],
    ['start', '20180230', 'start must be a day of the calendar, got 20180230, which does not exist'],
    ['start', '20181301', 'start must be a day of the calendar, got 20181301, which does not exist'],
    ['start', '20180200', 'start must be a day of the calendar, got 20180200, which does not exist'],
    ['start', '00000101', 'start must be a day of the calendar, got 00000101, which does not exist'],
    ['end', '20190229', 'end must be a day of the calendar, got 20190229, which does not exist'],
    ['end', 'tomorrow', 'end must be a day as YYYYMMDD, got "tomorrow"'],
    ['end', '20180131', 'end must not be before start, got 20180201 to 20180131'],
    ['period', 'year', 'period must be one of day, week, month, got "year"'],
    ['period', 'Day', 'period must be one of day, week, month, got "Day"'],
    ['period', '', 'period must be one of day, week, month, got ""'],
  ])('is refused for its %s "%s"', (part, given, error) => {
    expect(parseSeriesPath({ ...path, [part]: given }, newYork)).toEqual({ ok: false, error });
  });
});

describe('a range', () => {
  it.each([
    { start: '20080201', end: '20180207', days: 3660 },
    { start: '00010101', end: '00010101', days: 1 },
    { start: '99991231', end: '99991231', days: 1 },
    { start: '20160229', end: '20160301', days: 2 },
  ])('from $start to $end is of $days days', ({ start, end, days }) => {
    const found = parseRange(start, end, newYork);
    expect(found.ok && found.value.last - found.value.first + 1).toBe(days);
  });

  it('is of at most 3,660 days', () => {
    expect(parseRange('20080201', '20180208', newYork)).toEqual({
      ok: false,
      error: 'start to end must be at most 3660 days, got 3661; ask for a part of it',
    });
  });

  it('neither starts nor ends on a day that the zone skipped, but may go over it', () => {
    const apia = calendarOf('Pacific/Apia');
    const error = (name: string) =>
      `${name} must be a day of the calendar, got 20111230, which the clocks of Pacific/Apia skipped`;
    expect(parseRange('20111230', '20111231', apia)).toEqual({ ok: false, error: error('start') });
    expect(parseRange('20111229', '20111230', apia)).toEqual({ ok: false, error: error('end') });
    expect(parseRange('20111229', '20111231', apia)).toEqual({ ok: true, value: { first: 15_337, last: 15_339 } });
  });
});
