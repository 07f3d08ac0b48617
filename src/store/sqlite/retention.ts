import { setTimeout as sleep } from 'node:timers/promises';
import { firstInstantMsOf, type Month } from '../../domain/retention.ts';
import type { Account } from '../access-store.ts';
import type { Dropped, DropStep } from '../call-store.ts';
import { stillRecounting } from '../recount.ts';
import { integer, integerOrNull } from '../rows.ts';
import type { Connection } from './connection.ts';
import { recountingAccounts } from './time-zones.ts';
import type { Writer } from './writer.ts';

/** How many documents are looked at in one transaction: some hundredths of a second for which others wait. */
const chunkSize = 2000;
/**
 * Processes that wait for the write lock look whether it is free up to ten times a second, so it has to be free for a while between
 * two chunks.
 */
const shortestPauseMs = 25;

/** The first month that is kept, or null; see `CallStore.keptFrom`. */
export function keptFromOf(connection: Connection, schema: 'main' | 'live' = 'main'): Month | null {
  const row = connection.get(`SELECT kept_from_month FROM ${schema}.retention`);
  return row && integer(row, 'kept_from_month');
}

interface Chunk {
  readonly dropped: number;
  /** null when there are no documents behind it. */
  readonly lastId: number | null;
}

/** Writes, as the writer thread runs them. */
export const retentionWrites = {
  /** Returns the month that is the first one now, or the accounts that are being counted anew, where nothing was done. */
  keepFrom(connection: Connection, month: Month): Month | readonly Account[] {
    const recounting = recountingAccounts(connection).map(({ account }) => account);
    if (recounting.length > 0) return recounting;
    connection.run(upsertMonth, month);
    return keptFromOf(connection) ?? month;
  },

  /** Removes those of the next documents behind an id that started before the month. */
  dropDocuments(connection: Connection, month: Month, afterId: number): Chunk {
    const lastId = integerOrNull(connection.get(selectLastId, afterId, chunkSize) ?? {}, 'last_id');
    if (lastId === null) return { dropped: 0, lastId };
    return { dropped: connection.run(deleteDocuments, afterId, lastId, firstInstantMsOf(month)), lastId };
  },
};

interface Stores {
  readonly reader: Connection;
  readonly writer: Writer;
}

/** calls.dropBefore: a chunk a transaction, in the order of their ids. The pages that become free are written to again later. */
export async function dropBefore(
  { reader, writer }: Stores,
  month: Month,
  onStep: (step: DropStep) => void,
): Promise<Dropped> {
  const keptFrom = await writer.run('keepFrom', month);
  if (typeof keptFrom !== 'number') throw stillRecounting(keptFrom);
  const newestId = integerOrNull(reader.get(selectNewestId) ?? {}, 'newest_id') ?? 0;
  let documents = 0;
  let afterId = 0;
  // What comes in behind the newest one is not too old.
  while (afterId < newestId) {
    const startedMs = performance.now();
    const { dropped, lastId } = await writer.run('dropDocuments', keptFrom, afterId);
    if (lastId === null) break;
    afterId = lastId;
    documents += dropped;
    onStep({ documents, share: Math.min(1, afterId / newestId) });
    if (dropped > 0) await sleep(Math.max(shortestPauseMs, performance.now() - startedMs));
  }
  return { keptFrom, documents };
}

const upsertMonth = `
  INSERT INTO retention (retention_id, kept_from_month) VALUES (1, ?)
  ON CONFLICT DO UPDATE SET kept_from_month = max(kept_from_month, excluded.kept_from_month)`;
const selectNewestId = 'SELECT max(document_id) AS newest_id FROM documents';
const selectLastId = `
  SELECT max(document_id) AS last_id FROM (
    SELECT document_id FROM documents WHERE document_id > ? ORDER BY document_id LIMIT ?)`;
const deleteDocuments = 'DELETE FROM documents WHERE document_id > ? AND document_id <= ? AND started_at_ms < ?';
