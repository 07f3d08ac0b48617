import type { AccountId } from '../access-store.ts';
import type { ImportProgress } from '../call-store.ts';
import type { Connection } from './connection.ts';

/** Writes, as the writer thread runs them. */
export const importWrites = {
  saveImport(
    connection: Connection,
    key: { readonly accountId: AccountId; readonly source: string },
    progress: ImportProgress | null,
    nowMs: number,
  ): void {
    if (progress === null) {
      connection.run('DELETE FROM imports WHERE account_id = ? AND source = ?', key.accountId, key.source);
    } else {
      connection.run(upsertImport, key.accountId, key.source, progress.documentsDone, progress.summary, nowMs);
    }
  },
};

const upsertImport = `
  INSERT INTO imports (account_id, source, documents_done, summary, saved_at_ms) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET
    documents_done = excluded.documents_done, summary = excluded.summary, saved_at_ms = excluded.saved_at_ms`;
