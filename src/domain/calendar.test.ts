import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { calendarOf } from '../../tests/data/rollup-rows.ts';
import { Calendar, dateOf, dayOf, isDate } from './calendar.ts';

const msOf = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;
const dayNamed = (date: string): number => dayOf(Temporal.PlainDate.from(date));
const printed = (seconds: number): string => Temporal.Instant.fromEpochMilliseconds(seconds * 1000).toString();

describe('a calendar', () => {
  it.each(['America/New_York', 'UTC', 'Etc/GMT+5', 'Asia/Kathmandu'])('is opened of the zone %s', (zone) => {
    expect(Calendar.open(zone)?.timeZone).toBe(zone);
  });

  it.each(['America/New_Yrok', '', 'EST5EDT4', '../UTC', '25:00'])('is not opened of "%s"', (zone) => {
    expect(Calendar.open(zone)).toBe(null);
  });
});

describe('a day', () => {
  it.each([
    { date: '1970-01-01', day: 0 },
    { date: '1969-12-31', day: -1 },
    { date: '2018-02-07', day: 17_569 },
    { date: '2000-02-29', day: 11_016 },
    { date: '0001-01-01', day: -719_162 },
    { date: '9999-12-31', day: 2_932_896 },
  ])('$date is day $day', ({ date, day }) => {
    expect(dayNamed(date)).toBe(day);
    expect(dateOf(day).toString()).toBe(date);
  });

  it('is counted as the calendar counts, over all years and leap years', () => {
    const epoch = Temporal.PlainDate.from('1970-01-01');
    const first = epoch.add({ days: -719_162 });
    for (let days = 0; days < 3_652_059; days += 367) {
      const date = first.add({ days });
      const found = [dayOf(date), dayOf(date.with({ day: date.daysInMonth }))];
      const want = [days - 719_162, days - 719_162 + date.daysInMonth - date.day];
      if (found[0] !== want[0] || found[1] !== want[1])
        expect({ date: `${date}`, found }).toEqual({ date: `${date}`, found: want });
    }
  });

  it.each([
    { date: [2000, 2, 29], is: true },
    { date: [1900, 2, 29], is: false },
    { date: [2019, 2, 29], is: false },
    { date: [2020, 2, 30], is: false },
    { date: [2018, 4, 31], is: false },
    { date: [2018, 12, 31], is: true },
    { date: [2018, 12, 32], is: false },
    { date: [2018, 13, 1], is: false },
    { date: [2018, 0, 1], is: false },
    { date: [2018, 1, 0], is: false },
    { date: [9999, 12, 31], is: true },
    { date: [1, 1, 1], is: true },
  ])('$date is one: $is', ({ date: [year = 0, month = 0, day = 0], is }) => {
    expect(isDate({ year, month, day })).toBe(is);
  });

  it('starts at midnight, or at its first instant where the clocks leave midnight out', () => {
    const cases = [
      { zone: 'America/New_York', date: '2018-02-01', want: '2018-02-01T05:00:00Z' },
      { zone: 'UTC', date: '2018-02-01', want: '2018-02-01T00:00:00Z' },
      { zone: 'Asia/Kathmandu', date: '2018-02-01', want: '2018-01-31T18:15:00Z' },
      // Clocks go from 24:00 to 01:00.
      { zone: 'America/Sao_Paulo', date: '2018-11-04', want: '2018-11-04T03:00:00Z' },
      { zone: 'Asia/Beirut', date: '2022-03-27', want: '2022-03-26T22:00:00Z' },
      // Midnight comes twice (00:00 to 23:00), and the first one counts.
      { zone: 'America/Sao_Paulo', date: '2018-02-18', want: '2018-02-18T03:00:00Z' },
      // Until 2010 the clocks changed at 00:01: this midnight came twice, too.
      { zone: 'America/St_Johns', date: '2006-10-29', want: '2006-10-29T02:30:00Z' },
      { zone: 'America/Toronto', date: '1919-03-31', want: '1919-03-31T04:30:00Z' },
      // Local mean time, -4:56:02.
      { zone: 'America/New_York', date: '1883-11-01', want: '1883-11-01T04:56:02Z' },
      { zone: 'America/New_York', date: '0001-01-01', want: '0001-01-01T04:56:02Z' },
      { zone: 'America/New_York', date: '9999-12-31', want: '9999-12-31T05:00:00Z' },
      // A day that was skipped has no start: that of the next one.
      { zone: 'Pacific/Apia', date: '2011-12-30', want: '2011-12-30T10:00:00Z' },
    ];
    const found = cases.map(({ zone, date }) => printed(calendarOf(zone).startOf(dayNamed(date))));
    expect(found).toEqual(cases.map(({ want }) => want));
  });

  it.each([
    { zone: 'America/New_York', date: '2018-03-11', hours: 23 },
    { zone: 'America/New_York', date: '2018-11-04', hours: 25 },
    { zone: 'America/Sao_Paulo', date: '2018-11-04', hours: 23 },
    { zone: 'Australia/Lord_Howe', date: '2018-04-01', hours: 24.5 },
    { zone: 'Australia/Lord_Howe', date: '2018-10-07', hours: 23.5 },
    { zone: 'Pacific/Apia', date: '2011-12-30', hours: 0 },
    { zone: 'UTC', date: '2018-03-11', hours: 24 },
  ])('$date has $hours hours in $zone', ({ zone, date, hours }) => {
    const calendar = calendarOf(zone);
    const day = dayNamed(date);
    expect((calendar.startOf(day + 1) - calendar.startOf(day)) / 3600).toBe(hours);
  });

  it.each([
    { zone: 'Pacific/Apia', date: '2011-12-30', has: false },
    { zone: 'Pacific/Apia', date: '2011-12-29', has: true },
    { zone: 'Pacific/Apia', date: '2011-12-31', has: true },
    { zone: 'Pacific/Kwajalein', date: '1993-08-21', has: false },
    { zone: 'Pacific/Kwajalein', date: '1993-08-20', has: true },
    { zone: 'Asia/Manila', date: '1844-12-31', has: false },
    { zone: 'UTC', date: '2011-12-30', has: true },
    { zone: 'America/Sao_Paulo', date: '2018-11-04', has: true },
  ])('$date in $zone: $has', ({ zone, date, has }) => {
    expect(calendarOf(zone).has(dayNamed(date))).toBe(has);
  });
});

