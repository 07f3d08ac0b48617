import type { StoredCall } from './account-model.ts';
import { callers, type Region } from './callers.ts';
import { map, number, type Value } from './spell.ts';

/** What `profile` without a period must say of calls: where their callers' numbers are from. */

const states =
  'AL AK AZ AR CA CO CT DC DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY'.split(
    ' ',
  );

export function regionsOf(calls: readonly StoredCall[]): Value {
  const regions = calls.flatMap(({ caller }) => (caller === null ? [] : (callers[caller]?.region ?? [])));
  const callsFrom = (code: string) =>
    regions.filter((region) => region.kind === 'state' && region.code === code).length;
  const tollFree = regions.filter(({ kind }) => kind === 'tollFree').length;
  return map([
    [
      'US',
      map([...states.map((code) => [code, number(callsFrom(code))] as const), ['US Toll-Free', number(tollFree)]]),
    ],
    ['NON_US', map(countriesOf(regions).map(({ code, calls }) => [code, number(calls)]))],
  ]);
}

function countriesOf(regions: readonly Region[]): readonly { readonly code: string; readonly calls: number }[] {
  const codes = regions.flatMap((region) => (region.kind === 'country' ? region.code : []));
  return [...new Set(codes)]
    .sort()
    .map((code) => ({ code, calls: codes.filter((other) => other === code).length }))
    .sort((one, other) => other.calls - one.calls);
}
