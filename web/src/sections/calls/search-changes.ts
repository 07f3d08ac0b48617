import type { QueryChanges } from '../../router/location.ts';
import { type Day, dayIn } from '../../state/days.ts';
import { instantOf, localTimeOf } from './local-time.ts';
import { type CallSearch, type SearchName, searchNames } from './search.ts';

interface Now {
  readonly search: CallSearch;
  readonly start: Day;
  readonly end: Day;
  readonly timeZone: string;
}

/**
 * What the fields of the search form change in the address; a field that is not on the page changes nothing. `from` and `until` are by
 * the clock of the zone, and the days are widened so that they lie in them.
 */
export function searchChanges(fields: ReadonlyMap<string, string>, now: Now): QueryChanges {
  const changes: Record<string, string | null> = {};
  for (const name of searchNames) {
    const text = fields.get(name)?.trim();
    if (text !== undefined) changes[name] = text === '' ? null : parameterOf(name, text, now);
  }
  return { ...changes, ...wider(changes, now) };
}

function parameterOf(name: SearchName, text: string, { search, timeZone }: Now): string | null {
  if (name !== 'from' && name !== 'until') return text;
  const known = search[name];
  // The field shows no seconds: what was not changed keeps them.
  if (known !== undefined && localTimeOf(known, timeZone) === text) return known;
  return instantOf(text, timeZone);
}

function wider({ from, until }: Readonly<Record<string, string | null>>, { start, end, timeZone }: Now): QueryChanges {
  const days = [from, until].flatMap((instant) =>
    typeof instant === 'string' && !Number.isNaN(Date.parse(instant)) ? [dayIn(timeZone, new Date(instant))] : [],
  );
  const first = [start, ...days].reduce((one, other) => (one < other ? one : other));
  const last = [end, ...days].reduce((one, other) => (one > other ? one : other));
  return first === start && last === end ? {} : { range: null, start: first, end: last };
}
