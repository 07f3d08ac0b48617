import { expect, it } from 'vitest';
import { binsPerBlock, isIntegerColumn, rollupNames, rollups, storedRollup } from './rollups.ts';

it('every rollup has its place in the list of names, once', () => {
  expect([...rollupNames].sort()).toEqual(Object.keys(rollups).sort());
});

it('a stored contribution names its rollup by its place, so places never change', () => {
  expect(rollupNames.slice(0, 11)).toEqual([
    'number_days',
    'number_hours',
    'application_days',
    'caller_days',
    'region_days',
    'item_days',
    'link_days',
    'page_days',
    'load_histogram_days',
    'load_histogram_hours',
    'page_histogram_days',
  ]);
});

it('every key begins with the number and then the time, so that a report reads one run of rows', () => {
  expect(rollupNames.map((name) => rollups[name].key[0])).toEqual(rollupNames.map(() => 'phone'));
  expect(rollupNames.filter((name) => !['day', 'hour'].includes(rollups[name].key[1]))).toEqual([]);
});

it('key columns of time and bins are integers, the others text', () => {
  const columns = new Set(rollupNames.flatMap((name): readonly string[] => rollups[name].key));
  expect([...columns].filter(isIntegerColumn).sort()).toEqual(['bin', 'day', 'hour']);
});

it('a store keeps a histogram in rows of neighbouring bins, and every other rollup as it is', () => {
  const blocks = Array.from({ length: binsPerBlock }, (_, bin) => `bin_${bin}`);
  expect(storedRollup('page_histogram_days')).toEqual({
    key: ['phone', 'day', 'application', 'page', 'block'],
    counters: blocks,
  });
  expect(storedRollup('load_histogram_hours')).toEqual({ key: ['phone', 'hour', 'block'], counters: blocks });
  expect(storedRollup('item_days')).toEqual(rollups.item_days);
  expect(isIntegerColumn('block')).toBe(true);
});
