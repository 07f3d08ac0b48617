import { describe, expect, it } from 'vitest';
import {
  addSummary,
  countOutcome,
  countRejected,
  emptySummary,
  mostListed,
  parseSummary,
  rejectedCount,
  type Summary,
  takenCount,
} from './summary.ts';

const rejected = (index: number) => ({
  index,
  id: `c-${index}`,
  path: '/phone',
  error: 'is missing; it must be given',
});

function summaryOf(counts: Partial<Summary>): Summary {
  return { ...emptySummary(), ...counts };
}

describe('a summary', () => {
  it('is printed as the specification shows it', () => {
    const summary = emptySummary();
    for (let stored = 0; stored < 498; stored += 1) countOutcome(summary, 'stored');
    countOutcome(summary, 'replaced');
    const error = 'must be >= 0, got -4';
    countRejected(summary, { index: 17, id: 'c-17', path: '/events/3/duration_ms', error });
    expect(JSON.stringify(summary)).toBe(
      '{"stored":498,"replaced":1,"unchanged":0,"stale":0,"rejected":' +
        '[{"index":17,"id":"c-17","path":"/events/3/duration_ms","error":"must be >= 0, got -4"}]}',
    );
  });

  it('counts each outcome on its own', () => {
    const summary = emptySummary();
    for (const outcome of ['stored', 'unchanged', 'unchanged', 'stale', 'replaced'] as const) {
      countOutcome(summary, outcome);
    }
    expect(summary).toEqual({ stored: 1, replaced: 1, unchanged: 2, stale: 1, rejected: [] });
    expect([takenCount(summary), rejectedCount(summary)]).toEqual([5, 0]);
  });

  it('lists so many rejects and counts the others', () => {
    const summary = emptySummary();
    for (let index = 0; index < mostListed + 2; index += 1) countRejected(summary, rejected(index));
    expect([summary.rejected.length, summary.rejected_more, rejectedCount(summary)]).toEqual([
      mostListed,
      2,
      mostListed + 2,
    ]);
    expect(summary.rejected.at(-1)).toEqual(rejected(mostListed - 1));
  });

  it('is the same after it was printed and read', () => {
    const summary = summaryOf({ stored: 1, rejected: [rejected(3)], rejected_more: 2 });
    expect(parseSummary(JSON.stringify(summary))).toEqual(summary);
  });
});

describe('a later part of a summary', () => {
  it('is added with the places of its rejects moved behind what stood before it', () => {
    const summary = summaryOf({ stored: 2, stale: 1, rejected: [rejected(1)] });
    addSummary(summary, summaryOf({ stored: 3, replaced: 1, unchanged: 4, rejected: [rejected(0)] }), 10);
    expect(summary).toEqual({
      stored: 5,
      replaced: 1,
      unchanged: 4,
      stale: 1,
      rejected: [rejected(1), { ...rejected(0), index: 10 }],
    });
  });

  it('with rejects that are not listed adds their number', () => {
    const summary = summaryOf({ rejected: Array.from({ length: mostListed }, (_, index) => rejected(index)) });
    addSummary(summary, summaryOf({ rejected: [rejected(0)], rejected_more: 5 }), 20_000);
    expect([rejectedCount(summary), summary.rejected_more]).toEqual([mostListed + 6, 6]);
  });
});
