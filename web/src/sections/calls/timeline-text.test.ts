import { describe, expect, it } from 'vitest';
import type { Timeline } from './timeline.ts';
import { timelineText } from './timeline-text.ts';

describe('timelineText', () => {
  it('has a line for each row, and tabs between what it says', () => {
    const timeline: Timeline = {
      from: 0,
      to: 9,
      ticks: [],
      rows: [
        { id: 'start', at: 0, duration: null, event: null },
        {
          id: 0,
          at: 1.5,
          duration: 0.045,
          event: { at: 1.5, type: 'page_load', page: 'a.php', duration: 0.045, fields: { cached: true } },
        },
        {
          id: 1,
          at: 2,
          duration: null,
          event: { at: 2, type: 'js_error', page: null, duration: null, fields: { message: 'x\n\ty' } },
        },
        { id: 'end', at: 9, duration: null, event: null },
      ],
    };
    expect(timelineText(timeline, 'caller_hangup').split('\n')).toEqual([
      '0:00.000\t\tCall started',
      '0:01.500\t0.045\tPage\ta.php\tfrom a cache',
      '0:02.000\t\tScript error\t\tx y',
      '0:09.000\t\tCaller hung up',
    ]);
  });
});
