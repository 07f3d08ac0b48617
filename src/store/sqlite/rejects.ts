import { hash } from 'node:crypto';
import type { AccountId } from '../access-store.ts';
import type { NewReject, Reject, RejectStore, Sender } from '../call-store.ts';
import { accountColumns, accountOf, integer, type Row, rejectOf } from '../rows.ts';
import type { Connection } from './connection.ts';
import type { Writer } from './writer.ts';

/** calls.record: keeps what was not taken. */
export function addRejects(
  connection: Connection,
  {
    sender,
    rejects,
    nowMs,
  }: { readonly sender: Sender; readonly rejects: readonly NewReject[]; readonly nowMs: number },
): void {
  const { accountId, userId, isStrict } = sender;
  for (const { document, callId, path, error } of rejects) {
    const sha256 = hash('sha256', document, 'hex');
    const reason = [isStrict ? 1 : 0, sha256, callId, path, error, document] as const;
    connection.run(upsertReject, accountId, userId, ...reason, nowMs, nowMs);
  }
}

/** Writes, as the writer thread runs them. */
export const rejectWrites = {
  dropRejects(connection: Connection, rejectIds: readonly number[]): number {
    let dropped = 0;
    for (const rejectId of rejectIds) dropped += connection.run('DELETE FROM rejects WHERE reject_id = ?', rejectId);
    return dropped;
  },
};

export class SqliteRejects implements RejectStore {
  readonly #reader: Connection;
  readonly #writer: Writer;

  constructor(reader: Connection, writer: Writer) {
    this.#reader = reader;
    this.#writer = writer;
  }

  async list(page: { readonly accountId: AccountId | null; readonly afterId: number; readonly limit: number }) {
    const { accountId, afterId, limit } = page;
    return this.#reader.all(selectRejects, afterId, accountId, accountId, limit).map(withAccount);
  }

  async find(rejectId: number): Promise<Reject | null> {
    const row = this.#reader.get(selectReject, rejectId);
    return row && withAccount(row);
  }

  async count(accountId: AccountId): Promise<number> {
    return integer(this.#reader.get(countRejects, accountId) ?? {}, 'rejects');
  }

  drop(rejectIds: readonly number[]): Promise<number> {
    return this.#writer.run('dropRejects', rejectIds);
  }
}

const withAccount = (row: Row): Reject => rejectOf(row, accountOf(row));

const upsertReject = `
  INSERT INTO rejects
    (account_id, user_id, is_strict, document_sha256, call_id, path, error, document, times, first_at_ms, last_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
  ON CONFLICT DO UPDATE SET
    user_id = excluded.user_id, is_strict = excluded.is_strict, path = excluded.path, error = excluded.error,
    times = times + 1, last_at_ms = excluded.last_at_ms`;
const selectColumns = `
  SELECT r.reject_id, r.user_id, r.is_strict, r.call_id, r.path, r.error, r.document, r.times, r.first_at_ms, r.last_at_ms,
    ${accountColumns}
  FROM rejects r JOIN accounts a USING (account_id)`;
const selectReject = `${selectColumns} WHERE r.reject_id = ?`;
const countRejects = 'SELECT count(*) AS rejects FROM rejects WHERE account_id = ?';
const selectRejects = `${selectColumns}
  WHERE r.reject_id > ? AND (? IS NULL OR r.account_id = ?) ORDER BY r.reject_id LIMIT ?`;
