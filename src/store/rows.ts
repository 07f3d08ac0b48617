import { type Weekday, weekdays } from '../domain/calendar.ts';
import {
  type Account,
  type ApiToken,
  type Credential,
  type IngestKey,
  type Session,
  type Tool,
  tools,
  type User,
} from './access-store.ts';
import type { CallRecord, Reject } from './call-store.ts';
import type { RejectHead } from './transfer-store.ts';

/** What both engines read rows with. A column that holds something else than it should is damage to the database, and thrown. */
export type Row = Readonly<Record<string, unknown>>;

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw unexpected(column, 'text', value);
  return value;
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw unexpected(column, 'an integer', value);
  return value;
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw unexpected(column, 'bytes', value);
  return value;
}

/** SQLite has no type for it, and holds 0 or 1. */
export function flag(row: Row, column: string): boolean {
  const value = row[column];
  return typeof value === 'boolean' ? value : integer(row, column) !== 0;
}

export const textOrNull = (row: Row, column: string): string | null =>
  row[column] === null ? null : text(row, column);
export const integerOrNull = (row: Row, column: string): number | null =>
  row[column] === null ? null : integer(row, column);

function unexpected(column: string, expected: string, value: unknown): Error {
  return new Error(`column ${column} of the database should hold ${expected}, but holds ${typeof value}`);
}

export const accountColumns = 'a.account_id, a.name, a.time_zone, a.country, a.allows_input, a.week_start';
export const userColumns = `u.user_id, u.tool, u.login, u.password_hash, u.is_disabled, u.is_admin, ${accountColumns}`;

/** A row that has {@link accountColumns}. */
export function accountOf(row: Row): Account {
  return {
    accountId: integer(row, 'account_id'),
    name: text(row, 'name'),
    timeZone: text(row, 'time_zone'),
    country: text(row, 'country'),
    allowsInput: flag(row, 'allows_input'),
    weekStart: weekdayOf(row),
  };
}

function weekdayOf(row: Row): Weekday {
  const number = integer(row, 'week_start');
  const weekday = weekdays.find((candidate) => candidate === number);
  if (weekday === undefined) throw new Error(`the database has a weekday ${number}, and there are 1 to 7`);
  return weekday;
}

/** A row that has {@link userColumns}. */
export function userOf(row: Row): User {
  return {
    userId: integer(row, 'user_id'),
    account: accountOf(row),
    tool: toolOf(row),
    login: text(row, 'login'),
    passwordHash: text(row, 'password_hash'),
    isDisabled: flag(row, 'is_disabled'),
    isAdmin: flag(row, 'is_admin'),
  };
}

export function toolOf(row: Row): Tool {
  const name = text(row, 'tool');
  const tool = tools.find((candidate) => candidate === name);
  if (tool === undefined) throw new Error(`the database names a tool ${name}, which this version does not know`);
  return tool;
}

export const selectKeys = `
  SELECT k.key_id, k.hint, k.label, k.is_strict, k.created_at_ms, k.last_used_at_ms, k.revoked_at_ms, ${userColumns}
  FROM ingest_keys k JOIN users u USING (user_id) JOIN accounts a ON a.account_id = u.account_id`;

/** A row of {@link selectKeys}. */
export function keyOf(row: Row): IngestKey {
  return {
    keyId: integer(row, 'key_id'),
    user: userOf(row),
    hint: text(row, 'hint'),
    label: text(row, 'label'),
    isStrict: flag(row, 'is_strict'),
    createdAtMs: integer(row, 'created_at_ms'),
    lastUsedAtMs: integerOrNull(row, 'last_used_at_ms'),
    revokedAtMs: integerOrNull(row, 'revoked_at_ms'),
  };
}

export const selectTokens = `
  SELECT t.token_id, t.hint, t.label, t.created_at_ms, t.last_used_at_ms, t.revoked_at_ms, ${userColumns}
  FROM api_tokens t JOIN users u USING (user_id) JOIN accounts a ON a.account_id = u.account_id`;

/** A row of {@link selectTokens}. */
export function tokenOf(row: Row): ApiToken {
  return {
    tokenId: integer(row, 'token_id'),
    user: userOf(row),
    hint: text(row, 'hint'),
    label: text(row, 'label'),
    createdAtMs: integer(row, 'created_at_ms'),
    lastUsedAtMs: integerOrNull(row, 'last_used_at_ms'),
    revokedAtMs: integerOrNull(row, 'revoked_at_ms'),
  };
}

export const selectCredentials = `
  SELECT c.login AS credential_login, c.password_sha256, c.last_used_at_ms, ${userColumns}
  FROM credentials c JOIN users u USING (user_id) JOIN accounts a USING (account_id)`;

/** A row of {@link selectCredentials}. */
export const credentialOf = (row: Row): Credential => ({
  login: text(row, 'credential_login'),
  user: userOf(row),
  passwordSha256: text(row, 'password_sha256'),
  lastUsedAtMs: integer(row, 'last_used_at_ms'),
});

export const selectSessions = `
  SELECT s.created_at_ms, s.last_used_at_ms, ${userColumns}
  FROM sessions s JOIN users u USING (user_id) JOIN accounts a USING (account_id)`;

/** A row of {@link selectSessions}. */
export const sessionOf = (row: Row): Session => ({
  user: userOf(row),
  createdAtMs: integer(row, 'created_at_ms'),
  lastUsedAtMs: integer(row, 'last_used_at_ms'),
});

/** A document with what is known of its call. */
export const recordOf = (row: Row): CallRecord => ({
  callId: text(row, 'call_id'),
  revision: integer(row, 'revision'),
  phone: text(row, 'phone'),
  startedAtMs: integer(row, 'started_at_ms'),
  storedAtMs: integer(row, 'stored_at_ms'),
  document: text(row, 'document'),
});

/** A row of `rejects`, and whose it is. */
export function rejectOf(row: Row, account: Account): Reject {
  return {
    rejectId: integer(row, 'reject_id'),
    account,
    sender: { accountId: account.accountId, userId: integer(row, 'user_id'), isStrict: flag(row, 'is_strict') },
    document: bytes(row, 'document'),
    callId: textOrNull(row, 'call_id'),
    path: text(row, 'path'),
    error: text(row, 'error'),
    times: integer(row, 'times'),
    firstAtMs: integer(row, 'first_at_ms'),
    lastAtMs: integer(row, 'last_at_ms'),
  };
}

/** A row with the columns reject_id, document_sha256, times and last_at_ms. */
export const rejectHeadOf = (row: Row): RejectHead => ({
  rejectId: integer(row, 'reject_id'),
  sha256: text(row, 'document_sha256'),
  times: integer(row, 'times'),
  lastAtMs: integer(row, 'last_at_ms'),
});

/** A row with the columns user_id, tool and login. */
export const holderOf = (row: Row) => ({
  userId: integer(row, 'user_id'),
  tool: toolOf(row),
  login: text(row, 'login'),
});

export const defaultTimeZone = 'UTC';
export const defaultCountry = 'US';
