import type { ECharts } from './engine.ts';

/** Pixels that the mouse moves before it drags: a click shakes a little. */
const leastPx = 6;

/** Shows and ends a span of points of a graph. */
export interface SpanDrag {
  /** Shows the span of two points, in either order. */
  readonly show: (from: number, to: number) => void;
  readonly hide: () => void;
}

/**
 * Lets a graph over time be dragged across with the mouse; `onSelect` is told of the first and last point. Fingers scroll the page instead.
 */
export function watchDrag(chart: ECharts, onSelect: (from: number, to: number) => void): SpanDrag {
  const place = chart.getDom();
  const shade = document.createElement('div');
  shade.className = 'drag-span';
  const drawShade = (fromPx: number, toPx: number) => {
    shade.style.left = `${Math.min(fromPx, toPx)}px`;
    shade.style.width = `${Math.abs(toPx - fromPx)}px`;
    if (!shade.isConnected) place.append(shade);
  };
  const hide = () => shade.remove();
  let fromPx: number | null = null;
  const drawing = chart.getZr();
  drawing.on('mousedown', ({ offsetX, offsetY, event }) => {
    const isMouse = event instanceof MouseEvent && event.button === 0;
    fromPx = isMouse && chart.containPixel('grid', [offsetX, offsetY]) ? offsetX : null;
  });
  drawing.on('mousemove', ({ offsetX }) => {
    if (fromPx !== null && Math.abs(offsetX - fromPx) >= leastPx) drawShade(fromPx, withinWidth(chart, offsetX));
  });
  drawing.on('mouseup', ({ offsetX }) => {
    const startPx = fromPx;
    fromPx = null;
    hide();
    if (startPx === null || Math.abs(offsetX - startPx) < leastPx) return;
    const points = [startPx, withinWidth(chart, offsetX)].map((px) => pointAt(chart, px));
    onSelect(Math.min(...points), Math.max(...points));
  });
  const show = (from: number, to: number) => {
    const halfPx = (pixelOf(chart, 1) - pixelOf(chart, 0)) / 2;
    drawShade(pixelOf(chart, Math.min(from, to)) - halfPx, pixelOf(chart, Math.max(from, to)) + halfPx);
  };
  return { show, hide };
}

const withinWidth = (chart: ECharts, px: number): number => Math.min(chart.getWidth(), Math.max(0, px));

function pointAt(chart: ECharts, px: number): number {
  const point: unknown = chart.convertFromPixel({ xAxisIndex: 0 }, px);
  return typeof point === 'number' ? Math.max(0, Math.round(point)) : 0;
}

function pixelOf(chart: ECharts, index: number): number {
  const px: unknown = chart.convertToPixel({ xAxisIndex: 0 }, index);
  return typeof px === 'number' ? px : 0;
}
