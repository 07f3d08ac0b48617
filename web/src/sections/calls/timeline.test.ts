import { describe, expect, it } from 'vitest';
import type { CallSummary, TimelineEvent } from '../../../../src/wire/dashboard/calls.ts';
import { barOf, printOffset, tickShare, timelineOf } from './timeline.ts';

const event = (at: number, duration: number | null = null): TimelineEvent => ({
  at,
  type: 'note',
  page: null,
  duration,
  fields: {},
});
const summary = (duration: number | null): CallSummary => ({
  id: 'c-1',
  number: '+16173990000',
  caller: null,
  region: null,
  direction: 'inbound',
  application: 'a',
  started_at: '2018-02-07T10:00:00-05:00',
  duration,
  outcome: duration === null ? 'in_progress' : 'caller_hangup',
  js_errors: 0,
  fetch_errors: 0,
  page_loads: 0,
  slowest_page_load: null,
  form_items: 0,
  transfers: 0,
  last_item: null,
});
const idsOf = (events: TimelineEvent[], duration: number | null) =>
  timelineOf({ events, summary: summary(duration) }).rows.map(({ id }) => id);

describe('timelineOf', () => {
  it('shows events by time, and those of one time in the order of the document', () => {
    expect(idsOf([event(5), event(2), event(5), event(0)], 9)).toEqual(['start', 3, 1, 0, 2, 'end']);
  });

  it('ends after what happened at the same time, and before what happened later', () => {
    expect(idsOf([event(10), event(9)], 9)).toEqual(['start', 1, 'end', 0]);
  });

  it('has no end while the call is up', () => {
    expect(idsOf([event(1)], null)).toEqual(['start', 0]);
  });

  it.each([
    {
      name: 'of a call that has ended',
      events: [event(1, 2)],
      duration: 12,
      axis: [0, 12, [0, 2, 4, 6, 8, 10, 12]],
    },
    {
      name: 'of a call that is up',
      events: [event(1, 2)],
      duration: null,
      axis: [0, 3, [0, 0.5, 1, 1.5, 2, 2.5, 3]],
    },
    {
      name: 'of what lasts longer than the call',
      events: [event(10, 50)],
      duration: 12,
      axis: [0, 60, [0, 10, 20, 30, 40, 50, 60]],
    },
    {
      name: 'of what happened before the call',
      events: [event(-1)],
      duration: 2,
      axis: [-1, 2, [-1, -0.5, 0, 0.5, 1, 1.5, 2]],
    },
    { name: 'of nothing', events: [], duration: 0, axis: [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]] },
    {
      name: 'of days',
      events: [],
      duration: 90_000,
      axis: [0, 90_000, [0, 18_000, 36_000, 54_000, 72_000, 90_000]],
    },
  ])('has an axis $name', ({ events, duration, axis }) => {
    const { from, to, ticks } = timelineOf({ events, summary: summary(duration) });
    expect([from, to, ticks]).toEqual(axis);
  });
});

describe('barOf', () => {
  const timeline = timelineOf({ events: [event(-10)], summary: summary(30) });

  it.each([
    { at: -10, duration: 20, bar: { left: 0, width: 50 } },
    { at: 20, duration: 10, bar: { left: 75, width: 25 } },
    { at: 30, duration: null, bar: { left: 100, width: 0 } },
  ])('of $duration s from $at s', ({ at, duration, bar }) => {
    expect(barOf({ at, duration }, timeline)).toEqual(bar);
  });
});

describe('tickShare', () => {
  it('says how far ticks are apart that begin where the axis does', () => {
    expect(tickShare(timelineOf({ events: [], summary: summary(40) }))).toBe(25);
    expect(tickShare(timelineOf({ events: [event(-3)], summary: summary(40) }))).toBeNull();
  });
});

describe('printOffset', () => {
  it.each([
    [0, '0:00.000'],
    [9.5, '0:09.500'],
    [59.9996, '1:00.000'],
    [125.042, '2:05.042'],
    [3725, '1:02:05.000'],
    [-1.25, '−0:01.250'],
  ])('%s s is %s', (seconds, printed) => {
    expect(printOffset(seconds)).toBe(printed);
  });
});
