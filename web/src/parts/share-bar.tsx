import { printFigure, type Unit } from '../format/numbers.ts';
import './share-bar.css';

interface Props {
  readonly value: number | null;
  /** The value of the longest bar. */
  readonly most: number;
  readonly unit: Unit;
  readonly tone?: 'plain' | 'bad';
}

/** A figure in a table with a bar beside it: the bar repeats the figure, for the eye. */
export function ShareBar({ value, most, unit, tone = 'plain' }: Props) {
  const percent = most === 0 ? 0 : (100 * (value ?? 0)) / most;
  return (
    <span className="share">
      <span className="share-track" aria-hidden="true">
        <span className={`share-bar ${tone}`} style={{ width: `${percent}%` }} />
      </span>
      <span className="share-value">{printFigure(value, unit)}</span>
    </span>
  );
}
