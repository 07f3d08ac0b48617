import { describe, expect, it } from 'vitest';
import { credentialLifetimeMs, windowSeconds, windowStartOf } from './quota.ts';

describe('a quota window', () => {
  it.each([
    { at: '2018-02-09T12:00:00Z', start: '2018-02-09T12:00:00Z' },
    { at: '2018-02-09T12:14:59.999Z', start: '2018-02-09T12:00:00Z' },
    { at: '2018-02-09T12:15:00Z', start: '2018-02-09T12:15:00Z' },
    { at: '2018-02-09T12:44:59Z', start: '2018-02-09T12:30:00Z' },
    { at: '2018-02-09T23:59:59.999Z', start: '2018-02-09T23:45:00Z' },
  ])('of $at began at $start', ({ at, start }) => {
    expect(windowStartOf(Date.parse(at))).toBe(Date.parse(start) / 1000);
  });

  it('lasts 15 minutes', () => {
    expect(windowSeconds).toBe(900);
  });
});

it('temporary credentials live for 24 hours after their last use', () => {
  expect(credentialLifetimeMs).toBe(24 * 3600 * 1000);
});
