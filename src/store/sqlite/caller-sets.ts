import type { DayRange } from '../../domain/buckets.ts';
import type { CallerCounts, CallerQuery } from '../../domain/reports/sums.ts';
import type { AccountId } from '../access-store.ts';
import type { Difference } from '../call-store.ts';
import { bytes, integer, type Row, text } from '../rows.ts';
import type { Connection } from './connection.ts';
import { countDistinct } from './distinct-numbers.ts';
import type { Phones } from './phones.ts';

/**
 * The callers of each number and day once more, packed: counting the distinct ones of a million rows of caller_days takes SQLite
 * more than a second, and 3,600 packed rows a twentieth of it. A caller is added when its row of caller_days appears, and
 * removed when it goes, in the same transaction.
 */
interface SetKey {
  readonly accountId: AccountId;
  readonly phone: string;
  readonly day: number;
}

/** Callers in a row at the most: what a transaction rewrites to add one. */
const chunkLength = 1024;

/** Telephone numbers have 15 digits at the most (ITU-T E.164), and so do the others that fit; the 1 keeps leading zeros. */
const e164 = /^\+[1-9]\d{0,14}$/;
const bareDigits = /^\d{1,15}$/;

/** A caller as one integer below 2^53: E.164 even, bare digits odd, and minus an id for what is neither. */
function numberOf(connection: Connection, accountId: AccountId, caller: string): number {
  if (e164.test(caller)) return 2 * Number(caller.slice(1));
  if (bareDigits.test(caller)) return 2 * Number(`1${caller}`) + 1;
  connection.run(insertOddCaller, accountId, caller);
  return -integer(connection.get(selectOddCaller, accountId, caller) ?? {}, 'odd_id');
}

/** Callers that have come to sets and gone from them, to be written together. */
export class CallerChanges {
  readonly #sets = new Map<string, { readonly key: SetKey; readonly added: string[]; readonly removed: string[] }>();

  add(key: SetKey, caller: string): void {
    this.#of(key).added.push(caller);
  }

  remove(key: SetKey, caller: string): void {
    this.#of(key).removed.push(caller);
  }

  write(connection: Connection): void {
    for (const { key, added, removed } of this.#sets.values()) {
      const numbers = (callers: readonly string[]) =>
        callers.map((caller) => numberOf(connection, key.accountId, caller));
      if (removed.length > 0) removeFrom(connection, key, new Set(numbers(removed)));
      if (added.length > 0) addTo(connection, key, numbers(added));
    }
  }

  #of(key: SetKey) {
    const name = `${key.phone} ${key.day}`;
    const known = this.#sets.get(name);
    if (known !== undefined) return known;
    const changes = { key, added: [], removed: [] };
    this.#sets.set(name, changes);
    return changes;
  }
}

function addTo(connection: Connection, { accountId, phone, day }: SetKey, numbers: readonly number[]): void {
  const last = connection.get(selectLastChunk, accountId, phone, day);
  const kept = last === null ? [] : [...unpacked(last)];
  const all = [...kept, ...numbers];
  let chunk = last === null ? 0 : integer(last, 'chunk');
  for (let start = 0; start < all.length; start += chunkLength) {
    connection.run(upsertChunk, accountId, phone, day, chunk, packed(all.slice(start, start + chunkLength)));
    chunk += 1;
  }
}

function removeFrom(connection: Connection, { accountId, phone, day }: SetKey, numbers: ReadonlySet<number>): void {
  for (const row of connection.all(selectChunks('main'), accountId, phone, day)) {
    const before = unpacked(row);
    const after = before.filter((number) => !numbers.has(number));
    if (after.length === before.length) continue;
    const chunk = integer(row, 'chunk');
    if (after.length > 0) connection.run(upsertChunk, accountId, phone, day, chunk, packed([...after]));
    else connection.run(deleteChunk, accountId, phone, day, chunk);
  }
}

/** IEEE 754 doubles in the byte order of the machine, which is little-endian wherever Node.js is published for. */
const packed = (numbers: readonly number[]): Uint8Array => new Uint8Array(Float64Array.from(numbers).buffer);

/** Copied, for the bytes of a row need not begin where a double may. */
const unpacked = (row: Row): Float64Array => new Float64Array(bytes(row, 'callers').slice().buffer);

