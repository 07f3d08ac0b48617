import { feature } from 'topojson-client';
import atlas from 'us-atlas/states-albers-10m.json';
import { stateNames } from '../../../format/regions.ts';
import type { Point } from './equal-earth.ts';
import { pathOf, type RegionMap } from './shape.ts';

const codes = new Map(Object.entries(stateNames).map(([code, name]) => [name, code]));

/** The atlas is on a plane already; its westernmost islands lie left of its edge, and nothing is at its top. */
const [left, top, width, height] = [-58, 12, 1016, 596];

const place = (ring: readonly Point[]): readonly Point[] => ring.map(([x, y]) => [x - left, y - top]);

/** The United States, with Alaska and Hawaii below. */
export function statesMap(): RegionMap {
  const shapes = feature(atlas, atlas.objects.states).features.map(({ properties: { name }, geometry }) => {
    const code = codes.get(name);
    return { region: code === undefined ? null : `US-${code}`, name, path: pathOf(geometry, place) };
  });
  return { width, height, shapes };
}
