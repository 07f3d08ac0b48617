import type { AccountId } from '../access-store.ts';
import { columnsOf, controlLayouts } from '../control.ts';
import type { ControlChanges, ControlRow, ControlTable } from '../transfer-store.ts';
import { texts } from './binary-array.ts';
import { addOwnerDays } from './rollup-tables.ts';
import type { Session } from './session.ts';

/** Control tables on the coordinator of a cluster. The others are distributed by account, and no transaction writes to both. */
const coordinatorTables = ['accounts', 'users', 'ingest_keys', 'api_tokens', 'credentials', 'sessions'] as const;
const accountTables = ['numbers', 'shares', 'imports'] as const;

export async function changeCoordinator(session: Session, { changed, gone }: ControlChanges): Promise<void> {
  for (const table of coordinatorTables) {
    const lists = (rows: readonly ControlRow[], columns: readonly string[]) =>
      columns.map((column) => listOf(rows, column));
    if (gone[table].length > 0) await session.run(deleteRows(table), ...lists(gone[table], controlLayouts[table].key));
    if (changed[table].length === 0) continue;
    await session.run(upsertRows(table), ...lists(changed[table], columnsOf(table)));
    if (table !== 'credentials' && table !== 'sessions') await session.rows(continueIds(table));
  }
}

/** Accounts in which {@link changeAccount} has something to do. */
export function changedAccounts({ changed, gone }: ControlChanges): ReadonlySet<AccountId> {
  const rows = accountTables.flatMap((table) => [...changed[table], ...gone[table]]);
  return new Set(rows.map((row) => Number(row['account_id'])));
}

export async function changeAccount(session: Session, accountId: AccountId, changes: ControlChanges): Promise<void> {
  const given = changes.given.filter((number) => number.accountId === accountId);
  const ofAccount = (rows: readonly ControlRow[]) => rows.filter((row) => row['account_id'] === accountId);
  for (const number of given) await addOwnerDays(session, number, -1);
  for (const table of accountTables) {
    const [gone, changed] = [ofAccount(changes.gone[table]), ofAccount(changes.changed[table])];
    const lists = (rows: readonly ControlRow[], columns: readonly string[]) =>
      withoutAccount(columns).map((column) => listOf(rows, column));
    if (gone.length > 0)
      await session.run(deleteAccountRows(table), accountId, ...lists(gone, controlLayouts[table].key));
    if (changed.length > 0) await session.run(upsertAccountRows(table), accountId, ...lists(changed, columnsOf(table)));
  }
  for (const number of given) await addOwnerDays(session, number, 1);
}

const withoutAccount = (columns: readonly string[]): readonly string[] =>
  columns.filter((column) => column !== 'account_id');

/** As text, which takes null and flags too; the statement casts it. */
const listOf = (rows: readonly ControlRow[], column: string): Buffer =>
  texts(rows.map((row) => (row[column] === null ? null : `${row[column]}`)));

export const selectRows = (table: ControlTable): string => `SELECT ${columnsOf(table).join(', ')} FROM ${table}`;

const castTypes = { integer: 'bigint', text: 'text', flag: 'boolean' } as const;
const cast = (table: ControlTable, column: string): string =>
  `u.${column}::${castTypes[controlLayouts[table].columns[column] ?? 'text']}`;
const textLists = (columns: readonly string[], first: number): string =>
  `unnest(${columns.map((_, place) => `$${first + place}::text[]`).join(', ')}) u (${columns.join(', ')})`;
const areSame = (table: ControlTable, columns: readonly string[]): string =>
  columns.map((column) => `r.${column} = ${cast(table, column)}`).join(' AND ');

function updateOf(table: ControlTable): string {
  const { key } = controlLayouts[table];
  const rest = columnsOf(table).filter((column) => !key.includes(column));
  if (rest.length === 0) return 'DO NOTHING';
  return `DO UPDATE SET ${rest.map((column) => `${column} = EXCLUDED.${column}`).join(', ')}`;
}

function upsertRows(table: ControlTable): string {
  const columns = columnsOf(table);
  return `
    INSERT INTO ${table} (${columns.join(', ')})
    SELECT ${columns.map((column) => cast(table, column)).join(', ')} FROM ${textLists(columns, 1)}
    ON CONFLICT (${controlLayouts[table].key.join(', ')}) ${updateOf(table)}`;
}

function deleteRows(table: ControlTable): string {
  const { key } = controlLayouts[table];
  return `DELETE FROM ${table} r USING ${textLists(key, 1)} WHERE ${areSame(table, key)}`;
}

/** The key of imports has the SHA-256 of its source instead: see the migration. */
const sourceSha256 = `encode(sha256(convert_to(u.source, 'UTF8')), 'hex')`;

function upsertAccountRows(table: ControlTable): string {
  const columns = withoutAccount(columnsOf(table));
  const [extra, extraValue] = table === 'imports' ? [', source_sha256', `, ${sourceSha256}`] : ['', ''];
  const key = controlLayouts[table].key.map((column) => (column === 'source' ? 'source_sha256' : column));
  return `
    INSERT INTO ${table} (account_id, ${columns.join(', ')}${extra})
    SELECT t.account_id, ${columns.map((column) => cast(table, column)).join(', ')}${extraValue}
    FROM tenants t, ${textLists(columns, 2)} WHERE t.account_id = $1
    ON CONFLICT (${key.join(', ')}) ${updateOf(table)}`;
}

function deleteAccountRows(table: ControlTable): string {
  const key = withoutAccount(controlLayouts[table].key);
  return `DELETE FROM ${table} r USING ${textLists(key, 2)} WHERE r.account_id = $1 AND ${areSame(table, key)}`;
}

function continueIds(table: ControlTable): string {
  const [id = ''] = controlLayouts[table].key;
  return `
    SELECT setval(pg_get_serial_sequence('${table}', '${id}'), max(${id})) FROM ${table} HAVING max(${id}) IS NOT NULL`;
}
