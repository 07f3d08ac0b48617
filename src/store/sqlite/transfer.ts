import { hash } from 'node:crypto';
import type { SQLInputValue } from 'node:sqlite';
import { RollupSums, type RowSum } from '../../domain/applied.ts';
import type { AccountId } from '../access-store.ts';
import { columnsOf, controlLayouts, readControl } from '../control.ts';
import { integer, type Row, rejectHeadOf, text } from '../rows.ts';
import {
  type ChunkSize,
  type Control,
  type ControlChanges,
  type ControlRow,
  type ControlTable,
  type Copied,
  controlTables,
  copySource,
  type DocumentChunk,
  type DocumentPlace,
  type RejectChanges,
  type RejectHead,
  type StoredDocument,
  type TransferStore,
} from '../transfer-store.ts';
import type { Connection } from './connection.ts';
import { insertDocument, selectDocument, updateDocument } from './documents.ts';
import { importWrites } from './imports.ts';
import { addOwnerDays, addSums } from './rollup-tables.ts';
import type { Writer } from './writer.ts';

/** Writes, as the writer thread runs them. */
export const transferWrites = {
  takeControl(connection: Connection, { changed, gone, given }: ControlChanges): void {
    for (const { accountId, phone } of given) addOwnerDays(connection, accountId, phone, -1);
    for (const table of controlTables) {
      for (const row of gone[table]) connection.run(deleteRow(table), ...values(row, controlLayouts[table].key));
      for (const row of changed[table]) connection.run(upsertRow(table), ...values(row, columnsOf(table)));
    }
    for (const { accountId, phone } of given) addOwnerDays(connection, accountId, phone, 1);
  },

  takeDocuments(
    connection: Connection,
    accountId: AccountId,
    documents: readonly StoredDocument[],
    { progress, nowMs }: Copied,
  ): number {
    const sums = new RollupSums();
    const taken = documents.filter((document) => takeDocument(connection, sums, { accountId, document }));
    addSums(connection, accountId, sums);
    importWrites.saveImport(connection, { accountId, source: copySource }, progress, nowMs);
    return taken.length;
  },

  addRows(connection: Connection, accountId: AccountId, rows: readonly RowSum[]): void {
    addSums(connection, accountId, { list: () => rows });
  },

  takeRejects(connection: Connection, accountId: AccountId, { gone, rejects }: RejectChanges): void {
    for (const rejectId of gone) connection.run(deleteReject, accountId, rejectId);
    for (const { rejectId, sender, document, callId, path, error, times, firstAtMs, lastAtMs } of rejects) {
      const from = [sender.userId, sender.isStrict ? 1 : 0] as const;
      const reason = [hash('sha256', document, 'hex'), callId, path, error, document] as const;
      connection.run(replaceReject, rejectId, accountId, ...from, ...reason, times, firstAtMs, lastAtMs);
    }
  },
};

/** Whether it was not there as it is. */
function takeDocument(
  connection: Connection,
  sums: RollupSums,
  { accountId, document }: { readonly accountId: AccountId; readonly document: StoredDocument },
): boolean {
  const { callId, revision, phone, startedAtMs, storedAtMs, applied } = document;
  const columns = [revision, phone, startedAtMs, storedAtMs, document.document, applied] as const;
  if (connection.run(insertDocument, accountId, callId, ...columns) === 0) {
    const old = connection.get(selectDocument, document.document, accountId, callId) ?? {};
    if (isSame(old, document)) return false;
    connection.run(updateDocument, ...columns, integer(old, 'document_id'));
    sums.add(text(old, 'applied'), -1);
  }
  sums.add(applied, 1);
  return true;
}

const isSame = (old: Row, { revision, storedAtMs, applied }: StoredDocument): boolean =>
  integer(old, 'is_same') === 1 &&
  integer(old, 'revision') === revision &&
  integer(old, 'stored_at_ms') === storedAtMs &&
  text(old, 'applied') === applied;

const values = (row: ControlRow, columns: readonly string[]): readonly SQLInputValue[] =>
  columns.map((column) => {
    const value = row[column] ?? null;
    return typeof value === 'boolean' ? Number(value) : value;
  });

export class SqliteTransfer implements TransferStore {
  readonly #reader: Connection;
  readonly #writer: Writer;

  constructor(reader: Connection, writer: Writer) {
    this.#reader = reader;
    this.#writer = writer;
  }

