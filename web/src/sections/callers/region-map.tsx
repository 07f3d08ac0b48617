import { useQuery } from '@tanstack/react-query';
import { type PointerEvent, useState } from 'react';
import { loadPart } from '../../api/load-part.ts';
import { printFigure } from '../../format/numbers.ts';
import { ErrorState, LoadingState } from '../../parts/states.tsx';
import { Link } from '../../router/link.tsx';
import type { RegionMap as Outlines, Shape } from './atlas/shape.ts';
import { MapLegend } from './map-legend.tsx';
import type { MapName, PlaceCount } from './region-counts.ts';
import { scaleBounds, stepOf } from './scale-bounds.ts';

interface Props {
  readonly map: MapName;
  readonly places: readonly PlaceCount[];
  readonly hrefOf: (place: PlaceCount) => string | null;
}

/** A shape under the pointer, and where that is, in pixels of the map. */
interface Pointed {
  readonly shape: Shape;
  readonly x: number;
  readonly y: number;
}

// Outlines of the world are as heavy as the rest of the page: they come when a map is shown.
const outlinesOf: Readonly<Record<MapName, () => Promise<Outlines>>> = {
  us: () => import('./atlas/states.ts').then(({ statesMap }) => statesMap()),
  world: () => import('./atlas/countries.ts').then(({ countriesMap }) => countriesMap()),
};

/**
 * Places shaded by their calls; exact values beside the pointer, and a click leads on. It is hidden from readers of the screen and from the
 * keyboard: the table beside it says and does the same.
 */
export function RegionMap({ map, places, hrefOf }: Props) {
  const outlines = useQuery({
    queryKey: ['outlines', map],
    queryFn: () => loadPart(outlinesOf[map]),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [pointed, setPointed] = useState<Pointed | null>(null);
  if (outlines.isLoadingError) return <ErrorState error={outlines.error} onRetry={() => outlines.refetch()} />;
  if (outlines.data === undefined) return <LoadingState height={360} />;
  const { width, height, shapes } = outlines.data;
  const known = new Map(places.map((place) => [place.region, place]));
  const bounds = scaleBounds(places.map(({ calls }) => calls));
  const point = (shape: Shape) => (event: PointerEvent) => {
    const box = event.currentTarget.closest('.region-map')?.getBoundingClientRect();
    if (box !== undefined) setPointed({ shape, x: event.clientX - box.left, y: event.clientY - box.top });
  };
  return (
    <div>
      <div className="region-map">
        <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" onPointerLeave={() => setPointed(null)}>
          {shapes.map((shape) => {
            const place = known.get(shape.region);
            const href = place === undefined ? null : hrefOf(place);
            const step = stepOf(place?.calls ?? 0, bounds);
            const path = (
              <path d={shape.path} className={`step-${step}`} fillRule="evenodd" onPointerMove={point(shape)} />
            );
            if (href === null) return <g key={shape.name}>{path}</g>;
            return (
              <Link key={shape.name} href={href} tabIndex={-1}>
                {path}
              </Link>
            );
          })}
        </svg>
        {pointed !== null && <MapTip pointed={pointed} place={known.get(pointed.shape.region)} />}
      </div>
      <MapLegend bounds={bounds} />
    </div>
  );
}

function MapTip({ pointed, place }: { readonly pointed: Pointed; readonly place: PlaceCount | undefined }) {
  const { shape, x, y } = pointed;
  return (
    <div className="tooltip map-tip" style={{ left: x, top: y }}>
      <div className="tooltip-title">{place?.name ?? shape.name}</div>
      {place === undefined ? (
        <div className="tooltip-row muted">No calls</div>
      ) : (
        <>
          <div className="tooltip-row">
            Calls <span className="tooltip-value">{printFigure(place.calls, 'count')}</span>
          </div>
          <div className="tooltip-row">
            Of all calls <span className="tooltip-value">{printFigure(place.share, 'percent')}</span>
          </div>
          {place.previous !== null && (
            <div className="tooltip-row muted">
              Calls, before <span className="tooltip-value">{printFigure(place.previous, 'count')}</span>
            </div>
          )}
          <div className="tooltip-hint">{place.region === 'US' ? 'Click for the states' : 'Click for the calls'}</div>
        </>
      )}
    </div>
  );
}
