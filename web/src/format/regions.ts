import { locale } from './locale.ts';

/** Regions of callers as reports name them, `US-MA`, `US-TOLLFREE` or `GB`, and what people call them. */

const countryNames = new Intl.DisplayNames([locale, 'en'], { type: 'region' });

/** Names of the 50 states and DC by their postal codes (USPS Publication 28). */
export const stateNames: Readonly<Record<string, string>> = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
};

/** Numbers that the called party pays for; they belong to no state. */
export const tollFreeRegion = 'US-TOLLFREE';

/** Postal code of a region that is a state of the United States; null for every other one. */
export function stateOf(region: string): string | null {
  const code = region.startsWith('US-') ? region.slice(3) : '';
  return Object.hasOwn(stateNames, code) ? code : null;
}

/** Massachusetts, Toll-free (US), United Kingdom; a region that has no name is named as it is. */
export function printRegion(region: string): string {
  if (region === tollFreeRegion) return 'Toll-free (US)';
  const state = stateOf(region);
  if (state !== null) return stateNames[state] ?? region;
  return /^[A-Z]{2}$/.test(region) ? (countryNames.of(region) ?? region) : region;
}