/** calls.report: distinct callers of each range, from one reading of all their days. */
export function countCallers(
  connection: Connection,
  phones: Phones,
  { ranges, by }: CallerQuery,
): readonly CallerCounts[] {
  const first = Math.min(...ranges.map((range) => range.first));
  const last = Math.max(...ranges.map((range) => range.last));
  const rows = connection.all(selectSets(phones.sql), ...phones.parameters, phones.accountId, first, last);
  const groups = Map.groupBy(rows, (row) => (by === 'phone' ? text(row, 'phone') : null));
  return Array.from(groups, ([phone, group]) => {
    const days = Map.groupBy(group, (row) => integer(row, 'day'));
    const sets = new Map(Array.from(days, ([day, chunks]) => [day, chunks.map(unpacked)]));
    return { phone, callers: ranges.map((range) => countDistinct(setsOf(sets, range))) };
  });
}

function setsOf(sets: ReadonlyMap<number, readonly Float64Array[]>, { first, last }: DayRange): Float64Array[] {
  const found: Float64Array[] = [];
  for (let day = first; day <= last; day += 1) found.push(...(sets.get(day) ?? []));
  return found;
}

/**
 * calls.verify: the sets that do not hold exactly the callers of caller_days. How many callers there are stands for them: their
 * numbers are nobody's business in a log.
 */
export function* differentSets(connection: Connection, schema: Schema, firstDay: number): Generator<Difference> {
  for (const key of connection.all(selectSetKeys(schema), firstDay, firstDay).map(setKeyOf)) {
    const { accountId, phone, day } = key;
    const stored = sorted(
      connection.all(selectChunks(schema), accountId, phone, day).flatMap((row) => [...unpacked(row)]),
    );
    const expected = sorted(numbersOfDay(connection, schema, key));
    if (stored.length === expected.length && stored.every((number, index) => number === expected[index])) continue;
    const counts = { stored: [stored.length], expected: [expected.length] };
    yield { rollup: 'caller_sets', key: [accountId, phone, day], ...counts };
  }
}

const sorted = (numbers: readonly number[]): Float64Array => Float64Array.from(numbers).sort();

function numbersOfDay(connection: Connection, schema: Schema, { accountId, phone, day }: SetKey): readonly number[] {
  const rows = connection.all(selectCallersOfDay(schema), accountId, phone, day);
  return rows.map((row) => numberOf(connection, accountId, text(row, 'caller')));
}

const setKeyOf = (row: Row): SetKey => ({
  accountId: integer(row, 'account_id'),
  phone: text(row, 'phone'),
  day: integer(row, 'day'),
});

/** The database itself, or as it is attached to another one. */
type Schema = 'main' | 'live';

const insertOddCaller = 'INSERT INTO odd_callers (account_id, caller) VALUES (?, ?) ON CONFLICT DO NOTHING';
const selectOddCaller = 'SELECT odd_id FROM odd_callers WHERE account_id = ? AND caller = ?';
const isSet = 'account_id = ? AND phone = ? AND day = ?';
const selectChunks = (schema: Schema) => `SELECT chunk, callers FROM ${schema}.caller_sets WHERE ${isSet}`;
const selectLastChunk = `${selectChunks('main')} ORDER BY chunk DESC LIMIT 1`;
const upsertChunk = `
  INSERT INTO caller_sets (account_id, phone, day, chunk, callers) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET callers = excluded.callers`;
const deleteChunk = `DELETE FROM caller_sets WHERE ${isSet} AND chunk = ?`;
// CROSS JOIN keeps the order of the tables: each number, then its days.
const selectSets = (phones: string) => `
  SELECT s.phone, s.day, s.callers FROM (${phones}) p CROSS JOIN caller_sets s
  WHERE s.account_id = ? AND s.phone = p.phone AND s.day BETWEEN ? AND ?`;
const selectCallerDays = (schema: Schema) => `
  SELECT DISTINCT account_id, phone, day FROM ${schema}.caller_days WHERE day >= ?`;
const selectSetKeys = (schema: Schema) => `
  SELECT account_id, phone, day FROM ${schema}.caller_sets WHERE day >= ? UNION ${selectCallerDays(schema)}`;
const selectCallersOfDay = (schema: Schema) => `SELECT caller FROM ${schema}.caller_days WHERE ${isSet}`;
