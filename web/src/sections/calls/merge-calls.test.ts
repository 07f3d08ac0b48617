import { describe, expect, it } from 'vitest';
import type { CallSummary } from '../../../../src/wire/dashboard/calls.ts';
import { hasGap, mergeCalls } from './merge-calls.ts';

const call = (id: string, startedAt: string, outcome = 'transfer'): CallSummary => ({
  id,
  number: '+16173990000',
  caller: null,
  region: null,
  direction: 'inbound',
  application: 'a',
  started_at: startedAt,
  duration: 1,
  outcome,
  js_errors: 0,
  fetch_errors: 0,
  page_loads: 0,
  slowest_page_load: null,
  form_items: 0,
  transfers: 0,
  last_item: null,
});
const [old, late] = [call('old', '2018-02-07T10:00:00-05:00'), call('late', '2018-02-07T10:30:00-05:00')];

describe('mergeCalls', () => {
  it('puts new calls where their time is, also over a change of the clock', () => {
    const before = call('before', '2018-02-07T16:15:00+01:00');
    expect(mergeCalls([late, old], [before]).map(({ id }) => id)).toEqual(['late', 'before', 'old']);
  });

  it('shows a call once, as it is now', () => {
    const up = call('late', '2018-02-07T10:30:00-05:00', 'in_progress');
    expect(mergeCalls([up, old], [late])).toEqual([late, old]);
  });
});

describe('hasGap', () => {
  const answer = (calls: readonly CallSummary[], next: string | null) => ({
    calls: [...calls],
    next,
    searched_back_to: null,
  });

  it.each([
    { name: 'more came than were asked for', latest: answer([late], 'more'), is: true },
    { name: 'they reach the list', latest: answer([late, old], 'more'), is: false },
    { name: 'there are no more', latest: answer([late], null), is: false },
    { name: 'none came', latest: answer([], 'more'), is: false },
  ])('is $is where $name', ({ latest, is }) => {
    expect(hasGap([old], latest)).toBe(is);
  });
});
