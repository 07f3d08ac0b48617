import { describe, expect, it } from 'vitest';
import { instantOf, localTimeOf } from './local-time.ts';

describe('the clock of a time zone', () => {
  it.each([
    { zone: 'America/New_York', local: '2018-02-07T14:05', instant: '2018-02-07T19:05:00.000Z' },
    { zone: 'America/New_York', local: '2018-07-07T14:05', instant: '2018-07-07T18:05:00.000Z' },
    { zone: 'Asia/Kathmandu', local: '2018-02-07T00:10', instant: '2018-02-06T18:25:00.000Z' },
    { zone: 'UTC', local: '2018-02-07T00:00', instant: '2018-02-07T00:00:00.000Z' },
    // Half an hour before and after the change of the clock.
    { zone: 'America/New_York', local: '2018-03-11T01:30', instant: '2018-03-11T06:30:00.000Z' },
    { zone: 'America/New_York', local: '2018-03-11T03:30', instant: '2018-03-11T07:30:00.000Z' },
    // Shown twice: the first time.
    { zone: 'America/New_York', local: '2018-11-04T01:30', instant: '2018-11-04T05:30:00.000Z' },
  ])('$local in $zone is $instant, and back', ({ zone, local, instant }) => {
    expect(instantOf(local, zone)).toBe(instant);
    expect(localTimeOf(instant, zone)).toBe(local);
  });

  it('takes a time that the clock leaves out as much later as it was moved', () => {
    expect(instantOf('2018-03-11T02:30', 'America/New_York')).toBe('2018-03-11T07:30:00.000Z');
  });

  it('says that a text is no time', () => {
    expect(instantOf('', 'UTC')).toBeNull();
    expect(instantOf('soon', 'UTC')).toBeNull();
    expect(localTimeOf('soon', 'UTC')).toBe('');
  });
});
