import { describe, expect, it } from 'vitest';
import { offsetOf, printZone, zonesFor } from './zones.ts';

const winter = new Date('2026-01-15T12:00:00Z');
const summer = new Date('2026-07-15T12:00:00Z');

describe('the offset of a zone', () => {
  it.each([
    { zone: 'America/New_York', at: winter, offset: 'UTC−05:00' },
    { zone: 'America/New_York', at: summer, offset: 'UTC−04:00' },
    { zone: 'Asia/Kolkata', at: winter, offset: 'UTC+05:30' },
    { zone: 'UTC', at: winter, offset: 'UTC' },
  ])('of $zone is $offset', ({ zone, at, offset }) => {
    expect(offsetOf(zone, at)).toBe(offset);
  });
});

it('names a zone so that it is found by the words of its city', () => {
  expect(printZone('America/New_York', winter)).toBe('America/New York (UTC−05:00)');
});

it('offers UTC and the zone of the account, each once', () => {
  const values = zonesFor('US/Eastern', winter).map(({ value }) => value);
  expect(values.filter((value) => ['UTC', 'US/Eastern', 'America/New_York'].includes(value))).toEqual([
    'America/New_York',
    'US/Eastern',
    'UTC',
  ]);
});
