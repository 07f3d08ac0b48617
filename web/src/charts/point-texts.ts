import { printExactly } from '../format/numbers.ts';
import { printWholeBucket } from '../format/times.ts';
import type { PointMark } from './point-marks.ts';
import type { TimeChartProps, TimeSeries } from './time-chart.tsx';

interface Graph extends Pick<TimeChartProps, 'starts' | 'period' | 'timeZone'> {
  readonly series: readonly TimeSeries[];
  readonly marks: readonly PointMark[];
  /** The bucket that is not over. */
  readonly openAt: number | null;
}

export interface PointLine {
  /** Place of the series, which says how it is drawn; null for the period before. */
  readonly place: number | null;
  readonly name: string;
  readonly value: string;
}

export interface PointTexts {
  readonly title: string;
  readonly lines: readonly PointLine[];
  readonly hints: readonly string[];
}

/** What is known of a point of a graph, exactly. */
export function pointTexts({ starts, period, timeZone, series, marks, openAt }: Graph, index: number): PointTexts {
  const lines = series.flatMap(({ name, values, previous, unit, place }, shown): PointLine[] => [
    { place: place ?? shown, name, value: printExactly(values[index], unit) },
    ...(previous === null
      ? []
      : [{ place: null, name: `${name}, before`, value: printExactly(previous[index], unit) }]),
  ]);
  const bucket = printWholeBucket(starts[index] ?? '', period, timeZone);
  return {
    title: index === openAt ? `${bucket}, so far` : bucket,
    lines,
    hints: marks.filter((mark) => mark.index === index).map(({ text }) => text),
  };
}

/** The same in one sentence, for whoever cannot see it. */
export function spokenPoint(graph: Graph, index: number): string {
  const { title, lines, hints } = pointTexts(graph, index);
  return [title, ...lines.map(({ name, value }) => `${name}: ${value}`), ...hints].join('. ');
}
