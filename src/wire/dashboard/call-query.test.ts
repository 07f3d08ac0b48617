import { describe, expect, it } from 'vitest';
import { parseCallFilter, parseCallQuery } from './call-query.ts';

const readPhone = (spelled: string) => ({ number: spelled.replace(/\D/g, ''), region: null });

/** The milliseconds of `slower_than`. */
function slowerThanMsOf(text: string): number | null {
  const query = parseCallQuery(new URLSearchParams({ start: '2018-02-01', end: '2018-02-07', slower_than: text }));
  if (!query.ok) throw new Error(query.error.error);
  const filter = parseCallFilter(query.value, { readPhone, country: 'US' });
  if (!filter.ok) throw new Error(filter.error.error);
  return filter.value.slowerThanMs;
}

describe('seconds that a page took longer than', () => {
  // Times 1000, some of these are a little less or more than the milliseconds that they are.
  it.each([
    ['0', 0],
    ['1', 1000],
    ['1.001', 1001],
    ['1.005', 1005],
    ['16.1', 16_100],
    ['64.1', 64_100],
    ['1.9995', 1999.5],
    ['0.000000001', 0.000001],
    ['999999999', 999_999_999_000],
  ])('%s are %d milliseconds', (text, want) => {
    expect(slowerThanMsOf(text)).toBe(want);
  });
});
