import { hash } from 'node:crypto';
import type { RollupSums, RowSum } from '../../domain/applied.ts';
import { callCounters, isIntegerColumn, type Rollup, rollupNames, storedRollup } from '../../domain/rollups.ts';
import type { AccountId, UserId } from '../access-store.ts';
import { bigints, texts, uuids } from './binary-array.ts';
import type { Parameter, Session } from './session.ts';

/**
 * The tables that hold sums, one for each rollup of the domain, and owner_days: number_days summed over all numbers of their
 * owner. Names of tables and columns come from the domain's closed list, and from nowhere else.
 */
export interface RollupTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly counters: readonly string[];
  /** Columns of the key that `key_hash` stands for: see the migration. */
  readonly hashed: readonly string[];
  /** After the account. */
  readonly primaryKey: readonly string[];
}

const isIntegerKey = (column: string): boolean => column === 'owner_id' || isIntegerColumn(column);

function tableOf(name: string, { key, counters }: Rollup): RollupTable {
  const hashed = key.includes('application') ? key.filter((column) => column !== 'phone' && !isIntegerKey(column)) : [];
  const [firstHashed] = hashed;
  const primaryKey = key.flatMap((column) => {
    if (column === firstHashed) return ['key_hash'];
    return hashed.includes(column) ? [] : [column];
  });
  return { name, key, counters, hashed, primaryKey };
}

const ownerDays = tableOf('owner_days', { key: ['owner_id', 'day'], counters: callCounters });

export const rollupTables: readonly RollupTable[] = [
  ...rollupNames.map((name) => tableOf(name, storedRollup(name))),
  ownerDays,
];

/** A row of one of {@link rollupTables}, with what is to be added to it. */
interface TableSum {
  readonly key: readonly (string | number)[];
  readonly counters: readonly number[];
}

export interface SumsOf {
  readonly accountId: AccountId;
  readonly sums: Pick<RollupSums, 'list'>;
  /** Of every number in the sums. */
  readonly owners: ReadonlyMap<string, UserId>;
}

/** Adds the sums of an account's calls to its rows, and removes the rows that have come down to nothing. */
export async function addSums(session: Session, { accountId, sums, owners }: SumsOf, into = liveTables): Promise<void> {
  const rows: readonly RowSum[] = sums.list();
  const byTable = new Map<string, readonly TableSum[]>(Map.groupBy(rows, ({ rollup }) => rollup));
  byTable.set(ownerDays.name, byOwner(byTable.get('number_days') ?? [], owners));
  await Promise.all(
    rollupTables.flatMap(({ name }) => {
      const found = byTable.get(name) ?? [];
      const statements = into.get(name);
      return statements === undefined || found.length === 0
        ? []
        : addRows(session, statements, { accountId, rows: found });
    }),
  );
}

/** One statement for all rows of a table; they are sent together with those of the other tables. */
function addRows(
  session: Session,
  { table, upsert, removeEmpty }: TableStatements,
  { accountId, rows }: { readonly accountId: AccountId; readonly rows: readonly TableSum[] },
): readonly Promise<number>[] {
  const added = session.run(upsert, accountId, ...columnsOf(table, rows));
  const lessened = rows.filter(({ counters }) => counters.some((counter) => counter < 0));
  if (lessened.length === 0) return [added];
  const [first, second] = table.key.map((column, place) => listOf(column, lessened, place));
  if (first === undefined || second === undefined)
    throw new Error(`${table.name} has less than two columns in its key`);
  return [added, session.run(removeEmpty, accountId, first, second)];
}

function columnsOf({ key, counters, hashed }: RollupTable, rows: readonly TableSum[]): readonly Parameter[] {
  const hashedPlaces = hashed.map((column) => key.indexOf(column));
  return [
    ...key.map((column, place) => listOf(column, rows, place)),
    ...counters.map((_, place) => bigints(rows.map((row) => row.counters[place] ?? 0))),
    ...(hashed.length === 0
      ? []
      : [uuids(rows.map((row) => keyHash(hashedPlaces.map((place) => row.key[place] ?? ''))))]),
  ];
}

/** Texts have no NUL in them, so no two keys run together. */
const keyHash = (texts: readonly (string | number)[]): Uint8Array =>
  hash('sha256', texts.join('\0'), 'buffer').subarray(0, 16);

const listOf = (column: string, rows: readonly TableSum[], place: number): Buffer =>
  isIntegerKey(column)
    ? bigints(rows.map(({ key }) => Number(key[place])))
    : texts(rows.map(({ key }) => `${key[place]}`));

