import { describe, expect, it } from 'vitest';
import { daysOfBucket, printAgo, printBuckets, printMoment, printSpan, printWholeBucket } from './times.ts';

// In English with the space that the language's data put before AM.
const plain = (text: string) => text.replaceAll('\u{202f}', ' ');

describe('names of buckets', () => {
  const zone = 'Pacific/Auckland';

  it('are hours where all are of one day, also of one that leaves an hour out', () => {
    const starts = ['2026-09-27T01:00:00+12:00', '2026-09-27T03:00:00+13:00', '2026-09-27T13:00:00+13:00'];
    expect(printBuckets(starts, 'hour', zone).map(plain)).toEqual(['1 AM', '3 AM', '1 PM']);
  });

  it('are days and hours where there are several days', () => {
    const starts = ['2026-09-27T23:00:00+13:00', '2026-09-28T00:00:00+13:00'];
    expect(printBuckets(starts, 'hour', zone).map(plain)).toEqual(['Sep 27, 11 PM', 'Sep 28, 12 AM']);
  });

  it.each([
    { period: 'day', text: 'Sep 27', whole: 'Sun, Sep 27, 2026' },
    { period: 'week', text: 'Sep 27', whole: 'Week of Sun, Sep 27, 2026' },
    { period: 'month', text: 'Sep 2026', whole: 'September 2026' },
  ] as const)('of a $period are $text, and $whole', ({ period, text, whole }) => {
    const start = '2026-09-27T00:00:00+12:00';
    expect(printBuckets([start], period, zone)).toEqual([text]);
    expect(printWholeBucket(start, period, zone)).toBe(whole);
  });

  it('tell the two hours apart that a clock shows twice', () => {
    const texts = ['2026-11-01T01:00:00-04:00', '2026-11-01T01:00:00-05:00'].map((start) =>
      plain(printWholeBucket(start, 'hour', 'America/New_York')),
    );
    expect(texts).toEqual(['Sun, Nov 1, 2026, 1:00 AM EDT', 'Sun, Nov 1, 2026, 1:00 AM EST']);
  });
});

describe('days of a bucket', () => {
  it.each([
    { start: '2026-02-27T23:00:00+13:00', period: 'hour', days: ['2026-02-27', '2026-02-27'] },
    { start: '2026-02-23T00:00:00+13:00', period: 'week', days: ['2026-02-23', '2026-03-01'] },
    { start: '2026-02-23T00:00:00+13:00', period: 'week', end: '2026-02-25', days: ['2026-02-23', '2026-02-25'] },
    { start: '2028-02-01T00:00:00+13:00', period: 'month', end: '2028-12-31', days: ['2028-02-01', '2028-02-29'] },
    { start: '2026-02-01T00:00:00+13:00', period: null, end: '2026-05-05', days: ['2026-02-01', '2026-05-05'] },
  ] as const)('from $start by $period are $days', ({ start, period, days, ...rest }) => {
    const { start: first, end: last } = daysOfBucket(start, period, 'end' in rest ? rest.end : '2026-12-31');
    expect([first, last]).toEqual(days);
  });
});

describe('other times', () => {
  it('are a single day, or a span that says nothing twice', () => {
    expect(printSpan({ start: '2026-09-27', end: '2026-09-27' })).toBe('Sun, Sep 27, 2026');
    expect(printSpan({ start: '2026-09-01', end: '2026-09-27' }).replaceAll('\u{2009}', ' ')).toBe('Sep 1 – 27, 2026');
  });

  it('leave out the year that it is anyway', () => {
    const now = new Date('2026-11-28T09:00:00Z');
    expect(plain(printMoment('2026-11-27T11:00:09Z', 'UTC', now))).toBe('Nov 27, 11:00:09 AM');
    expect(plain(printMoment('2025-11-27T11:00:09Z', 'UTC', now))).toBe('Nov 27, 2025, 11:00:09 AM');
  });

  it.each([
    { at: '2026-11-28T08:59:40Z', text: '20 seconds ago' },
    { at: '2026-11-28T08:58:20Z', text: '2 minutes ago' },
    { at: '2026-11-27T07:00:00Z', text: 'yesterday' },
  ])('$at is $text', ({ at, text }) => {
    expect(printAgo(at, Date.parse('2026-11-28T09:00:00Z'))).toBe(text);
  });
});
