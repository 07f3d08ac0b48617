import fc from 'fast-check';
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReadPhone } from '../domain/phone.ts';
import { readNumber } from './e164.ts';
import { northAmericanNumber, numberingPlan, openNumberingPlan } from './numbering-plan.ts';

let read: ReadPhone;

beforeAll(async () => {
  read = await openNumberingPlan();
});

describe('number', () => {
  const boston = '+16173990000';
  const london = '+442079460018';

  it.each([
    { spelled: '6173990000', country: 'US', want: boston },
    { spelled: '16173990000', country: 'US', want: boston },
    { spelled: '+16173990000', country: 'US', want: boston },
    { spelled: '(617) 399-0000', country: 'US', want: boston },
    { spelled: '+1 617.399.0000', country: 'US', want: boston },
    { spelled: '1-617-399-0000', country: 'US', want: boston },
    { spelled: ' 617 399 0000 ', country: 'US', want: boston },
    { spelled: '6173990000', country: 'CA', want: boston },
    { spelled: '+16173990000', country: 'XX', want: boston },
    { spelled: '16173990000', country: 'GB', want: boston },
    { spelled: '+16173990000', country: '', want: boston },
    { spelled: 'tel:+16173990000', country: 'US', want: boston },
    { spelled: 'tel:+1-617-399-0000;ext=5', country: 'US', want: boston },
    { spelled: '+16173990000;ext=5', country: 'US', want: boston },
    { spelled: '617-399-0000 ext. 5', country: 'US', want: boston },
    { spelled: 'sip:6173990000@10.0.0.1', country: 'US', want: boston },
    { spelled: '"Desk 2" <sip:+16173990000@10.0.0.1;user=phone>', country: 'US', want: boston },
    { spelled: '٦١٧٣٩٩٠٠٠٠', country: 'US', want: boston },
    { spelled: '+１６１７３９９００００', country: 'US', want: boston },
    { spelled: '\u202a+1 617-399-0000\u202c', country: 'US', want: boston },
    { spelled: '011 1 617 399 0000', country: 'US', want: boston },
    { spelled: '001 617 399 0000', country: 'DE', want: boston },
    { spelled: 'sip:+16175550101@host', country: 'US', want: '+16175550101' },
    { spelled: '617 155 0101', country: 'US', want: '+16171550101' },
    { spelled: '020 7946 0018', country: 'GB', want: london },
    { spelled: '00442079460018', country: 'GB', want: london },
    { spelled: '00442079460018', country: 'FR', want: london },
    { spelled: '011 44 20 7946 0018', country: 'US', want: london },
    { spelled: '+44 (0) 20 7946 0018', country: 'US', want: london },
    { spelled: '442079460018', country: 'US', want: london },
    { spelled: '442079460018', country: 'GB', want: london },
    { spelled: '442079460018', country: 'XX', want: london },
    { spelled: '07700 900123', country: 'GB', want: '+447700900123' },
    { spelled: '+441632960123', country: 'US', want: '+441632960123' },
    { spelled: '+800 1234 5678', country: 'US', want: '+80012345678' },
  ])('reads "$spelled" in $country as the telephone number $want', ({ spelled, country, want }) => {
    expect(read(spelled, country).number).toBe(want);
  });

  it.each([
    { name: 'an extension', spelled: '301', country: 'US', want: '301' },
    { name: 'an emergency number', spelled: '911', country: 'US', want: '911' },
    { name: 'a short code', spelled: '211553', country: 'US', want: '211553' },
    { name: 'a local number', spelled: '4420794', country: 'US', want: '4420794' },
    { name: 'a spelled local number', spelled: '442-0794', country: 'US', want: '4420794' },
    { name: 'an extension where numbers may be short', spelled: '3011', country: 'DE', want: '3011' },
    { name: 'an extension in Arabic-Indic digits', spelled: '٣٠١', country: 'EG', want: '301' },
    { name: 'an extension with a parameter', spelled: '301;ext=5', country: 'US', want: '301' },
    { name: 'a national number of an unknown country', spelled: '6173990000', country: 'XX', want: '6173990000' },
    { name: 'a number with trunk zeros to spare', spelled: '00014792521', country: 'GB', want: '00014792521' },
    {
      name: 'a number that is too long for E.164',
      spelled: '+4928958062402516',
      country: 'US',
      want: '4928958062402516',
    },
    { name: 'a long number that no country has', spelled: '99999999999', country: 'US', want: '99999999999' },
    { name: 'the user of a SIP URI', spelled: 'sip:301@10.0.0.1', country: 'US', want: '301' },
    { name: 'a name in a SIP URI', spelled: 'sip:alice@example.com', country: 'US', want: '' },
    { name: 'a name at a numeric host', spelled: 'sip:alice@10.0.0.1', country: 'US', want: '' },
    { name: 'a SIP URI of a host alone', spelled: 'sip:10.0.0.1', country: 'US', want: '' },
    { name: 'a word', spelled: 'anonymous', country: 'US', want: '' },
    { name: 'an emoji', spelled: '☎️📞', country: 'US', want: '' },
    { name: 'NUL and lone surrogates', spelled: '\0\ud83d3\udc0001', country: 'US', want: '301' },
    { name: 'nothing', spelled: '', country: 'US', want: '' },
    { name: 'very many digits', spelled: '1'.repeat(256), country: 'US', want: '1'.repeat(256) },
  ])('keeps the digits of $name, which has no region', ({ spelled, country, want }) => {
    expect(read(spelled, country)).toEqual({ number: want, region: null });
  });
});

