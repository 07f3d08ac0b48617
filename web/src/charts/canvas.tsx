import { Button, Skeleton, Text, useComputedColorScheme } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { loadPart } from '../api/load-part.ts';
import type { ECharts, EChartsCoreOption } from './engine.ts';
import { type Palette, paletteOf } from './palette.ts';

export interface CanvasProps {
  /** What is drawn; made anew when the colour scheme changes. */
  readonly option: (palette: Palette) => EChartsCoreOption;
  readonly height: number | string;
  /** What the graph shows, in a sentence, for readers who cannot see it. The table beside it has the figures. */
  readonly label: string;
  /** Told of every graph that was made. */
  readonly onReady?: (chart: ECharts) => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLDivElement>, chart: ECharts) => void;
  readonly onBlur?: (chart: ECharts) => void;
}

/** A graph. The engine is loaded when the first one is shown. */
export function Canvas(props: CanvasProps) {
  const [attempt, setAttempt] = useState(0);
  return <CanvasAttempt key={attempt} {...props} onRetry={() => setAttempt(attempt + 1)} />;
}

interface AttemptProps extends CanvasProps {
  readonly onRetry: () => void;
}

function CanvasAttempt(props: AttemptProps) {
  const { option, height, label, onReady, onKeyDown, onBlur, onRetry } = props;
  const place = useRef<HTMLDivElement>(null);
  const [chart, setChart] = useState<ECharts | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const scheme = useComputedColorScheme('light');
  const ready = useRef(onReady);
  ready.current = onReady;
  useEffect(() => {
    let made: ECharts | null = null;
    let isGone = false;
    const make = async () => {
      const { echarts } = await loadPart(() => import('./engine.ts'));
      if (isGone || place.current === null) return;
      made = echarts.init(place.current);
      ready.current?.(made);
      setChart(made);
    };
    make().catch(() => !isGone && setHasFailed(true));
    const observer = new ResizeObserver(() => made?.resize());
    if (place.current !== null) observer.observe(place.current);
    return () => {
      isGone = true;
      observer.disconnect();
      made?.dispose();
    };
  }, []);
  useEffect(() => {
    // The tooltip stays while figures change below it, and so does everything that is not of a series.
    chart?.setOption({ animation: false, ...option(paletteOf(scheme)) }, { replaceMerge: ['series'] });
  }, [chart, option, scheme]);
  return (
    <div className="chart" style={{ height }}>
      {chart === null && !hasFailed && <Skeleton height="100%" className="chart-loading" />}
      {hasFailed && <NotLoaded onRetry={onRetry} />}
      <div
        ref={place}
        className="chart-canvas"
        role="img"
        aria-label={label}
        tabIndex={onKeyDown === undefined ? -1 : 0}
        onKeyDown={(event) => chart !== null && onKeyDown?.(event, chart)}
        onBlur={() => chart !== null && onBlur?.(chart)}
      />
    </div>
  );
}

/** The engine could not be fetched; the figures are there, and their table shows them. */
function NotLoaded({ onRetry }: { readonly onRetry: () => void }) {
  return (
    <div className="chart-failed" role="alert">
      <Text size="sm">The graph could not be loaded.</Text>
      <Button variant="default" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
