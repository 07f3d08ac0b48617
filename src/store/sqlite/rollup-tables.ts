import type { RollupSums } from '../../domain/applied.ts';
import { callCounters, rollupNames, storedRollup } from '../../domain/rollups.ts';
import type { AccountId } from '../access-store.ts';
import { integer } from '../rows.ts';
import { CallerChanges } from './caller-sets.ts';
import type { Connection } from './connection.ts';

/**
 * The tables that hold sums, one for each rollup of the domain, and owner_days: number_days summed over all numbers of their
 * owner. Names of tables and columns come from the domain's closed list, and from nowhere else.
 */
export interface RollupTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly counters: readonly string[];
}

const ownerDays: RollupTable = { name: 'owner_days', key: ['owner_id', 'day'], counters: callCounters };

export const rollupTables: readonly RollupTable[] = [
  ...rollupNames.map((name) => ({ name, ...storedRollup(name) })),
  ownerDays,
];

/** Adds the sums of an account's calls to its rows, and removes the rows that have come down to nothing. */
export function addSums(connection: Connection, accountId: AccountId, sums: Pick<RollupSums, 'list'>): void {
  const owners = new Map<string, number>();
  const callers = new CallerChanges();
  for (const { rollup, key, counters } of sums.list()) {
    const table = statements.get(rollup);
    if (table === undefined) throw new Error(`there is no table for rollup ${rollup}`);
    if (rollup === 'caller_days') addCallerRow(connection, callers, { accountId, key, counters });
    else addRow(connection, table, [accountId, ...key], counters);
    if (rollup !== 'number_days') continue;
    const [phone = '', day = 0] = key;
    const ownerId = owners.get(`${phone}`) ?? ownerOf(connection, accountId, `${phone}`);
    owners.set(`${phone}`, ownerId);
    addRow(connection, ownerStatements, [accountId, ownerId, day], counters);
  }
  callers.write(connection);
}

function addRow(
  connection: Connection,
  { upsert, removeEmpty }: TableStatements,
  key: readonly (string | number)[],
  counters: readonly number[],
): void {
  connection.run(upsert, ...key, ...counters);
  if (counters.some((counter) => counter < 0)) connection.run(removeEmpty, ...key);
}

interface CallerRow {
  readonly accountId: AccountId;
  readonly key: readonly (string | number)[];
  readonly counters: readonly number[];
}

/** Like {@link addRow}, and notes whether the caller is new on the day, or gone from it. */
function addCallerRow(connection: Connection, changes: CallerChanges, { accountId, key, counters }: CallerRow): void {
  const [phone, day, caller] = key;
  const set = { accountId, phone: `${phone}`, day: Number(day) };
  const [added = 0] = counters;
  const calls = integer(connection.get(upsertCaller, accountId, ...key, added) ?? {}, 'calls');
  if (calls === 0) {
    connection.run(callerStatements.removeEmpty, accountId, ...key);
    changes.remove(set, `${caller}`);
  } else if (calls === added) changes.add(set, `${caller}`);
}

function ownerOf(connection: Connection, accountId: AccountId, phone: string): number {
  const row = connection.get('SELECT owner_id FROM numbers WHERE account_id = ? AND phone = ?', accountId, phone);
  if (row === null) throw new Error('a number that has calls is not in the account');
  return integer(row, 'owner_id');
}

interface TableStatements {
  readonly upsert: string;
  readonly removeEmpty: string;
}

function statementsOf({ name, key, counters }: RollupTable): TableStatements {
  const keyColumns = ['account_id', ...key];
  const columns = [...keyColumns, ...counters];
  const isKey = keyColumns.map((column) => `${column} = ?`).join(' AND ');
  return {
    upsert: `
      INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT DO UPDATE SET ${counters.map((counter) => `${counter} = ${counter} + excluded.${counter}`).join(', ')}`,
    removeEmpty: `DELETE FROM ${name} WHERE ${isKey} AND ${counters.map((counter) => `${counter} = 0`).join(' AND ')}`,
  };
}

const ownerStatements = statementsOf(ownerDays);

const callerStatements = statementsOf({ name: 'caller_days', ...storedRollup('caller_days') });
const upsertCaller = `${callerStatements.upsert} RETURNING calls`;

const statements = new Map(rollupNames.map((name) => [name, statementsOf({ name, ...storedRollup(name) })]));

/** numbers.give: takes the number's days out of one owner's sums (sign −1) or puts them into another's (1). */
export function addOwnerDays(connection: Connection, accountId: AccountId, phone: string, sign: 1 | -1): void {
  connection.run(addNumberToOwner(sign), accountId, phone);
  if (sign === -1) connection.run(removeEmptyOwnerDays, accountId);
}

const counterList = callCounters.join(', ');
const addNumberToOwner = (sign: 1 | -1) => `
  INSERT INTO owner_days (account_id, owner_id, day, ${counterList})
  SELECT d.account_id, n.owner_id, d.day, ${callCounters.map((counter) => `${sign} * d.${counter}`).join(', ')}
  FROM number_days d JOIN numbers n ON n.account_id = d.account_id AND n.phone = d.phone
  WHERE d.account_id = ? AND d.phone = ?
  ON CONFLICT DO UPDATE SET ${callCounters.map((counter) => `${counter} = ${counter} + excluded.${counter}`).join(', ')}`;
const removeEmptyOwnerDays = `
  DELETE FROM owner_days WHERE account_id = ? AND ${callCounters.map((counter) => `${counter} = 0`).join(' AND ')}`;
