import { Text } from '@mantine/core';
import { changeOf, printFigure } from '../../format/numbers.ts';
import { Change } from '../../parts/change.tsx';
import { Link } from '../../router/link.tsx';
import type { PlaceCount } from './region-counts.ts';

interface Props {
  readonly places: readonly PlaceCount[];
  readonly hrefOf: (place: PlaceCount) => string | null;
}

/** Calls that have no place on the map, so that all of them are somewhere. */
export function Elsewhere({ places, hrefOf }: Props) {
  if (places.length === 0) return null;
  return (
    <div className="elsewhere">
      <Text size="xs" c="dimmed" fw={500}>
        Not on the map
      </Text>
      <ul>
        {places.map((place) => {
          const href = hrefOf(place);
          return (
            <li key={place.name}>
              <span>{href === null ? place.name : <Link href={href}>{place.name}</Link>}</span>
              <span className="elsewhere-figure">
                {place.previous !== null && (
                  <Change percent={changeOf(place.calls, place.previous, 'count')} more="neutral" />
                )}{' '}
                {printFigure(place.calls, 'count')}
              </span>
              <span className="elsewhere-figure">{printFigure(place.share, 'percent')}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
