import { describe, expect, it } from 'vitest';
import { monthsEarlier, possibleMonths } from './months.ts';

const nowMs = Date.UTC(2026, 1, 28, 23, 59);

describe('months from which on documents can be kept', () => {
  it('are those that are over, after the first that is kept', () => {
    expect(possibleMonths('2025-11', nowMs)).toEqual(['2026-01', '2025-12']);
  });

  it('are none where the month before is the first that is kept', () => {
    expect(possibleMonths('2026-01', nowMs)).toEqual([]);
  });

  it('go back twenty years where all is kept', () => {
    const months = possibleMonths(null, nowMs);
    expect([months.length, months[0], months.at(-1)]).toEqual([240, '2026-01', '2006-02']);
  });
});

it('counts months back over the end of a year', () => {
  expect(monthsEarlier('2026-01', 1)).toBe('2025-12');
});