describe('the local day and hour of an instant', () => {
  it.each([
    { at: '2018-02-07T15:20:00Z', zone: 'America/New_York', date: '2018-02-07', hour: '2018-02-07T15:00:00Z' },
    { at: '2018-02-08T04:59:59.999Z', zone: 'America/New_York', date: '2018-02-07', hour: '2018-02-08T04:00:00Z' },
    { at: '2018-02-08T05:00:00Z', zone: 'America/New_York', date: '2018-02-08', hour: '2018-02-08T05:00:00Z' },
    // 01:00 to 02:00 comes twice.
    { at: '2018-11-04T05:59:59.999Z', zone: 'America/New_York', date: '2018-11-04', hour: '2018-11-04T05:00:00Z' },
    { at: '2018-11-04T06:00:00Z', zone: 'America/New_York', date: '2018-11-04', hour: '2018-11-04T06:00:00Z' },
    { at: '2018-11-04T06:30:00Z', zone: 'America/New_York', date: '2018-11-04', hour: '2018-11-04T06:00:00Z' },
    // 02:00 to 03:00 does not come.
    { at: '2018-03-11T07:15:00Z', zone: 'America/New_York', date: '2018-03-11', hour: '2018-03-11T07:00:00Z' },
    { at: '2018-02-07T15:20:00Z', zone: 'Asia/Kathmandu', date: '2018-02-07', hour: '2018-02-07T15:15:00Z' },
    // At 02:00 the clocks go back to 01:30, so the second half of the hour of 01:00 comes twice.
    { at: '2018-03-31T14:59:00Z', zone: 'Australia/Lord_Howe', date: '2018-04-01', hour: '2018-03-31T14:00:00Z' },
    { at: '2018-03-31T15:01:00Z', zone: 'Australia/Lord_Howe', date: '2018-04-01', hour: '2018-03-31T15:00:00Z' },
    { at: '2018-03-31T15:29:00Z', zone: 'Australia/Lord_Howe', date: '2018-04-01', hour: '2018-03-31T15:00:00Z' },
    { at: '2018-03-31T15:30:00Z', zone: 'Australia/Lord_Howe', date: '2018-04-01', hour: '2018-03-31T15:30:00Z' },
    // At 02:00 the clocks go to 02:30, where the hour of 02:00 begins.
    { at: '2018-10-06T15:45:00Z', zone: 'Australia/Lord_Howe', date: '2018-10-07', hour: '2018-10-06T15:30:00Z' },
    // At 00:01 the clocks go back to 23:01, so midnight comes at 02:30 UTC and at 03:30 UTC.
    { at: '2006-10-29T02:30:30Z', zone: 'America/St_Johns', date: '2006-10-29', hour: '2006-10-29T02:30:00Z' },
    { at: '2006-10-29T02:31:00Z', zone: 'America/St_Johns', date: '2006-10-28', hour: '2006-10-29T02:31:00Z' },
    { at: '2006-10-29T03:30:00Z', zone: 'America/St_Johns', date: '2006-10-29', hour: '2006-10-29T03:30:00Z' },
    // Local mean time, -4:56:02.
    { at: '1883-11-01T12:00:00Z', zone: 'America/New_York', date: '1883-11-01', hour: '1883-11-01T11:56:02Z' },
    { at: '1969-12-31T23:59:59.999Z', zone: 'UTC', date: '1969-12-31', hour: '1969-12-31T23:00:00Z' },
    { at: '0001-01-01T00:00:00Z', zone: 'UTC', date: '0001-01-01', hour: '0001-01-01T00:00:00Z' },
    { at: '9999-12-31T23:59:59Z', zone: 'UTC', date: '9999-12-31', hour: '9999-12-31T23:00:00Z' },
  ])('$at in $zone is on $date, in the hour from $hour', ({ at, zone, date, hour }) => {
    expect(calendarOf(zone).dayAndHourOf(msOf(at))).toEqual({ day: dayNamed(date), hour: msOf(hour) / 1000 });
  });
});

