import {
  type CountryCode,
  getCountries,
  type PhoneNumber,
  parseDigits,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/** What a text is by the numbering plans: a telephone number, or bare digits (`international` is null). */
export interface NumberReading {
  /** E.164 with its plus sign, or bare ASCII digits, or ''. */
  readonly number: string;
  readonly international: PhoneNumber | null;
}

/** Codes of other texts than libphonenumber's countries have no national reading. */
const knownCountries: ReadonlyMap<string, CountryCode> = new Map(getCountries().map((code) => [code, code]));

/** Fewer digits than this are an extension, unless they are a real number of a country that has such short ones. */
const minPresumedDigits = 7;

/** A trunk that drops the plus sign sends at least so many digits; anything shorter is too easily something else. */
const minUnmarkedInternationalDigits = 11;

/**
 * Reads what `subscriberPart` left. A result that is read again with the same country gives itself:
 * a telephone number is accepted only if libphonenumber reads its E.164 form back unchanged,
 * and a text that is none is judged by its digits alone.
 */
export function readNumber(text: string, country: string): NumberReading {
  const digits = parseDigits(text);
  if (digits === '') return { number: '', international: null };
  const knownCountry = knownCountries.get(country);
  const written = text === digits ? null : asWritten(text, digits, knownCountry);
  const international = written ?? asWritten(digits, digits, knownCountry) ?? withoutPlus(digits);
  return { number: international?.number ?? digits, international };
}

function asWritten(text: string, digits: string, country: CountryCode | undefined): PhoneNumber | null {
  const parsed = country === undefined ? parsePhoneNumberFromString(text) : parsePhoneNumberFromString(text, country);
  // By its length only: fictitious and newly assigned numbers are numbers, too.
  if (parsed === undefined || !parsed.isPossible()) return null;
  if (digits.length < minPresumedDigits && !text.includes('+') && !parsed.isValid()) return null;
  return asE164(parsed.number);
}

/** `442079460018` in a US account. Here the length proves nothing, so the number must be a valid one. */
function withoutPlus(digits: string): PhoneNumber | null {
  if (digits.length < minUnmarkedInternationalDigits) return null;
  const international = asE164(`+${digits}`);
  return international?.isValid() ? international : null;
}

/** ITU-T E.164 section 6: 15 digits; the plans of some countries (DE, ID, JP) leave room for more. */
const maxDigits = 15;

/**
 * Independent of any country, so that the same number is always of the same region. Read back unchanged, for libphonenumber
 * drops one trunk zero of several (`0001479…` in GB), and another one each time that it is asked.
 */
function asE164(number: string): PhoneNumber | null {
  if (number.length > 1 + maxDigits) return null;
  const parsed = parsePhoneNumberFromString(number);
  return parsed?.number === number && parsed.isPossible() ? parsed : null;
}
