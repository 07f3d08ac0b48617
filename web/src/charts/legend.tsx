import { UnstyledButton, useComputedColorScheme } from '@mantine/core';
import { useId } from 'react';
import { paletteOf } from './palette.ts';
import { colorOf, dashOf, type SymbolName, symbolOf } from './series-styles.ts';

export interface LegendEntry {
  readonly name: string;
  /** Place among the series, which says how it is drawn. */
  readonly place: number;
  readonly isShown: boolean;
}

interface Props {
  /** What the graph is called. */
  readonly label: string;
  readonly kind: 'line' | 'bar' | 'stacked';
  readonly entries: readonly LegendEntry[];
  readonly onToggle: (place: number) => void;
}

/** The series of a graph as they are drawn, each a button that hides or shows it. */
export function Legend({ label, kind, entries, onToggle }: Props) {
  return (
    <ul className="legend" aria-label={`Shown in ${label}`}>
      {entries.map(({ name, place, isShown }) => (
        <li key={name}>
          <UnstyledButton className="legend-entry" aria-pressed={isShown} onClick={() => onToggle(place)}>
            <Sample place={place} kind={kind} />
            <span>{name}</span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}

function Sample({ place, kind }: { readonly place: number; readonly kind: Props['kind'] }) {
  const palette = paletteOf(useComputedColorScheme('light'));
  const stripesId = useId();
  const color = colorOf(palette, place);
  if (kind === 'line') {
    return (
      <svg width="30" height="12" viewBox="0 0 30 12" aria-hidden="true" stroke={color} fill={color}>
        <line x1="0" x2="30" y1="6" y2="6" strokeWidth="2" strokeDasharray={dashOf(place).join(' ')} />
        <path d={samplePaths[symbolOf(place)]} stroke="none" />
      </svg>
    );
  }
  return (
    <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
      <pattern id={stripesId} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="2" height="5" fill={palette.surface} />
      </pattern>
      <rect width="14" height="12" rx="2" fill={color} />
      {place % 2 === 1 && <rect width="14" height="12" fill={`url(#${stripesId})`} />}
    </svg>
  );
}

const samplePaths: Readonly<Record<SymbolName, string>> = {
  circle: 'M12 6a3 3 0 1 0 6 0a3 3 0 1 0-6 0z',
  rect: 'M12 3h6v6h-6z',
  triangle: 'M15 2.5l3.5 6.5h-7z',
  diamond: 'M15 2l3.5 4-3.5 4-3.5-4z',
};
