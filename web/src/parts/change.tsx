import { printChange } from '../format/numbers.ts';

interface Props {
  readonly percent: number | null;
  readonly more: 'good' | 'bad' | 'neutral';
}

/** A change in percent. Its sign says up or down; the colour, whether that is good, only repeats what an arrow and the words say. */
export function Change({ percent, more }: Props) {
  if (percent === null) return <span className="change">–</span>;
  const isUp = percent > 0.05;
  const isDown = percent < -0.05;
  const isBad = (isUp && more === 'bad') || (isDown && more === 'good');
  const isGood = (isUp && more === 'good') || (isDown && more === 'bad');
  return (
    <span className={`change${isBad ? ' bad' : ''}${isGood ? ' good' : ''}`}>
      <span aria-hidden="true">{isUp ? '▲' : isDown ? '▼' : '■'}</span> {printChange(percent)}
    </span>
  );
}
