import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { calendarOf, newYork } from '../../tests/data/rollup-rows.ts';
import { bucketsOf, type Period, periods } from './buckets.ts';
import type { Calendar } from './calendar.ts';
import { dateOf, dayOf } from './calendar.ts';

const dayNamed = (date: string): number => dayOf(Temporal.PlainDate.from(date));

/** `first instant of the whole: first day…last day of the range` for each bucket. */
function printed(first: string, last: string, { period, zone }: { period: Period; zone: string }): readonly string[] {
  const range = { first: dayNamed(first), last: dayNamed(last) };
  return bucketsOf(range, period, calendarOf(zone)).map((bucket) => {
    const start = Temporal.Instant.fromEpochMilliseconds(bucket.startSeconds * 1000).toZonedDateTimeISO(zone);
    return `${start.toPlainDateTime()}: ${dateOf(bucket.first)}…${dateOf(bucket.last)}`;
  });
}

const zone = 'America/New_York';

describe('buckets', () => {
  it('of days are the days, keyed by their first instant', () => {
    expect(printed('2018-02-01', '2018-02-03', { period: 'day', zone })).toEqual([
      '2018-02-01T00:00:00: 2018-02-01…2018-02-01',
      '2018-02-02T00:00:00: 2018-02-02…2018-02-02',
      '2018-02-03T00:00:00: 2018-02-03…2018-02-03',
    ]);
  });

  it('have the key that the sample of the vendor has', () => {
    const day = dayNamed('2018-02-01');
    expect(bucketsOf({ first: day, last: day }, 'day', newYork)).toEqual([
      { startSeconds: 1_517_461_200, first: day, last: day },
    ]);
  });

  it('of weeks start on Monday, keyed by their own midnight also where the range starts later, and hold the range only', () => {
    expect(printed('2018-02-01', '2018-02-13', { period: 'week', zone })).toEqual([
      '2018-01-29T00:00:00: 2018-02-01…2018-02-04',
      '2018-02-05T00:00:00: 2018-02-05…2018-02-11',
      '2018-02-12T00:00:00: 2018-02-12…2018-02-13',
    ]);
  });

  it('of weeks go over the end of a year (ISO 8601)', () => {
    expect(printed('2020-12-31', '2021-01-04', { period: 'week', zone })).toEqual([
      '2020-12-28T00:00:00: 2020-12-31…2021-01-03',
      '2021-01-04T00:00:00: 2021-01-04…2021-01-04',
    ]);
  });

  it('of months are keyed by their first midnight, and hold the range only', () => {
    expect(printed('2020-01-31', '2020-03-01', { period: 'month', zone })).toEqual([
      '2020-01-01T00:00:00: 2020-01-31…2020-01-31',
      '2020-02-01T00:00:00: 2020-02-01…2020-02-29',
      '2020-03-01T00:00:00: 2020-03-01…2020-03-01',
    ]);
  });

  it('of one day in one week is one', () => {
    expect(printed('2018-02-07', '2018-02-07', { period: 'month', zone })).toEqual([
      '2018-02-01T00:00:00: 2018-02-07…2018-02-07',
    ]);
  });

  it('start at 01:00 where a clock change leaves midnight out', () => {
    expect(printed('2018-11-03', '2018-11-05', { period: 'day', zone: 'America/Sao_Paulo' })).toEqual([
      '2018-11-03T00:00:00: 2018-11-03…2018-11-03',
      '2018-11-04T01:00:00: 2018-11-04…2018-11-04',
      '2018-11-05T00:00:00: 2018-11-05…2018-11-05',
    ]);
  });

  it('of days are not there for a day that the zone skipped; the week has it all the same', () => {
    expect(printed('2011-12-29', '2011-12-31', { period: 'day', zone: 'Pacific/Apia' })).toEqual([
      '2011-12-29T00:00:00: 2011-12-29…2011-12-29',
      '2011-12-31T00:00:00: 2011-12-31…2011-12-31',
    ]);
    expect(printed('2011-12-29', '2011-12-31', { period: 'week', zone: 'Pacific/Apia' })).toEqual([
      '2011-12-26T00:00:00: 2011-12-29…2011-12-31',
    ]);
  });

  it.each(periods)('by the %s reach from the year 1 to the year 9999', (period) => {
    const whole = (first: string, last: string) => printed(first, last, { period, zone: 'UTC' });
    expect(whole('0001-01-01', '0001-01-01')).toEqual(['0001-01-01T00:00:00: 0001-01-01…0001-01-01']);
    const start = { day: '9999-12-31', week: '9999-12-27', month: '9999-12-01' }[period];
    expect(whole('9999-12-31', '9999-12-31')).toEqual([`${start}T00:00:00: 9999-12-31…9999-12-31`]);
  });
});

describe('the buckets of any range', () => {
  const ranges = fc
    .record({ first: fc.integer({ min: -719_000, max: 2_932_000 }), days: fc.integer({ min: 1, max: 100 }) })
    .map(({ first, days }) => ({ first, last: first + days - 1 }));
  const zones = fc
    .constantFrom('UTC', zone, 'America/Sao_Paulo', 'Asia/Beirut', 'Australia/Lord_Howe', 'America/St_Johns')
    .map(calendarOf);

  it('cover every day once and in order, under keys that rise', () => {
    fc.assert(
      fc.property(ranges, fc.constantFrom(...periods), zones, (range, period, calendar: Calendar) => {
        const buckets = bucketsOf(range, period, calendar);
        const firsts = buckets.map(({ first }) => first);
        expect([firsts[0], buckets.at(-1)?.last]).toEqual([range.first, range.last]);
        expect(firsts.slice(1)).toEqual(buckets.slice(0, -1).map(({ last }) => last + 1));
        const keys = buckets.map(({ startSeconds }) => startSeconds);
        expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
      }),
      propertyRuns(200),
    );
  });

  it('lie in one week or month each, whose first midnight is the key', () => {
    fc.assert(
      fc.property(ranges, fc.constantFrom('week', 'month'), zones, (range, period: Period, calendar) => {
        for (const { startSeconds, first, last } of bucketsOf(range, period, calendar)) {
          const [from, to] = [dateOf(first), dateOf(last)];
          const start = period === 'week' ? from.subtract({ days: from.dayOfWeek - 1 }) : from.with({ day: 1 });
          const isOne = period === 'week' ? to.until(start).days >= -6 : to.month === from.month;
          expect({ isOne, startSeconds }).toEqual({
            isOne: true,
            startSeconds: start.toZonedDateTime(calendar.timeZone).epochMilliseconds / 1000,
          });
        }
      }),
      propertyRuns(200),
    );
  });
});