  /** Nothing else of this thread reads in between: the rows of all tables are there before anybody waits for them. */
  control(): Promise<Control> {
    const rows = this.#reader.transaction(
      'read',
      () => new Map(controlTables.map((table) => [table, this.#reader.all(selectRows(table))])),
    );
    return readControl((table) => rows.get(table) ?? []);
  }

  takeControl(changes: ControlChanges): Promise<void> {
    return this.#writer.run('takeControl', changes);
  }

  async documents(accountId: AccountId, after: DocumentPlace, most: ChunkSize): Promise<DocumentChunk> {
    const { storedAtMs, callId } = after;
    return this.#reader.transaction('read', () => {
      const places = this.#reader.all(selectPlaces, accountId, storedAtMs, storedAtMs, callId, most.documents);
      let bytes = 0;
      const end = places.findIndex((row, index) => {
        bytes += integer(row, 'bytes');
        return index > 0 && bytes > most.bytes;
      });
      const read = end === -1 ? places : places.slice(0, end);
      const ids = JSON.stringify(read.map((row) => integer(row, 'document_id')));
      const documents = this.#reader.all(selectDocuments, ids).map(documentOf);
      const last = documents.at(-1);
      const next = last === undefined ? after : { storedAtMs: last.storedAtMs, callId: last.callId };
      return { documents, next, isLast: end === -1 && places.length < most.documents };
    });
  }

  takeDocuments(accountId: AccountId, documents: readonly StoredDocument[], saved: Copied): Promise<number> {
    return this.#writer.run('takeDocuments', accountId, documents, saved);
  }

  addSums(accountId: AccountId, rows: readonly RowSum[]): Promise<void> {
    return this.#writer.run('addRows', accountId, rows);
  }

  async rejectHeads(accountId: AccountId): Promise<readonly RejectHead[]> {
    return this.#reader.all(selectHeads, accountId).map(rejectHeadOf);
  }

  takeRejects(accountId: AccountId, changes: RejectChanges): Promise<void> {
    return this.#writer.run('takeRejects', accountId, changes);
  }
}

const documentOf = (row: Row): StoredDocument => ({
  callId: text(row, 'call_id'),
  revision: integer(row, 'revision'),
  phone: text(row, 'phone'),
  startedAtMs: integer(row, 'started_at_ms'),
  storedAtMs: integer(row, 'stored_at_ms'),
  document: text(row, 'document'),
  applied: text(row, 'applied'),
});

const selectRows = (table: ControlTable): string => `SELECT ${columnsOf(table).join(', ')} FROM ${table}`;
const deleteRow = (table: ControlTable): string =>
  `DELETE FROM ${table} WHERE ${controlLayouts[table].key.map((column) => `${column} = ?`).join(' AND ')}`;

function upsertRow(table: ControlTable): string {
  const { key } = controlLayouts[table];
  const columns = columnsOf(table);
  const rest = columns.filter((column) => !key.includes(column));
  const update = rest.map((column) => `${column} = excluded.${column}`).join(', ');
  return `
    INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON CONFLICT (${key.join(', ')}) DO ${rest.length === 0 ? 'NOTHING' : `UPDATE SET ${update}`}`;
}

const selectPlaces = `
  SELECT document_id, octet_length(document) + octet_length(applied) AS bytes FROM documents
  WHERE account_id = ? AND stored_at_ms >= ? AND (stored_at_ms > ? OR call_id > ?)
  ORDER BY stored_at_ms, call_id LIMIT ?`;
// CROSS JOIN keeps the order of the list.
const selectDocuments = `
  SELECT d.call_id, d.revision, d.phone, d.started_at_ms, d.stored_at_ms, d.document, d.applied
  FROM json_each(?) j CROSS JOIN documents d ON d.document_id = j.value ORDER BY j.key`;
const selectHeads = `
  SELECT reject_id, document_sha256, times, last_at_ms FROM rejects WHERE account_id = ? ORDER BY reject_id`;
const deleteReject = 'DELETE FROM rejects WHERE account_id = ? AND reject_id = ?';
// An id, or the same bytes, may stand there from a reject that the other store has dropped since.
const replaceReject = `
  INSERT OR REPLACE INTO rejects
    (reject_id, account_id, user_id, is_strict, document_sha256, call_id, path, error, document, times, first_at_ms,
      last_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
