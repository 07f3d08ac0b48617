import { changeOf, printFigure } from '../../format/numbers.ts';
import { BarFigure } from '../../parts/bar-figure.tsx';
import { Change } from '../../parts/change.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import type { MapName, PlaceCount } from './region-counts.ts';

interface Props {
  readonly map: MapName;
  readonly places: readonly PlaceCount[];
  readonly hrefOf: (place: PlaceCount) => string | null;
  readonly isLarge: boolean;
}

/** The places of a map with their exact figures; whoever has no mouse finds there what the map shows. */
export function PlaceTable({ map, places, hrefOf, isLarge }: Props) {
  return (
    <DataTable
      key={map}
      label={map === 'us' ? 'Calls by state' : 'Calls by country'}
      columns={placeColumns(map, places)}
      rows={places}
      rowKey={({ region, name }) => region ?? name}
      href={(place) => hrefOf(place) ?? ''}
      sortedBy="calls"
      maxHeight={isLarge ? '70vh' : 330}
      most={300}
    />
  );
}

/** Bars are as long as the calls are many beside the most of `places`. */
export function placeColumns(map: MapName, places: readonly PlaceCount[] = []): readonly Column<PlaceCount>[] {
  const most = Math.max(...places.map(({ calls }) => calls), 1);
  return [
    { name: 'name', label: map === 'us' ? 'State' : 'Country', value: ({ name }) => name },
    {
      name: 'calls',
      label: 'Calls',
      unit: 'count',
      value: ({ calls }) => calls,
      show: ({ calls, previous }) => (
        <BarFigure share={calls / most}>
          {previous !== null && <Change percent={changeOf(calls, previous, 'count')} more="neutral" />}
          {printFigure(calls, 'count')}
        </BarFigure>
      ),
    },
    { name: 'share', label: 'Of all calls', unit: 'percent', value: ({ share }) => share },
  ];
}
