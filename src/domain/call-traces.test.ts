import { describe, expect, it } from 'vitest';
import type { CallFilter } from './call-filter.ts';
import { daysLeft, tracesOf } from './call-traces.ts';

const nothing: CallFilter = {
  id: 'c-1',
  caller: { number: '0142', ending: '0142' },
  application: null,
  outcome: 'error',
  region: null,
  error: null,
  page: 'main.php',
  visit: null,
  move: null,
  slowerThanMs: null,
};
const days = { first: 10, last: 16 };

describe('what calls have left in the sums', () => {
  it('is nothing for what is not kept there', () => {
    expect(tracesOf(nothing, days)).toEqual([]);
  });

  it('is a trace for each thing that is', () => {
    const node = { page: 'main.php', form: 'menu', item: null };
    const traces = tracesOf(
      {
        ...nothing,
        error: 'any',
        region: 'GB',
        application: 'a',
        visit: { ...node, outcome: 'filled' },
        move: { from: node, to: { page: '', form: '', item: 'error' } },
      },
      days,
    );
    const only = (column: string, value: string) => ({ column, values: [value] });
    expect(traces.map(({ query: { rollup, where }, counters }) => ({ rollup, where, counters }))).toEqual([
      { rollup: 'application_days', where: [only('application', 'a')], counters: ['calls'] },
      { rollup: 'region_days', where: [only('region', 'GB')], counters: ['calls'] },
      {
        rollup: 'page_days',
        where: [only('application', 'a'), only('page', 'main.php')],
        counters: ['js_errors', 'fetch_errors'],
      },
      {
        rollup: 'item_days',
        where: [only('application', 'a'), only('page', 'main.php'), only('form', 'menu')],
        counters: ['filled'],
      },
      {
        rollup: 'link_days',
        where: [
          only('application', 'a'),
          only('from_page', 'main.php'),
          only('from_form', 'menu'),
          only('to_page', ''),
          only('to_form', ''),
          only('to_item', 'error'),
        ],
        counters: ['moves'],
      },
    ]);
    expect(traces.map(({ query: { by, first, last } }) => ({ by, first, last }))).toEqual(
      traces.map(() => ({ by: ['day'], ...days })),
    );
  });
});

describe('the days that are left', () => {
  /** Page loads, their time, cached loads, fetch errors and script errors of a day. */
  const row = (day: number, counters: readonly number[]) => ({ key: [day], counters });

  it('are those on which every trace has something, in runs, the latest first', () => {
    const traces = tracesOf({ ...nothing, error: 'js', slowerThanMs: 1 }, days);
    const errors = [
      row(10, [0, 0, 0, 0, 1]),
      row(11, [1, 5, 0, 3, 0]),
      row(13, [0, 0, 0, 0, 2]),
      row(14, [0, 0, 0, 0, 1]),
      row(16, [1, 1, 1, 1, 1]),
    ];
    const loads = [
      row(10, [1, 0, 0, 0, 0]),
      row(12, [1, 0, 0, 0, 0]),
      row(13, [4, 9, 0, 0, 0]),
      row(14, [1, 1, 0, 0, 0]),
      row(16, [2, 0, 0, 0, 0]),
    ];
    // Loads of any pages: errors stand first, for the page that was asked for.
    expect(traces.map(({ counters }) => counters)).toEqual([['js_errors'], ['page_loads']]);
    expect(daysLeft(traces, [errors, loads], days)).toEqual([
      { first: 16, last: 16 },
      { first: 13, last: 14 },
      { first: 10, last: 10 },
    ]);
    expect(daysLeft(traces, [errors, []], days)).toEqual([]);
  });

  it('are all where nothing has left a trace', () => {
    expect(daysLeft([], [], days)).toEqual([days]);
  });
});
