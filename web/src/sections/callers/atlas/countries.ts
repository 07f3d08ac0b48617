import { feature } from 'topojson-client';
import atlas from 'world-atlas/countries-110m.json';
import { printRegion } from '../../../format/regions.ts';
import { equalEarth, type Point } from './equal-earth.ts';
import { pathOf, type RegionMap } from './shape.ts';

/** No call comes from there, and it would take a fifth of the map. */
const antarctica = 'Antarctica';

const unknownRegion = 'ZZ';

const width = 960;
const [halfWidth] = equalEarth([180, 0]);
const [, top] = equalEarth([0, 84]);
const [, bottom] = equalEarth([0, -57]);
const scale = width / (2 * halfWidth);

const place = (point: Point): Point => {
  const [x, y] = equalEarth(point);
  return [(x + halfWidth) * scale, (top - y) * scale];
};

/** The world by countries; small islands have no shape at this scale. */
export function countriesMap(): RegionMap {
  const shapes = feature(atlas, atlas.objects.countries)
    .features.filter(({ properties: { name } }) => name !== antarctica)
    .map(({ id, properties: { name }, geometry }) => {
      const region = countryOf(id === undefined ? null : `${id}`, name);
      return { region, name: region === null ? name : printRegion(region), path: pathOf(geometry, place) };
    });
  return { width, height: Math.ceil((top - bottom) * scale), shapes };
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
