import { describe, expect, it } from 'vitest';
import { pointTexts, spokenPoint } from './point-texts.ts';

const graph = {
  starts: ['2026-11-27T00:00:00-05:00', '2026-11-28T00:00:00-05:00'],
  period: 'day',
  timeZone: 'America/New_York',
  series: [
    { name: 'Calls', unit: 'count', values: [1234, 5], previous: [1100, null] },
    { name: 'Transfers', unit: 'count', values: [7, 0], previous: null, place: 4 },
  ],
  marks: [{ index: 0, text: 'Stands out: usually 2' }],
  openAt: 1,
} as const;

describe('what is known of a point', () => {
  it('is each series, the period before it, and why it stands out', () => {
    expect(pointTexts(graph, 0)).toEqual({
      title: 'Fri, Nov 27, 2026',
      lines: [
        { place: 0, name: 'Calls', value: '1,234' },
        { place: null, name: 'Calls, before', value: '1,100' },
        { place: 4, name: 'Transfers', value: '7' },
      ],
      hints: ['Stands out: usually 2'],
    });
  });

  it('is said in one sentence; of the day that is not over, that it is not', () => {
    expect(spokenPoint(graph, 1)).toBe('Sat, Nov 28, 2026, so far. Calls: 5. Calls, before: –. Transfers: 0');
  });
});
