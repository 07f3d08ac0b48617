import { type KeyboardEvent, useCallback, useMemo, useRef } from 'react';
import type { Unit } from '../format/numbers.ts';
import { announce } from '../parts/announcer.tsx';
import type { Period } from '../state/filters.ts';
import { useNow } from '../state/now.ts';
import { Canvas } from './canvas.tsx';
import type { ECharts } from './engine.ts';
import { openBucket } from './open-bucket.ts';
import type { Palette } from './palette.ts';
import type { PointMark } from './point-marks.ts';
import { spokenPoint } from './point-texts.ts';
import { type SpanDrag, watchDrag } from './span-drag.ts';
import { pointedIndex, timeOption } from './time-option.ts';

export interface TimeSeries {
  readonly name: string;
  readonly unit: Unit;
  readonly values: readonly (number | null)[];
  /** Of the period before, point for point; null where nothing is compared. */
  readonly previous: readonly (number | null)[] | null;
  /** Says colour, dashes and symbol; without it, the place in the list. It stays the same when another series is hidden. */
  readonly place?: number;
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
  /** Whether the days reach up to today: the bucket of now is then drawn as one that is not over. */
  readonly isOngoing?: boolean;
  /** Points of the first series that stand out. */
  readonly marks?: readonly PointMark[];
  /** Opens what stands behind a point. */
  readonly onOpen?: (index: number) => void;
  /** Narrows what is shown to the points from the first to the last. */
  readonly onSelect?: (first: number, last: number) => void;
}

const noMarks: readonly PointMark[] = [];

/**
 * Figures over time: exact values beside the pointer, a click opens what is behind a point, dragging narrows the days. By keyboard: arrows go
 * from point to point, with Shift over a span; Enter opens or narrows.
 */
export function TimeChart(props: TimeChartProps) {
  const { label, height = 220, starts, period, timeZone, series, kind = 'line', marks = noMarks } = props;
  const canOpen = props.onOpen !== undefined;
  const canSelect = props.onSelect !== undefined;
  const nowMs = useNow();
  const openAt = openBucket(starts, { nowMs, isOngoing: props.isOngoing ?? false });
  const drawn = useMemo(
    () => ({ label, starts, period, timeZone, series, kind, marks, openAt, canOpen, canSelect }),
    [label, starts, period, timeZone, series, kind, marks, openAt, canOpen, canSelect],
  );
  const option = useCallback((palette: Palette) => timeOption(drawn, palette), [drawn]);
  const pointing = usePointing(props, (index) => announce(spokenPoint(drawn, index)));
  return <Canvas option={option} height={height} label={label} {...pointing} />;
}

/** What mouse and keyboard do on a graph; `say` is told of the points that the keyboard comes to. */
function usePointing(props: TimeChartProps, say: (index: number) => void) {
  const shown = useRef(props);
  shown.current = props;
  const pointed = useRef(-1);
  /** The other end of a span that is chosen by keyboard. */
  const anchor = useRef<number | null>(null);
  const drag = useRef<SpanDrag | null>(null);
  const onReady = useMemo(
    () => (chart: ECharts) => {
      chart.on('updateAxisPointer', (event) => {
        const index = pointedIndex(event);
        if (index !== null) pointed.current = index;
      });
      chart.getZr().on('click', ({ offsetX, offsetY }) => {
        if (pointed.current >= 0 && chart.containPixel('grid', [offsetX, offsetY]))
          shown.current.onOpen?.(pointed.current);
      });
      const { onSelect } = shown.current;
      if (onSelect !== undefined) drag.current = watchDrag(chart, (...span) => shown.current.onSelect?.(...span));
    },
    [],
  );
  const endSpan = () => {
    anchor.current = null;
    drag.current?.hide();
  };
  const leave = (chart: ECharts) => {
    endSpan();
    chart.dispatchAction({ type: 'hideTip' });
  };
  const goTo = (index: number, isSpan: boolean, chart: ECharts) => {
    if (isSpan) anchor.current ??= Math.max(0, pointed.current);
    else endSpan();
    pointed.current = Math.min(shown.current.starts.length - 1, Math.max(0, index));
    if (anchor.current !== null) drag.current?.show(anchor.current, pointed.current);
    say(pointed.current);
    chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: pointed.current });
  };
  const enter = () => {
    const { onOpen, onSelect } = shown.current;
    if (pointed.current < 0) return;
    if (anchor.current === null) return onOpen?.(pointed.current);
    const ends = [anchor.current, pointed.current];
    endSpan();
    onSelect?.(Math.min(...ends), Math.max(...ends));
  };
  const onKeyDown = (event: KeyboardEvent, chart: ECharts) => {
    const last = shown.current.starts.length - 1;
    const goal = { ArrowLeft: pointed.current - 1, ArrowRight: pointed.current + 1, Home: 0, End: last }[event.key];
    if (goal !== undefined) {
      event.preventDefault();
      goTo(goal, event.shiftKey && shown.current.onSelect !== undefined, chart);
    }
    if (event.key === 'Enter') enter();
    if (event.key === 'Escape') leave(chart);
  };
  return { onReady, onKeyDown, onBlur: leave };
}
