import { describe, expect, it } from 'vitest';
import { openBucket } from './open-bucket.ts';

const starts = ['2026-11-26T00:00:00-05:00', '2026-11-27T00:00:00-05:00', '2026-11-28T00:00:00-05:00'];
const at = (instant: string, isOngoing = true) => ({ nowMs: new Date(instant).getTime(), isOngoing });

describe('the bucket that is not over', () => {
  it('is the last one that has begun', () => {
    expect(openBucket(starts, at('2026-11-28T04:59:59Z'))).toBe(1);
    expect(openBucket(starts, at('2026-11-28T05:00:00Z'))).toBe(2);
    expect(openBucket(starts, at('2026-11-28T17:00:00Z'))).toBe(2);
  });

  it('is the first one where none has begun by the clock of the reader', () => {
    expect(openBucket(starts, at('2026-11-20T00:00:00Z'))).toBe(0);
  });

  it('is none where the days are over, or there are none', () => {
    expect(openBucket(starts, at('2026-11-28T17:00:00Z', false))).toBeNull();
    expect(openBucket([], at('2026-11-28T17:00:00Z'))).toBeNull();
  });
});
