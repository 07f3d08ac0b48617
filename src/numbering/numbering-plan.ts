import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import type { PhoneReading, ReadPhone, Region } from '../domain/phone.ts';
import { readAreaCodes } from './area-codes.ts';
import { BoundedCache } from './bounded-cache.ts';
import { type NumberReading, readNumber } from './e164.ts';
import { subscriberPart } from './subscriber.ts';

/**
 * Reads the prefix data and gives the reader of telephone numbers. What is kept is one region per area code, and a bounded cache of
 * spellings. A US area code that is newer than the data of both packages has no region until they are updated.
 */
export async function openNumberingPlan(): Promise<ReadPhone> {
  return numberingPlan(await readAreaCodes());
}

/** A few MB when full: a plain North American spelling is read as fast as it is looked up, and is not remembered. */
const maxRemembered = 50_000;

/** In UTF-16 units: a longer spelling is no usual one, and many of them would make the cache large. */
const maxRememberedLength = 64;

/** The reader by itself; `regions` is by area code of calling code 1, and a code that it lacks has no region. */
export function numberingPlan(regions: ReadonlyMap<string, Region>): ReadPhone {
  const remembered = new BoundedCache<PhoneReading>(maxRemembered);
  const readUncommon: ReadPhone = (spelled, country) => {
    const text = subscriberPart(spelled);
    const number = northAmericanNumber(text, country);
    if (number !== null) return { number, region: northAmericanRegion(number, regions) };
    const reading = readNumber(text, country);
    return { number: reading.number, region: regionOf(reading, regions) };
  };
  return (spelled, country) => {
    const number = northAmericanNumber(spelled, country);
    if (number !== null) return { number, region: northAmericanRegion(number, regions) };
    const key = `${country} ${spelled}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const reading = readUncommon(spelled, country);
    if (spelled.length <= maxRememberedLength) remembered.set(key, reading);
    return reading;
  };
}

const northAmericanCountries: ReadonlySet<string> = new Set(
  getCountries().filter((country) => getCountryCallingCode(country) === '1'),
);

/** `+16173990000`, `16173990000`, `6173990000`, and each as `(617) 399-0000` or with dots, spaces or dashes. */
const northAmericanSpelling = /^(\+?1[ .-]?)?(?:\(([2-9]\d\d)\)|([2-9]\d\d))[ .-]?([2-9]\d\d)[ .-]?(\d{4})$/;

/**
 * The short way for the most frequent spellings, which saves libphonenumber's parsing. It says what `readNumber` says,
 * which a test makes sure of, or null for what it does not know.
 */
export function northAmericanNumber(text: string, country: string): string | null {
  const match = northAmericanSpelling.exec(text);
  if (match === null) return null;
  const isInternational = text.charCodeAt(0) === plusSign;
  if (!isInternational && !northAmericanCountries.has(country)) return null;
  if (isInternational && text.length === e164Length) return text;
  return `+1${match[2] ?? match[3]}${match[4]}${match[5]}`;
}

const plusSign = 0x2b;
const e164Length = '+16175550101'.length;

function northAmericanRegion(number: string, regions: ReadonlyMap<string, Region>): Region | null {
  return regions.get(number.slice(2, 5)) ?? null;
}

function regionOf(reading: NumberReading, regions: ReadonlyMap<string, Region>): Region | null {
  const { international } = reading;
  if (international === null) return null;
  if (international.countryCallingCode === '1') return northAmericanRegion(reading.number, regions);
  // Countries share a calling code (+44: GB, GG, JE, IM). A number that no pattern of theirs fits is in none of the
  // smaller ones, which libphonenumber tells by their leading digits; the first possible country is the code's main one.
  const country = international.country ?? international.getPossibleCountries()[0];
  return country !== undefined && /^[A-Z]{2}$/.test(country) ? country : null;
}