describe('in every zone there is', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const anyMs = fc.oneof(
    fc.integer({ min: msOf('0001-01-02T00:00:00Z'), max: msOf('9999-12-30T00:00:00Z') }),
    fc.integer({ min: msOf('1880-01-01T00:00:00Z'), max: msOf('2040-01-01T00:00:00Z') }),
  );

  /** Instants at and around the change of the clocks that follows. */
  function nearChangeAfter(instantMs: number, zone: string): readonly number[] {
    const at = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
    const changeMs = at.getTimeZoneTransition('next')?.epochMilliseconds;
    return changeMs === undefined ? [] : [-3_600_000, -1, 0, 1, 1_800_000, 86_399_999].map((ms) => changeMs + ms);
  }

  /** First instant of the local hour, found from offsets alone: by going back to the full hour, or to where the offset was another. */
  function hourStartMs(zoned: Temporal.ZonedDateTime): number {
    const { minute, second, millisecond, epochMilliseconds, offsetNanoseconds, timeZoneId } = zoned;
    const fullHourMs = epochMilliseconds - (minute * 60_000 + second * 1000 + millisecond);
    const offsetAt = (ms: number) =>
      Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZoneId).offsetNanoseconds;
    if (offsetAt(fullHourMs) === offsetNanoseconds) return fullHourMs;
    let [other, same] = [fullHourMs, epochMilliseconds];
    while (same - other > 1) {
      const middle = Math.floor((other + same) / 2);
      if (offsetAt(middle) === offsetNanoseconds) same = middle;
      else other = middle;
    }
    return same;
  }

  it('days and hours are those of the time zone database, also around its changes', () => {
    fc.assert(
      fc.property(fc.array(anyMs, { minLength: zones.length, maxLength: zones.length }), (instants) => {
        for (const [index, zone] of zones.entries()) {
          const calendar = calendarOf(zone);
          const instantMs = instants[index] ?? 0;
          for (const ms of [instantMs, ...nearChangeAfter(instantMs, zone)]) {
            const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
            const want = { day: dayOf(zoned.toPlainDate()), hour: hourStartMs(zoned) / 1000 };
            const found = calendar.dayAndHourOf(ms);
            if (found.day !== want.day || found.hour !== want.hour)
              expect({ zone, ms, found }).toEqual({ zone, ms, found: want });
          }
        }
      }),
      propertyRuns(10),
    );
  });

  it('the start of a day is its first instant', () => {
    fc.assert(
      fc.property(fc.array(anyMs, { minLength: zones.length, maxLength: zones.length }), (instants) => {
        for (const [index, zone] of zones.entries()) {
          const calendar = calendarOf(zone);
          const instantMs = instants[index] ?? 0;
          for (const ms of [instantMs, ...nearChangeAfter(instantMs, zone)]) {
            const { day } = calendar.dayAndHourOf(ms);
            const startMs = calendar.startOf(day) * 1000;
            const [at, before] = [calendar.dayAndHourOf(startMs).day, calendar.dayAndHourOf(startMs - 1).day];
            if (at !== day || before >= day)
              expect({ zone, ms, at, before }).toEqual({ zone, ms, at: day, before: day - 1 });
          }
        }
      }),
      propertyRuns(10),
    );
  });

  it('the hours of days are all that an instant of them can be in, and the hour of the week is the local one', () => {
    fc.assert(
      fc.property(fc.array(anyMs, { minLength: zones.length, maxLength: zones.length }), (instants) => {
        for (const [index, zone] of zones.entries()) {
          const calendar = calendarOf(zone);
          const { day, hour } = calendar.dayAndHourOf(instants[index] ?? 0);
          const hours = calendar.hoursBetween(day, day + 1);
          const starts = hours.map((start) => calendar.dayAndHourOf(start * 1000).hour);
          const { dayOfWeek, hour: clock } = Temporal.Instant.fromEpochMilliseconds(hour * 1000).toZonedDateTimeISO(
            zone,
          );
          const found = { starts, isThere: hours.includes(hour), hourOfWeek: calendar.hourOfWeek(hour) };
          expect({ zone, ...found }).toEqual({
            zone,
            starts: [...new Set(hours)].sort((a, b) => a - b),
            isThere: true,
            hourOfWeek: { weekday: dayOfWeek, hour: clock },
          });
        }
      }),
      propertyRuns(3),
    );
  });
});
