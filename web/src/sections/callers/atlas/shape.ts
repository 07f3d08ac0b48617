import type { Point } from './equal-earth.ts';

/** A region on a map. */
export interface Shape {
  /** As in reports; null where calls are not counted by it. */
  readonly region: string | null;
  readonly name: string;
  /** `d` of an SVG path. */
  readonly path: string;
}

export interface RegionMap {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}

type Rings = readonly (readonly (readonly number[])[])[];

/** What a feature of an atlas has; other kinds of geometry draw nothing. */
export interface Outline {
  readonly type: string;
  readonly coordinates?: unknown;
}

/** The outline as the path of an SVG, each ring of its points moved onto the map by `place`. */
export function pathOf(outline: Outline, place: (ring: readonly Point[]) => readonly Point[]): string {
  return ringsOf(outline)
    .map((ring) => {
      const points = place(ring.map(([x = 0, y = 0]) => [x, y]));
      return points.length === 0 ? '' : `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`;
    })
    .join('');
}

function ringsOf({ type, coordinates }: Outline): Rings {
  if (type === 'Polygon' && isRings(coordinates)) return coordinates;
  if (type === 'MultiPolygon' && Array.isArray(coordinates)) return coordinates.filter(isRings).flat();
  return [];
}

const isRings = (coordinates: unknown): coordinates is Rings =>
  Array.isArray(coordinates) && coordinates.every((ring) => Array.isArray(ring) && ring.every(Array.isArray));
