import { useCallback, useMemo, useRef } from 'react';
import { printExactly, printShortly, type Unit } from '../format/numbers.ts';
import { printBucket, printWholeBucket } from '../format/times.ts';
import type { Period } from '../state/filters.ts';
import { Canvas } from './canvas.tsx';
import type { ECharts, EChartsCoreOption } from './engine.ts';
import type { Palette } from './palette.ts';
import { type TooltipLine, tooltip, tooltipFrame } from './tooltip.ts';

export interface TimeSeries {
  readonly name: string;
  readonly unit: Unit;
  readonly values: readonly (number | null)[];
  /** Of the period before, point for point; null where nothing is compared. */
  readonly previous: readonly (number | null)[] | null;
}

export interface TimeChartProps {
  readonly label: string;
  /** First instants of the buckets, as the server writes them. */
  readonly starts: readonly string[];
  readonly period: Period | null;
  readonly timeZone: string;
  readonly series: readonly TimeSeries[];
  readonly kind?: 'line' | 'bar' | 'stacked';
  readonly height?: number | string;
  /** Opens what stands behind a point. */
  readonly onOpen?: (index: number) => void;
}

/** Figures over time: exact values beside the pointer, arrow keys from point to point, Enter or a click opens what is behind one. */
export function TimeChart(props: TimeChartProps) {
  const { label, height = 220, onOpen } = props;
  const { starts, period, timeZone, series, kind = 'line' } = props;
  const pointed = useRef(-1);
  const open = useRef(onOpen);
  open.current = onOpen;
  const canOpen = onOpen !== undefined;
  const option = useCallback(
    (palette: Palette) => optionOf({ label, starts, period, timeZone, series, kind, canOpen }, palette),
    [label, starts, period, timeZone, series, kind, canOpen],
  );
  const onReady = useMemo(
    () => (chart: ECharts) => {
      chart.on('updateAxisPointer', (event) => {
        const index = pointedIndex(event);
        if (index !== null) pointed.current = index;
      });
      chart.getZr().on('click', ({ offsetX, offsetY }) => {
        if (chart.containPixel('grid', [offsetX, offsetY]) && pointed.current >= 0) open.current?.(pointed.current);
      });
    },
    [],
  );
  const onKeyDown = (event: { readonly key: string; preventDefault(): void }, chart: ECharts) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      pointed.current = Math.min(starts.length - 1, Math.max(0, pointed.current + step));
      chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: pointed.current });
    }
    if (event.key === 'Enter' && pointed.current >= 0) open.current?.(pointed.current);
  };
  return <Canvas option={option} height={height} label={label} onReady={onReady} onKeyDown={onKeyDown} />;
}

function pointedIndex(event: unknown): number | null {
  if (typeof event !== 'object' || event === null || !('dataIndex' in event)) return null;
  return typeof event.dataIndex === 'number' ? event.dataIndex : null;
}

interface Drawn extends Required<Pick<TimeChartProps, 'label' | 'starts' | 'period' | 'timeZone' | 'series' | 'kind'>> {
  readonly canOpen: boolean;
}

function optionOf(drawn: Drawn, palette: Palette): EChartsCoreOption {
  const { starts, period, timeZone, series } = drawn;
  const unit = series[0]?.unit ?? 'count';
  const text = { color: palette.muted, fontSize: 11 };
  return {
    grid: { left: 4, right: 8, top: 10, bottom: 2, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: {
      ...tooltipFrame,
      trigger: 'axis',
      axisPointer: { type: drawn.kind === 'line' ? 'line' : 'shadow', lineStyle: { color: palette.previous }, z: 0 },
      formatter: (points: unknown) => tooltipOf(drawn, palette, points),
    },
    xAxis: {
      type: 'category',
      data: starts.map((start) => printBucket(start, period, timeZone)),
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
    series: series.flatMap((each, place) => seriesOf(each, { place, drawn, palette })),
  };
}

interface Placed {
  readonly place: number;
  readonly drawn: Drawn;
  readonly palette: Palette;
}

const colorOf = (palette: Palette, place: number): string =>
  palette.series[place % palette.series.length] ?? palette.text;

function seriesOf({ name, values, previous }: TimeSeries, { place, drawn, palette }: Placed): object[] {
  const color = colorOf(palette, place);
  const isAlone = drawn.series.length === 1;
  const shape =
    drawn.kind === 'line'
      ? {
          type: 'line',
          symbol: 'circle',
          symbolSize: 5,
          showSymbol: values.length === 1,
          lineStyle: { width: 2, color },
          ...(isAlone ? { areaStyle: { color, opacity: 0.08 } } : {}),
        }
      : { type: 'bar', barMaxWidth: 28, ...(drawn.kind === 'stacked' ? { stack: 'all' } : {}) };
  const current = {
    ...shape,
    name,
    data: values,
    itemStyle: { color },
    z: 3,
    cursor: drawn.canOpen ? 'pointer' : 'default',
  };
  if (previous === null) return [current];
  const before = {
    type: 'line',
    name: `${name}, before`,
    data: previous,
    symbol: 'none',
    lineStyle: { width: 1.5, type: [4, 3], color: isAlone ? palette.previous : color, opacity: isAlone ? 1 : 0.6 },
    itemStyle: { color: palette.previous },
    z: 2,
  };
  return [before, current];
}

function tooltipOf(drawn: Drawn, palette: Palette, points: unknown): HTMLElement {
  const [point]: unknown[] = Array.isArray(points) ? points : [points];
  const index = pointedIndex(point) ?? 0;
  const lines = drawn.series.flatMap(({ name, unit, values, previous }, place): TooltipLine[] => [
    { color: colorOf(palette, place), name, value: printExactly(values[index], unit) },
    ...(previous === null
      ? []
      : [
          {
            color: palette.previous,
            name: `${name}, before`,
            value: printExactly(previous[index], unit),
            isMuted: true,
          },
        ]),
  ]);
  const title = printWholeBucket(drawn.starts[index] ?? '', drawn.period, drawn.timeZone);
  return tooltip(title, lines, drawn.canOpen ? 'Click for the calls' : null);
}
