import { printShortly } from '../format/numbers.ts';
import { printBuckets } from '../format/times.ts';
import type { EChartsCoreOption } from './engine.ts';
import type { Palette } from './palette.ts';
import { pointTexts } from './point-texts.ts';
import { colorOf, dashOf, stripesOf, symbolOf } from './series-styles.ts';
import type { TimeChartProps, TimeSeries } from './time-chart.tsx';
import { type TooltipLine, tooltip, tooltipFrame } from './tooltip.ts';

type Shown = Required<Pick<TimeChartProps, 'label' | 'starts' | 'period' | 'timeZone' | 'series' | 'kind' | 'marks'>>;

interface Drawn extends Shown {
  /** The bucket that is not over; what comes after it is not drawn. */
  readonly openAt: number | null;
  readonly canOpen: boolean;
  readonly canSelect: boolean;
}

/** Points up to which each has its symbol where lines are compared; more would hide the lines. */
const mostSymbols = 45;

/** A graph over time as the engine wants it. */
export function timeOption(drawn: Drawn, palette: Palette): EChartsCoreOption {
  const { starts, period, timeZone, series } = drawn;
  const unit = series[0]?.unit ?? 'count';
  const text = { color: palette.muted, fontSize: 11 };
  return {
    grid: {
      left: 4,
      right: 8,
      top: drawn.marks.length === 0 ? 10 : 20,
      bottom: 2,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    tooltip: {
      ...tooltipFrame,
      trigger: 'axis',
      axisPointer: { type: drawn.kind === 'line' ? 'line' : 'shadow', lineStyle: { color: palette.previous }, z: 0 },
      formatter: (points: unknown) => tooltipOf(drawn, palette, points),
    },
    xAxis: {
      type: 'category',
      data: printBuckets(starts, period, timeZone),
      boundaryGap: drawn.kind !== 'line',
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 4,
      ...(unit === 'count' ? { minInterval: 1 } : {}),
      splitLine: { lineStyle: { color: palette.line } },
      axisLabel: { ...text, formatter: (value: number) => printShortly(value, unit) },
    },
    series: series.flatMap((each, index) => seriesOf(each, { index, drawn, palette })),
  };
}

interface Placed {
  /** Among the series that are shown. */
  readonly index: number;
  readonly drawn: Drawn;
  readonly palette: Palette;
}

function seriesOf(each: TimeSeries, placed: Placed): object[] {
  const { index, drawn, palette } = placed;
  const { name, values, previous, place = index } = each;
  const color = colorOf(palette, place);
  const isAlone = drawn.series.length === 1;
  // A series is drawn on while calls come in; one of another look is another one, of which nothing stays.
  const idOf = (part: string) => [part, name, place, isAlone, drawn.marks.length > 0].join(' ');
  const current = {
    id: idOf('now'),
    ...(drawn.kind === 'line' ? lineOf(each, placed) : barOf(each, placed)),
    name,
    data: drawn.kind === 'line' ? overOnly(values, drawn.openAt) : barsOf(values, drawn.openAt),
    z: 3,
    cursor: drawn.canOpen ? 'pointer' : 'default',
    ...(index === 0 && drawn.marks.length > 0 ? { markPoint: markPointOf(drawn, values, palette) } : {}),
  };
  const { openAt } = drawn;
  const lines =
    drawn.kind === 'line' && openAt !== null
      ? [current, { id: idOf('so far'), ...soFarOf(each, placed, openAt) }]
      : [current];
  if (previous === null) return lines;
  const before = {
    id: idOf('before'),
    type: 'line',
    name: `${name}, before`,
    data: previous,
    symbol: 'none',
    lineStyle: { width: 1.5, type: [4, 3], color: isAlone ? palette.previous : color, opacity: isAlone ? 1 : 0.6 },
    itemStyle: { color: palette.previous },
    z: 2,
  };
  return [before, ...lines];
}

function lineOf({ values, place }: TimeSeries, { index, drawn, palette }: Placed): object {
  const isAlone = drawn.series.length === 1;
  const color = colorOf(palette, place ?? index);
  const dash = dashOf(place ?? index);
  return {
    type: 'line',
    symbol: symbolOf(place ?? index),
    symbolSize: isAlone ? 5 : 6,
    showSymbol: values.length === 1 || (!isAlone && values.length <= mostSymbols),
    lineStyle: { width: 2, color, ...(dash.length === 0 ? {} : { type: dash }) },
    itemStyle: { color },
    ...(isAlone ? { areaStyle: { color, opacity: 0.08 } } : {}),
  };
}

function barOf({ place }: TimeSeries, { index, drawn, palette }: Placed): object {
  const stripes = stripesOf(palette, place ?? index);
  return {
    type: 'bar',
    barMaxWidth: 28,
    ...(drawn.kind === 'stacked' ? { stack: 'all' } : {}),
    itemStyle: { color: colorOf(palette, place ?? index), ...(stripes === null ? {} : { decal: stripes }) },
  };
}

/** Bars; the one of the bucket that is not over is paler. */
function barsOf(values: TimeSeries['values'], openAt: number | null): readonly unknown[] {
  if (openAt === null) return values;
  return values
    .slice(0, openAt + 1)
    .map((value, index) => (index === openAt ? { value, itemStyle: { opacity: 0.45 } } : value));
}

const overOnly = (values: TimeSeries['values'], openAt: number | null): TimeSeries['values'] =>
  openAt === null ? values : values.slice(0, openAt);

/** The dotted end of a line: up to the bucket that is not over. */
function soFarOf(each: TimeSeries, placed: Placed, openAt: number): object {
  return {
    ...lineOf(each, placed),
    name: each.name,
    data: each.values.slice(0, openAt + 1).map((value, index) => (index < openAt - 1 ? null : value)),
    lineStyle: { width: 2, color: colorOf(placed.palette, each.place ?? placed.index), type: [2, 3] },
    areaStyle: null,
    z: 3,
  };
}

/** A triangle above each point that stands out. */
function markPointOf({ marks }: Drawn, values: TimeSeries['values'], palette: Palette): object {
  return {
    silent: true,
    symbol: 'triangle',
    symbolRotate: 180,
    symbolSize: [11, 9],
    symbolOffset: [0, -10],
    itemStyle: { color: palette.bad },
    label: { show: false },
    data: marks.map(({ index }) => ({ coord: [index, values[index] ?? 0] })),
  };
}

/** The place of the point that an event of the engine tells of; null where it tells of none. */
export function pointedIndex(event: unknown): number | null {
  if (typeof event !== 'object' || event === null || !('dataIndex' in event)) return null;
  return typeof event.dataIndex === 'number' ? event.dataIndex : null;
}

function tooltipOf(drawn: Drawn, palette: Palette, points: unknown): HTMLElement {
  const [point]: unknown[] = Array.isArray(points) ? points : [points];
  const index = pointedIndex(point) ?? 0;
  const { title, lines, hints } = pointTexts(drawn, index);
  const colored = lines.map(
    ({ place, name, value }): TooltipLine => ({
      color: place === null ? palette.previous : colorOf(palette, place),
      name,
      value,
      isMuted: place === null,
    }),
  );
  return tooltip(title, colored, ...hints, actionsOf(drawn));
}

function actionsOf({ canOpen, canSelect }: Drawn): string | null {
  if (canOpen) return canSelect ? 'Click for the calls, drag to narrow the days' : 'Click for the calls';
  return canSelect ? 'Drag to narrow the days' : null;
}
