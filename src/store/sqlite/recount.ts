import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Recount } from '../../domain/recount.ts';
import { firstInstantMsOf, type Month } from '../../domain/retention.ts';
import type { Account, AccountId } from '../access-store.ts';
import type { Difference, Recompute, VerifyReport } from '../call-store.ts';
import { countDocument, firstOf, note, timeOf, wholeOf } from '../recount.ts';
import { accountColumns, accountOf, integer, type Row, text } from '../rows.ts';
import { differentSets } from './caller-sets.ts';
import { Connection } from './connection.ts';
import { keptFromOf } from './retention.ts';
import { addSums, type RollupTable, rollupTables } from './rollup-tables.ts';
import { recountingAccounts } from './time-zones.ts';

/** How many documents are read and summed up at a time. */
const chunkSize = 2000;

/**
 * calls.verify: sums all documents up in a database of its own and compares the two, row by row. Everything is read in one
 * transaction, so it sees one moment, and writers go on meanwhile.
 */
export function verify(path: string, recompute: Recompute): VerifyReport {
  const folder = mkdtempSync(join(tmpdir(), 'voxgauge-verify-'));
  const scratch = new Connection(join(folder, 'expected.db'), 'write');
  try {
    scratch.db.exec('PRAGMA synchronous = OFF');
    scratch.run('ATTACH ? AS live', path);
    return scratch.transaction('read', () => compare(scratch, recompute));
  } finally {
    scratch.close();
    rmSync(folder, { recursive: true });
  }
}

function compare(scratch: Connection, recompute: Recompute): VerifyReport {
  for (const name of [...rollupTables.map((table) => table.name), 'caller_sets']) copyTable(scratch, name);
  for (const name of ['numbers', 'odd_callers']) copyTable(scratch, name, { withRows: true });
  const keptFrom = keptFromOf(scratch, 'live');
  const whole = wholeOf(keptFrom);
  const recounting = recountingAccounts(scratch, 'live').map(({ account }) => account);
  const keptAccounts = new Set(recounting.map(({ accountId }) => accountId));
  const documents = sumDocuments(scratch, 'live', { recompute, keptFrom, keptAccounts });
  const report = { documents, rows: 0, differences: 0, examples: [] as Difference[] };
  for (const table of rollupTables) {
    const first = firstOf(table, whole);
    report.rows += integer(scratch.get(countRows(table), first) ?? {}, 'rows');
    for (const row of scratch.all(differencesOf(table), first)) note(report, differenceOf(table, row));
  }
  for (const difference of differentSets(scratch, 'live', whole.firstDay)) note(report, difference);
  return { ...report, comparedFrom: keptFrom === null ? null : whole.firstDay, recounting };
}

/** Makes the table here as it is in the live database, empty or with its rows. */
function copyTable(scratch: Connection, table: string, { withRows = false } = {}): void {
  const row = scratch.get(`SELECT sql FROM live.sqlite_schema WHERE type = 'table' AND name = ?`, table);
  if (row === null) throw new Error(`the database lacks its table ${table}`);
  // Foreign keys would point at tables that are only in the live database.
  scratch.db.exec(text(row, 'sql').replaceAll(/ REFERENCES [a-z_]+ \([a-z_]+\)/g, ''));
  if (withRows) scratch.db.exec(`INSERT INTO ${table} SELECT * FROM live.${table}`);
}

const countRows = (table: RollupTable): string =>
  `SELECT count(*) AS rows FROM live.${table.name} WHERE ${timeOf(table)} >= ?`;

/** Rows that are on one side only, or whose counters differ: key, then counters stored (s_…) and expected (e_…). */
function differencesOf(table: RollupTable): string {
  const { name, key, counters } = table;
  const list = (side: string) => counters.map((counter) => `${side}.${counter}`).join(', ');
  const both = counters.map((counter) => `s.${counter} AS s_${counter}, e.${counter} AS e_${counter}`).join(', ');
  return `
    SELECT account_id, ${key.join(', ')}, ${both}
    FROM live.${name} s FULL JOIN main.${name} e USING (account_id, ${key.join(', ')})
    WHERE ${timeOf(table)} >= ? AND (${list('s')}) IS NOT (${list('e')})`;
}

