import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCall } from '../../tests/data/calls.ts';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { newYork, rowsOf } from '../../tests/data/rollup-rows.ts';
import type { Call } from './call.ts';
import { contributions } from './contribution.ts';
import { type RollupName, rollups } from './rollups.ts';

describe('the rollups of any call', () => {
  const holds = (property: (call: Call) => void) => fc.assert(fc.property(anyCall, property), propertyRuns(500));
  const total = (rollup: RollupName, call: Call, counter: string): number =>
    rowsOf(rollup, call).reduce((sum, row) => sum + Number(row[counter] ?? 0), 0);

  it('have integers only, and no row that is all zero', () => {
    holds((call) => {
      for (const { rollup, key, counters } of contributions(call, newYork)) {
        expect([key.length, counters.length]).toEqual([rollups[rollup].key.length, rollups[rollup].counters.length]);
        expect(counters.every(Number.isSafeInteger) && counters.some((counter) => counter > 0)).toBe(true);
      }
    });
  });

  it('agree on every counter of the call as a whole', () => {
    holds((call) => {
      for (const counter of rollups.number_days.counters) {
        const byDay = total('number_days', call, counter);
        expect(total('number_hours', call, counter)).toBe(byDay);
        expect(total('application_days', call, counter)).toBe(byDay);
      }
    });
  });

  it('agree on page loads, their time, failed fetches and histograms', () => {
    holds((call) => {
      const loads = total('number_days', call, 'page_loads');
      expect(total('page_days', call, 'page_loads')).toBe(loads);
      for (const histogram of ['load_histogram_days', 'load_histogram_hours', 'page_histogram_days'] as const) {
        expect(total(histogram, call, 'loads')).toBe(loads);
      }
      for (const counter of ['page_load_ms', 'fetch_errors']) {
        expect(total('page_days', call, counter)).toBe(total('number_days', call, counter));
      }
      expect(total('page_days', call, 'cached_loads')).toBeLessThanOrEqual(loads);
    });
  });

  it('agree on visits and loops, and no visit has two outcomes', () => {
    holds((call) => {
      expect(total('item_days', call, 'visits')).toBe(total('number_days', call, 'form_items'));
      expect(total('item_days', call, 'loops')).toBe(total('number_days', call, 'loops'));
      const outcomes = ['filled', 'nomatch', 'noinput', 'transfer', 'disconnect'];
      const ended = outcomes.reduce((sum, outcome) => sum + total('item_days', call, outcome), 0);
      const lasting = call.events.filter((event) => event.kind === 'visit' && event.visit.outcome === null);
      expect(ended + lasting.length).toBe(total('item_days', call, 'visits'));
    });
  });

  it('let nothing of the flow get lost: into every item as much as out of it, but where a call that is up is now', () => {
    holds((call) => {
      const flow = new Map<string, number>();
      const move = (node: string, amount: number) => flow.set(node, (flow.get(node) ?? 0) + amount);
      for (const { from_page, from_form, from_item, to_page, to_form, to_item, moves } of rowsOf('link_days', call)) {
        move(JSON.stringify([from_page, from_form, from_item]), -Number(moves));
        move(JSON.stringify([to_page, to_form, to_item]), Number(moves));
      }
      const visits = call.events.flatMap((event) => (event.kind === 'visit' ? [event.visit] : []));
      const last = visits.at(-1);
      const here = last && JSON.stringify([last.page, last.form, last.item]);
      const isUp = call.end === null;
      const expected = new Map<string, number>();
      if (!isUp || last !== undefined) expected.set(JSON.stringify(['', '', 'start']), -1);
      if (call.end !== null) expected.set(JSON.stringify(['', '', call.end.reason]), 1);
      if (isUp && here !== undefined) expected.set(here, 1);
      expect(new Map([...flow].filter(([, amount]) => amount !== 0))).toEqual(expected);
    });
  });

  it('move as often as items are entered, loops apart, and once more to the end', () => {
    holds((call) => {
      const entered = total('number_days', call, 'form_items') - total('number_days', call, 'loops');
      expect(total('link_days', call, 'moves')).toBe(entered + (call.end === null ? 0 : 1));
    });
  });
});
