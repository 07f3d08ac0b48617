import type { Account, AccountId } from '../access-store.ts';
import type { RecountProgress } from '../call-store.ts';
import { accountColumns, accountOf, integer, integerOrNull, type Row, text } from '../rows.ts';
import type { Connection } from './connection.ts';

/** Writes, as the writer thread runs them. */
export const timeZoneWrites = {
  setTimeZone: (connection: Connection, accountId: AccountId, timeZone: string): boolean =>
    connection.run(updateTimeZone, timeZone, accountId, timeZone) > 0,
};

export function timeZoneOf(connection: Connection, accountId: AccountId): string {
  const row = connection.get('SELECT time_zone FROM accounts WHERE account_id = ?', accountId);
  if (row === null) throw new Error(`there is no account ${accountId}`);
  return text(row, 'time_zone');
}

/** A place in the order in which an account's documents were stored. */
export interface Place {
  readonly storedAtMs: number;
  readonly documentId: number;
}

/** A recount that has begun. */
export interface Begun {
  readonly after: Place;
  readonly untilMs: number;
  readonly documents: number;
  readonly total: number;
}

/** An account that is being counted anew. */
export interface Recounting {
  readonly account: Account;
  readonly zoneRevision: number;
  readonly begun: Begun | null;
}

/** Ordered by name. */
export const recountingAccounts = (connection: Connection, schema: 'main' | 'live' = 'main'): readonly Recounting[] =>
  connection.all(`${selectRecounting(schema)} ORDER BY a.name`).map(recountingOfRow);

export function recountingOf(connection: Connection, accountId: AccountId): Recounting | null {
  const row = connection.get(`${selectRecounting('main')} AND a.account_id = ?`, accountId);
  return row && recountingOfRow(row);
}

const recountingOfRow = (row: Row): Recounting => ({
  account: accountOf(row),
  zoneRevision: integer(row, 'zone_revision'),
  begun: integerOrNull(row, 'documents_done') === null ? null : begunOf(row),
});

const begunOf = (row: Row): Begun => ({
  after: { storedAtMs: integer(row, 'after_stored_at_ms'), documentId: integer(row, 'after_document_id') },
  untilMs: integer(row, 'until_stored_at_ms'),
  documents: integer(row, 'documents_done'),
  total: integer(row, 'documents_total'),
});

export const progressOf = ({ account, begun }: Recounting): RecountProgress => ({
  account,
  documents: begun?.documents ?? 0,
  total: begun?.total ?? 0,
});

const updateTimeZone = `
  UPDATE accounts SET time_zone = ?, zone_revision = zone_revision + 1 WHERE account_id = ? AND time_zone <> ?`;
const selectRecounting = (schema: 'main' | 'live') => `
  SELECT ${accountColumns}, a.zone_revision, r.after_stored_at_ms, r.after_document_id, r.until_stored_at_ms, r.documents_done,
    r.documents_total
  FROM ${schema}.accounts a
  LEFT JOIN ${schema}.recounts r ON r.account_id = a.account_id AND r.zone_revision = a.zone_revision
  WHERE a.zone_revision <> a.counted_zone_revision`;
