import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Region } from '../domain/phone.ts';

/**
 * What libphonenumber's numbering plans know about one area code of calling code 1 (the North American Numbering Plan).
 * `unknown` is either not assigned or newer than the plans.
 */
export type AreaCodeUse =
  | { readonly kind: 'country'; readonly country: string }
  | { readonly kind: 'us-geographic' }
  | { readonly kind: 'us-toll-free' }
  | { readonly kind: 'us-non-geographic' }
  | { readonly kind: 'unknown' };

/** All 800 codes that the plan can assign, in order: an area code is [2-9]XX. */
export function listAreaCodes(): ReadonlyMap<string, AreaCodeUse> {
  const uses = new Map<string, AreaCodeUse>();
  for (let code = 200; code <= 999; code += 1) uses.set(String(code), useOf(String(code)));
  return uses;
}

/** Exchanges (the three digits after the area code), one of each first digit: some area codes are in use with a few of them only. */
export const sampleExchanges = ['234', '345', '456', '567', '678', '789', '890', '901'] as const;

function useOf(areaCode: string): AreaCodeUse {
  for (const exchange of sampleExchanges) {
    const sample = parsePhoneNumberFromString(`+1${areaCode}${exchange}5678`);
    if (sample?.country === undefined) continue;
    if (sample.country !== 'US') return { kind: 'country', country: sample.country };
    return { kind: kindOfUsType(sample.getType()) };
  }
  return { kind: 'unknown' };
}

function kindOfUsType(type: string | undefined): 'us-geographic' | 'us-toll-free' | 'us-non-geographic' {
  if (type === 'TOLL_FREE') return 'us-toll-free';
  // The US tells fixed and mobile numbers not apart; the other types are personal (500), premium (900) and the like.
  return type === 'FIXED_LINE_OR_MOBILE' ? 'us-geographic' : 'us-non-geographic';
}

/** The region of each area code that has one; `stateOf` tells a US area code's postal code. */
export function regionsOfAreaCodes(
  uses: ReadonlyMap<string, AreaCodeUse>,
  stateOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, Region> {
  const regions = new Map<string, Region>();
  for (const [areaCode, use] of uses) {
    const state = stateOf.get(areaCode);
    if (state !== undefined) regions.set(areaCode, `US-${state}`);
    else if (use.kind === 'country') regions.set(areaCode, use.country);
    else if (use.kind === 'us-toll-free') regions.set(areaCode, 'US-TOLLFREE');
  }
  return regions;
}