/** Days of numbers as days of their owners. */
function byOwner(rows: readonly TableSum[], owners: ReadonlyMap<string, UserId>): readonly TableSum[] {
  const found = new Map<string, { readonly key: readonly number[]; readonly counters: number[] }>();
  for (const { key, counters } of rows) {
    const [phone, day] = key;
    const ownerId = owners.get(`${phone}`);
    if (ownerId === undefined) throw new Error('a number that has calls is not in the account');
    const name = `${ownerId} ${day}`;
    const row = found.get(name) ?? { key: [ownerId, Number(day)], counters: counters.map(() => 0) };
    for (const [place, counter] of counters.entries()) row.counters[place] = (row.counters[place] ?? 0) + counter;
    found.set(name, row);
  }
  return [...found.values()].filter(({ counters }) => counters.some((counter) => counter !== 0));
}

interface TableStatements {
  readonly table: RollupTable;
  readonly upsert: string;
  readonly removeEmpty: string;
}

/** Statements by table. The tables may be others of the same columns, as those are that verify makes. */
export function statementsInto(
  nameOf: (table: string) => string,
  tenants: string,
): ReadonlyMap<string, TableStatements> {
  return new Map(rollupTables.map((table) => [table.name, statementsOf(table, { name: nameOf(table.name), tenants })]));
}

interface Into {
  readonly name: string;
  /** Where the account stands, a table or a subquery. */
  readonly tenants: string;
}

function statementsOf(table: RollupTable, { name, tenants }: Into): TableStatements {
  const { key, counters, hashed, primaryKey } = table;
  const own = [...key, ...counters, ...(hashed.length === 0 ? [] : ['key_hash'])];
  const lists = own.map((column, place) => `$${place + 2}::${typeOf(table, column)}[]`);
  const isEmpty = counters.map((counter) => `${counter} = 0`).join(' AND ');
  const [first = '', second = ''] = key;
  const any = (column: string, place: number) => `${column} = ANY($${place}::${typeOf(table, column)}[])`;
  // The account stands in `tenants`, whose row is where its sums are: see the migration.
  return {
    table,
    upsert: `
      INSERT INTO ${name} AS s (account_id, ${own.join(', ')})
      SELECT t.account_id, ${own.map((column) => `u.${column}`).join(', ')}
      FROM ${tenants} t, unnest(${lists.join(', ')}) u (${own.join(', ')}) WHERE t.account_id = $1
      ON CONFLICT (account_id, ${primaryKey.join(', ')}) DO UPDATE SET
        ${counters.map((counter) => `${counter} = s.${counter} + EXCLUDED.${counter}`).join(', ')}`,
    removeEmpty: `DELETE FROM ${name} WHERE account_id = $1 AND ${any(first, 2)} AND ${any(second, 3)} AND ${isEmpty}`,
  };
}

export function typeOf({ key }: RollupTable, column: string): 'text' | 'bigint' | 'uuid' {
  if (column === 'key_hash') return 'uuid';
  return key.includes(column) && !isIntegerKey(column) ? 'text' : 'bigint';
}

const liveTables = statementsInto((name) => name, 'tenants');

/** numbers.give: takes the number's days out of one owner's sums (sign −1) or puts them into another's (1). */
export async function addOwnerDays(
  session: Session,
  { accountId, phone }: { readonly accountId: AccountId; readonly phone: string },
  sign: 1 | -1,
): Promise<void> {
  await session.run(sign === 1 ? putIntoOwner : takeFromOwner, accountId, phone);
  if (sign === -1) await session.run(removeEmptyOwnerDays, accountId);
}

const counterList = callCounters.join(', ');
const addNumberToOwner = (sign: 1 | -1) => `
  INSERT INTO owner_days AS o (account_id, owner_id, day, ${counterList})
  SELECT d.account_id, n.owner_id, d.day, ${callCounters.map((counter) => `${sign} * d.${counter}`).join(', ')}
  FROM number_days d JOIN numbers n ON n.account_id = d.account_id AND n.phone = d.phone
  WHERE d.account_id = $1 AND d.phone = $2
  ON CONFLICT (account_id, owner_id, day) DO UPDATE SET
    ${callCounters.map((counter) => `${counter} = o.${counter} + EXCLUDED.${counter}`).join(', ')}`;
const putIntoOwner = addNumberToOwner(1);
const takeFromOwner = addNumberToOwner(-1);
const removeEmptyOwnerDays = `
  DELETE FROM owner_days WHERE account_id = $1 AND ${callCounters.map((counter) => `${counter} = 0`).join(' AND ')}`;
