import { describe, expect, it } from 'vitest';
import { busiestOf, callsAtOnce } from './busiest.ts';

const rows = [
  { start: '2018-02-08T08:00:00-05:00', calls: 3, call_minutes: 0.5 },
  { start: '2018-02-08T09:00:00-05:00', calls: 7, call_minutes: 90 },
  { start: '2018-02-08T10:00:00-05:00', calls: 7, call_minutes: 45 },
];

describe('the busiest bucket', () => {
  it('is the first that has the most', () => {
    expect(busiestOf(rows)).toEqual({ start: '2018-02-08T09:00:00-05:00', calls: 7, callMinutes: 90 });
    expect(busiestOf(rows.slice(0, 1))).toEqual({ start: '2018-02-08T08:00:00-05:00', calls: 3, callMinutes: 0.5 });
  });

  it('is none where no call started', () => {
    expect(busiestOf([])).toBeNull();
    expect(busiestOf([{ start: '2018-02-08T08:00:00-05:00', calls: 0, call_minutes: 0 }])).toBeNull();
  });
});

describe('calls at once', () => {
  it('are call minutes over minutes', () => {
    expect(callsAtOnce(90, 60)).toBe(1.5);
    expect(callsAtOnce(720, 1440)).toBe(0.5);
  });
});
