import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FigureName } from '../api/report.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { figureTexts } from '../format/figures.ts';
import { changeOf, printChange, printExactly, printFigure } from '../format/numbers.ts';
import { Link } from '../router/link.tsx';

interface Props {
  readonly figure: FigureName;
  readonly value: number | null;
  /** What it is compared with; undefined where nothing is. */
  readonly previous?: number | null;
  /** Of the comparison, for example "Tuesday last week". */
  readonly against?: string;
  /** What is said of the figure instead of its change. */
  readonly note?: ReactNode;
  readonly trend?: readonly (number | null)[];
  readonly href: string;
}

/** One figure, large, with its change and its course. */
export function FigureTile({ figure, value, previous, against, note, trend, href }: Props) {
  const { label, unit, hint, more } = figureTexts[figure];
  return (
    <Paper withBorder className="tile" component={Link} href={href} title={hint}>
      <Text size="xs" c="dimmed" fw={500}>
        {label}
      </Text>
      <div className="tile-value" title={printExactly(value, unit)}>
        {printFigure(value, unit)}
      </div>
      {previous !== undefined && (
        <Text size="xs" component="div" c="dimmed">
          <Change percent={changeOf(value, previous)} more={more} />{' '}
          {against !== undefined && `vs ${printFigure(previous, unit)} ${against}`}
        </Text>
      )}
      {note !== undefined && (
        <Text size="xs" component="div" c="dimmed">
          {note}
        </Text>
      )}
      {trend !== undefined && <Sparkline values={trend} />}
    </Paper>
  );
}

interface ChangeProps {
  readonly percent: number | null;
  readonly more: 'good' | 'bad' | 'neutral';
}

/** A change in percent. Its sign says up or down; the colour, whether that is good, only repeats what an arrow and the words say. */
export function Change({ percent, more }: ChangeProps) {
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
