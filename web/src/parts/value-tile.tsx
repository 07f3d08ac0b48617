import { Paper, Text } from '@mantine/core';
import { changeOf, printExactly, printFigure, type Unit } from '../format/numbers.ts';
import { Link } from '../router/link.tsx';
import { Change } from './figure-tile.tsx';

interface Props {
  readonly label: string;
  /** What it counts, in a sentence. */
  readonly hint: string;
  readonly unit: Unit;
  /** Whether more of it is good, bad, or neither. */
  readonly more: 'good' | 'bad' | 'neutral';
  readonly value: number | null;
  /** Of the period before; undefined where nothing is compared. */
  readonly previous?: number | null | undefined;
  readonly href: string;
}

/** A value that is made of figures, large, with its change. */
export function ValueTile({ label, hint, unit, more, value, previous, href }: Props) {
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
          <Change percent={changeOf(value, previous)} more={more} /> vs {printFigure(previous, unit)} before
        </Text>
      )}
    </Paper>
  );
}
