import { type RollupName, rollups } from '../../rollups.ts';
import { columnsOf, type Dimension, dimensionNames } from './dimensions.ts';
import { type Figure, type FigureName, figures } from './figures.ts';
import { isByHour, type ReportRequest } from './request.ts';

/** Where a figure is read from: rows of a rollup, or the distinct callers. */
export type Source = RollupName | 'callers';

/** The rollups that reports read, the smallest first: a figure comes from the first that has all it needs. */
const rateSources = [
  'number_days',
  'number_hours',
  'application_days',
  'region_days',
  'page_days',
  'item_days',
  'link_days',
] as const satisfies readonly RollupName[];
const histogramSources = [
  'load_histogram_days',
  'load_histogram_hours',
  'page_histogram_days',
] as const satisfies readonly RollupName[];

type Asked = Pick<ReportRequest, 'period' | 'by' | 'where'>;

/** The source of a figure, or null where it is not kept in the way that it was asked for. */
export function sourceOf(name: FigureName, asked: Asked): Source | null {
  const figure: Figure = figures[name];
  const columns = [...columnsOf(asked.by), ...asked.where.map(({ column }) => column)];
  const time = isByHour(asked) ? 'hour' : 'day';
  const has = (rollup: RollupName) => [time, ...columns].every((column) => hasKey(rollup, column));
  switch (figure.kind) {
    case 'callers':
      return time === 'day' && columns.every((column) => column === 'phone') ? 'callers' : null;
    case 'percentile':
      return histogramSources.find(has) ?? null;
    case 'rate': {
      const { numerator, denominator } = figure.metric;
      const counters = denominator === null ? [numerator] : [numerator, denominator];
      return (
        rateSources.find((rollup) => has(rollup) && counters.every((counter) => hasCounter(rollup, counter))) ?? null
      );
    }
    default:
      return figure satisfies never;
  }
}

const hasKey = (rollup: RollupName, column: string): boolean => rollups[rollup].key.some((key) => key === column);
const hasCounter = (rollup: RollupName, counter: string): boolean =>
  rollups[rollup].counters.some((each) => each === counter);

/** By what a figure can be broken down, without filters. */
export const dimensionsOf = (name: FigureName): readonly Dimension[] =>
  dimensionNames.filter((by) => sourceOf(name, { by, period: null, where: [] }) !== null);
