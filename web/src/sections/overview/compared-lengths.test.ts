import { describe, expect, it } from 'vitest';
import { comparedLengths } from './compared-lengths.ts';

describe('the lengths that calls are compared by', () => {
  const at = (instant: string, timeZone = 'America/New_York') => ({
    today: '2018-02-28',
    timeZone,
    nowMs: Date.parse(instant),
  });
  const evening = at('2018-02-28T18:00:00-05:00');

  it('count the day that lasts by the clock of the zone', () => {
    const [span, previous] = [
      { start: '2018-02-22', end: '2018-02-28' },
      { start: '2018-02-15', end: '2018-02-21' },
    ];
    expect(comparedLengths(span, previous, evening)).toEqual({ now: 6.75, before: 7 });
    expect(comparedLengths(span, previous, at('2018-02-28T00:00:00-05:00'))).toEqual({ now: 6, before: 7 });
    expect(comparedLengths(span, previous, at('2018-02-28T12:30:00+05:30', 'Asia/Kolkata'))).toEqual({
      now: 6 + 750 / 1440,
      before: 7,
    });
  });

  it.each([
    { name: 'a week that is over', start: '2018-02-12', end: '2018-02-18', lengths: { now: 7, before: 7 } },
    { name: 'a long month', start: '2018-01-01', end: '2018-01-31', lengths: { now: 31, before: 7 } },
    { name: 'two days', start: '2018-02-12', end: '2018-02-13', lengths: null },
    { name: 'eight days', start: '2018-02-12', end: '2018-02-19', lengths: null },
    { name: 'days to come', start: '2018-02-22', end: '2018-03-07', lengths: null },
  ])('are those of $name', ({ start, end, lengths }) => {
    expect(comparedLengths({ start, end }, { start: '2018-01-01', end: '2018-01-07' }, evening)).toEqual(lengths);
  });
});