describe('region', () => {
  it.each([
    { name: 'Massachusetts', number: '+16175550101', want: 'US-MA' },
    { name: 'Washington D.C.', number: '+12025550101', want: 'US-DC' },
    { name: 'California, newer than the numbering plans', number: '+17385550101', want: 'US-CA' },
    { name: 'toll-free', number: '+18005550101', want: 'US-TOLLFREE' },
    { name: 'toll-free overlay', number: '+18335550101', want: 'US-TOLLFREE' },
    { name: 'toll-free overlay', number: '+18885550101', want: 'US-TOLLFREE' },
    { name: 'Puerto Rico', number: '+17875550101', want: 'PR' },
    { name: 'Guam', number: '+16715550101', want: 'GU' },
    { name: 'US Virgin Islands', number: '+13405550101', want: 'VI' },
    { name: 'American Samoa', number: '+16845550101', want: 'AS' },
    { name: 'Northern Mariana Islands', number: '+16705550101', want: 'MP' },
    { name: 'Canada', number: '+14165550101', want: 'CA' },
    { name: 'Jamaica', number: '+18765550101', want: 'JM' },
    { name: 'Dominican Republic', number: '+18495550101', want: 'DO' },
    { name: 'exchange that nobody can have', number: '+16171550101', want: 'US-MA' },
    { name: 'personal', number: '+15005550101', want: null },
    { name: 'premium', number: '+19005550101', want: null },
    { name: 'carrier service', number: '+17005550101', want: null },
    { name: 'unassigned area code', number: '+12905550101', want: null },
    { name: 'United Kingdom', number: '+442079460018', want: 'GB' },
    { name: 'fictitious United Kingdom', number: '+441632960123', want: 'GB' },
    { name: 'fictitious United Kingdom mobile', number: '+447700900123', want: 'GB' },
    { name: 'Guernsey', number: '+441481960194', want: 'GG' },
    { name: 'Kazakhstan', number: '+77017750000', want: 'KZ' },
    { name: 'Italy', number: '+390612345678', want: 'IT' },
    { name: 'toll-free elsewhere', number: '+448081570000', want: 'GB' },
    { name: 'international freephone', number: '+80012345678', want: null },
    { name: 'international network', number: '+883510012345678', want: null },
  ])('of $number ($name) is $want', ({ number, want }) => {
    expect(read(number, 'US')).toEqual({ number, region: want });
  });

  it('is the country that libphonenumber gives, whatever the North American number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2_000_000_000, max: 9_999_999_999 }), (digits) => {
        const number = `+1${digits}`;
        const country = parsePhoneNumberFromString(number)?.country;
        const region = read(number, 'US').region;
        // Numbers that it cannot tell are told here by their area code, and +1 800 1… is no number of the DO either.
        if (country === undefined || /^\+18[0-9]{2}1/.test(number)) return;
        expect(region?.startsWith('US-') || region === null ? 'US' : region).toBe(country);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('any text', () => {
  const country = fc.constantFrom(...getCountries(), 'XX', '', 'us', '__proto__', 'constructor');
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 18 });
  const prefixed = fc
    .tuple(fc.constantFrom('', '+', '00', '011', '0', '1', '810', 'tel:', 'sip:', 'sip:+'), digits)
    .map(([prefix, rest]) => prefix + rest);
  const punctuated = fc.string({ unit: fc.constantFrom(...'01234567890123456789+()-. ;:@<>x#*,/%'), maxLength: 32 });
  const text = fc.oneof(
    prefixed,
    punctuated,
    fc.string({ unit: 'binary', maxLength: 256 }),
    // Halves of surrogate pairs, too.
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 256 }).map((units) => String.fromCharCode(...units)),
  );

  it('is read without an error, as E.164 or as ASCII digits', () => {
    fc.assert(
      fc.property(text, country, (spelled, inCountry) => {
        expect(read(spelled, inCountry).number).toMatch(/^(?:\+\d{3,15}|\d*)$/);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is read the same again, in the same country', () => {
    fc.assert(
      fc.property(text, country, (spelled, inCountry) => {
        const once = read(spelled, inCountry);
        expect(read(once.number, inCountry)).toEqual(once);
      }),
      { numRuns: 10_000 },
    );
  });

  it('is read the same from memory', () => {
    fc.assert(
      fc.property(text, country, (spelled, inCountry) => {
        const fresh = numberingPlan(new Map())(spelled, inCountry);
        expect(read(spelled, inCountry).number).toBe(fresh.number);
        expect(read(spelled, inCountry).number).toBe(fresh.number);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the short way for North American numbers', () => {
  const digitsOf = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
  const separator = fc.constantFrom('', ' ', '.', '-');
  const spelling = fc
    .record({
      prefix: fc.constantFrom('', '1', '+1'),
      gaps: fc.tuple(separator, separator, separator),
      area: fc.tuple(fc.constantFrom('2', '3', '6', '7', '8', '9'), digitsOf(2)).map((parts) => parts.join('')),
      isBracketed: fc.boolean(),
      exchange: digitsOf(3),
      line: digitsOf(4),
    })
    .map(({ prefix, gaps, area, isBracketed, exchange, line }) =>
      [prefix, prefix && gaps[0], isBracketed ? `(${area})` : area, gaps[1], exchange, gaps[2], line].join(''),
    );
  const country = fc.constantFrom('US', 'CA', 'PR', 'JM', 'AG', 'DO', 'VI', 'GB', 'DE', 'XX');

  it('says what libphonenumber says, or nothing', () => {
    let spoke = 0;
    fc.assert(
      fc.property(spelling, country, (spelled, inCountry) => {
        const short = northAmericanNumber(spelled, inCountry);
        if (short === null) return;
        spoke += 1;
        expect(readNumber(spelled, inCountry).number).toBe(short);
      }),
      { numRuns: 10_000 },
    );
    expect(spoke).toBeGreaterThan(3_000);
  });

  it.each(['+16173990000', '16173990000', '6173990000', '(617) 399-0000', '1-617-399-0000', '+1 (617) 399-0000'])(
    'is taken for %s',
    (spelled) => {
      expect(northAmericanNumber(spelled, 'US')).toBe('+16173990000');
    },
  );
});
