import { describe, expect, it } from 'vitest';
import { firstInstantMsOf, parseMonth, printMonth, wholeRowsFrom } from './retention.ts';

describe('a month', () => {
  it.each([
    { text: '1970-01', month: 0, firstMs: 0 },
    { text: '1969-12', month: -1, firstMs: Date.UTC(1969, 11) },
    { text: '2018-03', month: 578, firstMs: Date.UTC(2018, 2) },
    { text: '2024-12', month: 659, firstMs: Date.UTC(2024, 11) },
    { text: '9999-12', month: 96_359, firstMs: Date.UTC(9999, 11) },
  ])('$text is counted from 1970-01, and begins in UTC', ({ text, month, firstMs }) => {
    expect(parseMonth(text)).toBe(month);
    expect(printMonth(month)).toBe(text);
    expect(firstInstantMsOf(month)).toBe(firstMs);
  });

  it.each(['', '2018', '2018-3', '2018-00', '2018-13', '2018-03-01', ' 2018-03', '2018-03 ', '18-03', '+2018-03'])(
    'is not spelled "%s"',
    (text) => {
      expect(parseMonth(text)).toBe(null);
    },
  );
});

it('rows have all their documents from the second day after the first of the month on', () => {
  const firstDay = Date.UTC(2018, 2, 3) / 86_400_000;
  expect(wholeRowsFrom(578)).toEqual({ firstDay, firstHour: firstDay * 86_400 });
});