function differenceOf({ name, key, counters }: RollupTable, row: Row): Difference {
  const side = (prefix: string) =>
    row[`${prefix}_${counters[0]}`] === null ? null : counters.map((counter) => integer(row, `${prefix}_${counter}`));
  const keyValues = ['account_id', ...key].map((column) => {
    const value = row[column];
    return typeof value === 'string' ? value : integer(row, column);
  });
  return { rollup: name, key: keyValues, stored: side('s'), expected: side('e') };
}

/** calls.rebuild: empties the sums and adds every document up again, in one transaction that writers wait for. */
export function rebuild(path: string, recompute: Recompute): { readonly documents: number } {
  const connection = new Connection(path, 'write');
  try {
    return connection.transaction('write', () => {
      const keptFrom = keptFromOf(connection);
      empty(connection, keptFrom);
      const onDocument = (documentId: number, applied: string) => {
        connection.run('UPDATE documents SET applied = ? WHERE document_id = ?', applied, documentId);
      };
      return { documents: sumDocuments(connection, 'main', { recompute, keptFrom, onDocument }) };
    });
  } finally {
    connection.close();
  }
}

/** Removes the rows that are made anew. Without a condition, SQLite frees whole pages and does not look into them. */
function empty(connection: Connection, keptFrom: Month | null): void {
  if (keptFrom === null) {
    for (const name of [...rollupTables.map((table) => table.name), 'caller_sets'])
      connection.run(`DELETE FROM ${name}`);
    return;
  }
  const whole = wholeOf(keptFrom);
  for (const table of rollupTables) {
    connection.run(`DELETE FROM ${table.name} WHERE ${timeOf(table)} >= ?`, firstOf(table, whole));
  }
  connection.run('DELETE FROM caller_sets WHERE day >= ?', whole.firstDay);
}

interface Summing {
  readonly recompute: Recompute;
  readonly keptFrom: Month | null;
  /** Accounts whose documents count as they were counted. */
  readonly keptAccounts?: ReadonlySet<AccountId>;
  readonly onDocument?: (documentId: number, applied: string) => void;
}

/** Adds what every document of a schema contributes to the rollups of the main one; returns how many documents there are. */
function sumDocuments(
  connection: Connection,
  schema: 'main' | 'live',
  { recompute, keptFrom, keptAccounts = new Set(), onDocument = () => {} }: Summing,
): number {
  const accounts = accountsOf(connection, schema);
  const keptFromMs = keptFrom === null ? Number.MIN_SAFE_INTEGER : firstInstantMsOf(keptFrom);
  const select = selectDocuments(schema, keptFrom !== null || keptAccounts.size > 0);
  let documents = 0;
  let afterId = 0;
  for (;;) {
    const rows = connection.all(select, afterId, keptFromMs, chunkSize);
    const recounts = new Map<AccountId, Recount>();
    for (const row of rows) {
      const account = accounts.get(integer(row, 'account_id'));
      if (account === undefined) throw new Error('a document belongs to an account that does not exist');
      const recount = recounts.get(account.accountId) ?? new Recount(keptFrom);
      recounts.set(account.accountId, recount);
      afterId = integer(row, 'document_id');
      if (keptAccounts.has(account.accountId)) recount.keep(text(row, 'applied'));
      else onDocument(afterId, countDocument(recount, row, { account, recompute }));
    }
    for (const [accountId, recount] of recounts) addSums(connection, accountId, recount);
    documents += rows.length;
    if (rows.length < chunkSize) return documents;
  }
}

function accountsOf(connection: Connection, schema: string): ReadonlyMap<AccountId, Account> {
  const accounts = connection.all(`SELECT ${accountColumns} FROM ${schema}.accounts a`).map(accountOf);
  return new Map(accounts.map((account) => [account.accountId, account]));
}

/** What was applied is read only where it is needed: it is as long as the document. */
const selectDocuments = (schema: string, withApplied: boolean) => `
  SELECT document_id, account_id, call_id, phone, document, ${withApplied ? 'applied' : "'' AS applied"}
  FROM ${schema}.documents WHERE document_id > ? AND started_at_ms >= ? ORDER BY document_id LIMIT ?`;
