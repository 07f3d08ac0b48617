import { feature } from 'topojson-client';
import atlas from 'world-atlas/countries-110m.json';
import { printRegion } from '../../../format/regions.ts';
import { equalEarth, type Point } from './equal-earth.ts';
import { pathOf, type RegionMap } from './shape.ts';

/** No call comes from there, and it would take a fifth of the map. */
const antarctica = 'Antarctica';

const unknownRegion = 'ZZ';

const [halfWidth] = equalEarth([180, 0]);
const [, top] = equalEarth([0, 84]);
const [, bottom] = equalEarth([0, -57]);
const scale = 960 / (2 * halfWidth);
/** For what lies across the edges. */
const margin = 5;

const place = (ring: readonly Point[]): readonly Point[] =>
  unwrapped(ring)
    .map(equalEarth)
    .map(([x, y]) => [(x + halfWidth) * scale + margin, (top - y) * scale]);

/** The ring in one piece where it crosses the 180th meridian: points beyond that have more than 180 degrees, as in the east of Russia. */
export function unwrapped(ring: readonly Point[]): readonly Point[] {
  const placed: Point[] = [];
  for (const [longitude, latitude] of ring) {
    const [before] = placed.at(-1) ?? [longitude];
    placed.push([longitude + 360 * Math.round((before - longitude) / 360), latitude]);
  }
  return placed;
}

/** The world by countries; small islands have no shape at this scale. */
export function countriesMap(): RegionMap {
  const shapes = feature(atlas, atlas.objects.countries)
    .features.filter(({ properties: { name } }) => name !== antarctica)
    .map(({ id, properties: { name }, geometry }) => {
      const region = countryOf(id === undefined ? null : `${id}`, name);
      return { region, name: region === null ? name : printRegion(region), path: pathOf(geometry, place) };
    });
  return { width: 960 + 2 * margin, height: Math.ceil((top - bottom) * scale), shapes };
}

/**
 * Two letters of a country, as prefixes name it. The atlas has numbers (ISO 3166-1 numeric), which are other spellings of the letters in
 * tags of languages; Kosovo has no number.
 */
export function countryOf(numeric: string | null, name: string): string | null {
  if (numeric === null) return name === 'Kosovo' ? 'XK' : null;
  const region = new Intl.Locale(`und-${numeric}`).region ?? '';
  return /^[A-Z]{2}$/.test(region) && region !== unknownRegion ? region : null;
}
