import type { ReactNode } from 'react';

interface Props {
  /** Part of the greatest value of the column, 0 to 1. */
  readonly share: number;
  readonly children: ReactNode;
}

/** A figure in a table, over a bar that is as long as it is great beside the others of its column. */
export function BarFigure({ share, children }: Props) {
  return (
    <div className="bar-figure">
      <div className="bar-figure-value">{children}</div>
      <div className="bar-figure-track">
        <div className="bar-figure-bar" style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
      </div>
    </div>
  );
}
