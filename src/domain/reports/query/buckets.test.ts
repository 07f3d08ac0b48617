import { describe, expect, it } from 'vitest';
import { calendarOf } from '../../../../tests/data/rollup-rows.ts';
import { dayOf } from '../../calendar.ts';
import { currentBuckets, previousBuckets } from './buckets.ts';
import { previousPeriod, type ReportPeriod, type ReportRequest } from './request.ts';

const day = (text: string) => dayOf(Temporal.PlainDate.from(text));

function bucketsBefore(zone: string, [first, last]: readonly [string, string], period: ReportPeriod | null) {
  const calendar = calendarOf(zone);
  const range = { first: day(first), last: day(last) };
  const previous = previousPeriod(range, period);
  const request: ReportRequest = { range, period, previous, metrics: ['calls'], by: null, where: [] };
  const current = currentBuckets(request, calendar);
  return { current, range: previous.range, before: previousBuckets(request, current, calendar), calendar };
}

describe('buckets of the period before', () => {
  it.each<{ name: string; zone: string; days: [string, string]; period: ReportPeriod | null }>([
    { name: 'days', zone: 'UTC', days: ['2018-02-07', '2018-02-09'], period: 'day' },
    { name: 'weeks that are cut', zone: 'UTC', days: ['2018-02-07', '2018-02-20'], period: 'week' },
    { name: 'months of other lengths', zone: 'UTC', days: ['2018-08-01', '2018-09-30'], period: 'month' },
    { name: 'months that are cut', zone: 'UTC', days: ['2018-08-03', '2018-09-30'], period: 'month' },
    { name: 'all days', zone: 'UTC', days: ['2018-02-01', '2018-02-28'], period: null },
    { name: 'a day that was left out now', zone: 'Pacific/Apia', days: ['2011-12-29', '2011-12-31'], period: 'day' },
    { name: 'a day that was left out before', zone: 'Pacific/Apia', days: ['2011-12-31', '2012-01-02'], period: 'day' },
  ])('are as many, and have each day of it once: $name', ({ zone, days, period }) => {
    const { current, range, before } = bucketsBefore(zone, days, period);
    const covered = (before?.days ?? []).flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    );
    expect(covered).toEqual(Array.from({ length: range.last - range.first + 1 }, (_, index) => range.first + index));
    expect(before?.days.length).toBe(current.starts.length);
    const places = covered.map((each) => before?.bucketAt(each));
    expect(places).toEqual(before?.days.flatMap(({ first, last }, place) => Array(last - first + 1).fill(place)));
  });

  it('pair hours by the local clock, whatever it did on either day', () => {
    const changes = [
      ['2018-11-04', '2018-11-05'],
      ['2018-03-11', '2018-03-12'],
    ].flat();
    for (const date of changes) {
      const { current, range, before, calendar } = bucketsBefore('America/New_York', [date, date], 'hour');
      const clock = (hour: number) => calendar.hourOfWeek(hour).hour;
      const hours = calendar.hoursBetween(range.first, range.last + 1);
      const paired = hours.map((hour) => [clock(hour), clock(current.starts[before?.bucketAt(hour) ?? -1] ?? 0)]);
      // 02:00 was left out on 2018-03-11, so what it is compared with is in the hour before.
      expect(paired.filter(([then, now]) => then !== now)).toEqual(date === '2018-03-11' ? [[2, 1]] : []);
    }
  });
});
