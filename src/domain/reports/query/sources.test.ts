import { describe, expect, it } from 'vitest';
import { type Dimension, dimensionNames, filterColumns } from './dimensions.ts';
import { type FigureName, figureNames } from './figures.ts';
import { reportPeriods } from './request.ts';
import { dimensionsOf, sourceOf } from './sources.ts';

describe('the source of a figure', () => {
  it('is what is kept by the columns that are needed, the smallest first', () => {
    const asked = (by: Dimension | null, column?: string, period: 'hour' | null = null) => ({
      by,
      period,
      where: column === undefined ? [] : [{ column, values: ['x'] }],
    });
    const sources: readonly [FigureName, ReturnType<typeof asked>, string | null][] = [
      ['calls', asked(null), 'number_days'],
      ['calls', asked('number'), 'number_days'],
      ['calls', asked(null, undefined, 'hour'), 'number_hours'],
      ['calls', asked('hour_of_week'), 'number_hours'],
      ['calls', asked('application'), 'application_days'],
      ['calls', asked('number', 'application'), 'application_days'],
      ['calls', asked('region'), 'region_days'],
      ['calls', asked('page'), null],
      ['calls', asked('application', undefined, 'hour'), null],
      ['average_page_load', asked('page'), 'page_days'],
      ['js_errors_per_call', asked('page'), null],
      ['loops', asked('form_item'), 'item_days'],
      ['moves', asked('link'), 'link_days'],
      ['page_load_p95', asked('number'), 'load_histogram_days'],
      ['page_load_p95', asked('hour_of_week'), 'load_histogram_hours'],
      ['page_load_p95', asked(null, 'page'), 'page_histogram_days'],
      ['callers', asked('number'), 'callers'],
      ['callers', asked(null, 'application'), null],
      ['callers', asked(null, undefined, 'hour'), null],
    ];
    expect(sources.map(([name, question]) => [name, question, sourceOf(name, question)])).toEqual(sources);
  });

  it('is there for every figure in some way, and for every breakdown and filter of some figure', () => {
    expect(figureNames.filter((name) => sourceOf(name, { by: null, period: null, where: [] }) === null)).toEqual([]);
    const kept = new Set(figureNames.flatMap(dimensionsOf));
    expect(dimensionNames.filter((by) => !kept.has(by))).toEqual([]);
    const isFiltered = (column: string) =>
      figureNames.some((name) => sourceOf(name, { by: null, period: null, where: [{ column, values: [] }] }) !== null);
    expect(filterColumns.filter((column) => !isFiltered(column))).toEqual([]);
    expect(reportPeriods.every((period) => sourceOf('calls', { by: null, period, where: [] }) !== null)).toBe(true);
  });
});
