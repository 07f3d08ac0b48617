import { describe, expect, it } from 'vitest';
import { searchChanges } from './search-changes.ts';

const now = { search: {}, start: '2018-02-01', end: '2018-02-07', timeZone: 'America/New_York' };

describe('searchChanges', () => {
  it('sets what is filled in, takes away what is empty, and leaves what is not on the page', () => {
    const fields = new Map([
      ['caller', ' 0142 '],
      ['outcome', ''],
      ['error', 'js'],
      ['number', '1'],
    ]);
    expect(searchChanges(fields, now)).toEqual({ caller: '0142', outcome: null, error: 'js' });
  });

  it('reads times by the clock of the account', () => {
    expect(searchChanges(new Map([['from', '2018-02-03T14:05']]), now)).toEqual({ from: '2018-02-03T19:05:00.000Z' });
  });

  it('keeps the seconds of a time that was not changed', () => {
    const search = { from: '2018-02-03T19:05:42Z' };
    expect(searchChanges(new Map([['from', '2018-02-03T14:05']]), { ...now, search })).toEqual(search);
  });

  it('widens the days so that the times lie in them', () => {
    const fields = new Map([
      ['from', '2018-01-30T23:00'],
      ['until', '2018-02-09T00:30'],
    ]);
    expect(searchChanges(fields, now)).toEqual({
      from: '2018-01-31T04:00:00.000Z',
      until: '2018-02-09T05:30:00.000Z',
      range: null,
      start: '2018-01-30',
      end: '2018-02-09',
    });
  });
});
