import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Sparkline } from '../charts/sparkline.tsx';
import { changeOf, printExactly, printFigure, type Unit } from '../format/numbers.ts';
import { Link } from '../router/link.tsx';
import { Change } from './change.tsx';

export interface ValueTileProps {
  readonly label: string;
  /** What it counts, in a sentence. */
  readonly hint: string;
  readonly unit: Unit;
  /** Whether more of it is good, bad, or neither. */
  readonly more: 'good' | 'bad' | 'neutral';
  readonly value: number | null;
  /** What it is compared with; undefined where nothing is. */
  readonly previous?: number | null | undefined;
  /** What is said of the value instead of its change. */
  readonly note?: ReactNode;
  readonly trend?: readonly (number | null)[];
  readonly href: string;
}

/** A value, large, with its change and its course. */
export function ValueTile(props: ValueTileProps) {
  const { label, hint, unit, more, value, previous, note, trend, href } = props;
  const change = previous === undefined ? null : changeOf(value, previous, unit);
  return (
    <Paper withBorder className="tile" component={Link} href={href} title={hint}>
      <Text size="xs" c="dimmed" fw={500}>
        {label}
      </Text>
      <div className="tile-value" title={printExactly(value, unit)}>
        {printFigure(value, unit)}
      </div>
      {previous !== undefined && (
        <Text size="xs" component="div" c="dimmed" title={`${printExactly(previous, unit)} in the period before`}>
          {change !== null && (
            <>
              <Change percent={change} more={more} />{' '}
            </>
          )}
          vs {printFigure(previous, unit)}
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
