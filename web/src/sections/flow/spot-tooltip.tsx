import type { Spot } from './spots.ts';

interface Props {
  readonly spot: Spot;
  readonly x: number;
  readonly y: number;
  /** Of the graph, within which the tooltip stays. */
  readonly width: number;
}

const boxWidth = 320;

/** The box beside the pointer, in the looks of those of the other graphs. */
export function SpotTooltip({ spot, x, y, width }: Props) {
  const left = x + 14 + boxWidth > width ? Math.max(0, x - boxWidth - 14) : x + 14;
  return (
    <div className="tooltip flow-tooltip" aria-hidden="true" style={{ left, top: y + 14, width: boxWidth }}>
      <div className="tooltip-title">{spot.title}</div>
      {spot.lines.map(({ name, value }) => (
        <div className="tooltip-row" key={name}>
          <span className="tooltip-name">{name}</span>
          <span className="tooltip-value">{value}</span>
        </div>
      ))}
      <div className="tooltip-hint">{spot.calls === null ? 'Click to draw more of them' : 'Click for the calls'}</div>
    </div>
  );
}
