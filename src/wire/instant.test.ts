import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { parseInstantMs } from './instant.ts';

const ms = Date.UTC(2018, 1, 7, 15);

describe('an RFC 3339 instant', () => {
  it.each([
    { text: '2018-02-07T15:00:00Z', want: ms },
    { text: '2018-02-07T10:00:00-05:00', want: ms },
    { text: '2018-02-07T20:30:00+05:30', want: ms },
    { text: '2018-02-07t15:00:00z', want: ms },
    { text: '2018-02-07 15:00:00Z', want: ms },
    { text: '2018-02-07T15:00:00-00:00', want: ms },
    { text: '2018-02-07T15:00:00.5Z', want: ms + 500 },
    { text: '2018-02-07T15:00:00.123999999Z', want: ms + 123 },
    { text: '1969-12-31T23:59:59.999Z', want: -1 },
    { text: '2016-12-31T23:59:60Z', want: Date.UTC(2016, 11, 31, 23, 59, 59) },
    { text: '0001-01-01T00:00:00Z', want: -62_135_596_800_000 },
    { text: '9999-12-31T23:59:59.999Z', want: 253_402_300_799_999 },
  ])('$text is read', ({ text, want }) => {
    expect(parseInstantMs(text)).toBe(want);
  });

  it.each([
    '',
    'now',
    '2018-02-07',
    '2018-02-07T15:00:00',
    '2018-02-07T15:00Z',
    '2018-02-07T15:00:00.Z',
    '2018-02-07T15:00:00,5Z',
    '20180207T150000Z',
    '2018-13-01T00:00:00Z',
    '2018-02-29T00:00:00Z',
    '2018-02-07T24:00:00Z',
    '2018-02-07T15:60:00Z',
    '2018-02-07T15:00:61Z',
    '2018-02-07T15:00:00+24:00',
    '2018-02-07T15:00:00+0500',
    '2018-02-07T15:00:00Z[UTC]',
    ' 2018-02-07T15:00:00Z',
    '2018-02-07T15:00:00Z\n',
    '+002018-02-07T15:00:00Z',
    '2018-02-07T15:00:00.1234567890Z',
    '1518015600',
  ])('is not "%s"', (text) => {
    expect(parseInstantMs(text)).toBe(null);
  });

  it('is read to the very millisecond, whatever the offset', () => {
    const instants = fc.integer({ min: -62_135_500_000_000, max: 253_402_200_000_000 });
    const offsets = fc.integer({ min: -23 * 60, max: 23 * 60 }).map((minutes) => {
      const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) => `${part}`);
      return `${minutes < 0 ? '-' : '+'}${hour?.padStart(2, '0')}:${minute?.padStart(2, '0')}`;
    });
    fc.assert(
      fc.property(instants, offsets, (instantMs, offset) => {
        const text = Temporal.Instant.fromEpochMilliseconds(instantMs).toString({ timeZone: offset });
        fc.pre(/^\d{4}-/.test(text));
        expect(parseInstantMs(text)).toBe(instantMs);
      }),
      propertyRuns(500),
    );
  });
});
