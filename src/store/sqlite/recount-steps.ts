import { RollupSums } from '../../domain/applied.ts';
import { firstInstantMsOf } from '../../domain/retention.ts';
import type { AccountId } from '../access-store.ts';
import type { RecountProgress } from '../call-store.ts';
import { mostOfStep, type RecountOf, recountedOf } from '../recount.ts';
import { integer, type Row, text } from '../rows.ts';
import type { ChunkSize } from '../transfer-store.ts';
import type { Connection } from './connection.ts';
import { keptFromOf } from './retention.ts';
import { addSums } from './rollup-tables.ts';
import { type Begun, type Place, progressOf, type Recounting, recountingOf } from './time-zones.ts';
import type { Writer } from './writer.ts';

/** Documents that were read, on their way into the sums. */
interface Step {
  readonly accountId: AccountId;
  readonly zoneRevision: number;
  /** They are between these places. */
  readonly after: Place;
  readonly next: Place;
  readonly isLast: boolean;
  /** How many they are. */
  readonly documents: number;
  /** Those that count in another way now, as they were read, with what they contribute now. */
  readonly recounted: readonly {
    readonly documentId: number;
    readonly phone: string;
    readonly document: string;
    readonly applied: string;
  }[];
}

/** Writes, as the writer thread runs them. */
export const recountWrites = {
  /** Nothing where somebody was quicker, or the time zone is another one by now. */
  beginRecount(connection: Connection, accountId: AccountId, zoneRevision: number, total: number): void {
    connection.run(beginRecount, zoneRevision, total, accountId, zoneRevision);
  },

  /** Whether it was done: somebody else may have been quicker, or the time zone is another one by now. */
  recountDocuments(connection: Connection, step: Step): boolean {
    const { accountId, zoneRevision, after, next, isLast, documents, recounted } = step;
    const recounting = recountingOf(connection, accountId);
    if (recounting?.zoneRevision !== zoneRevision || !isAt(recounting, after)) return false;
    const sums = new RollupSums();
    for (const { documentId, phone, document, applied } of recounted) {
      const old = connection.get(selectUnchanged, documentId, accountId, phone, document);
      // What was replaced since it was read came in by the time zone of now.
      if (old === null) continue;
      sums.add(text(old, 'applied'), -1);
      sums.add(applied, 1);
      connection.run(updateApplied, applied, documentId);
    }
    addSums(connection, accountId, sums);
    connection.run(advance, next.storedAtMs, next.documentId, documents, accountId);
    if (isLast) connection.run(finish, accountId);
    return true;
  },
};

const isAt = ({ begun }: Recounting, { storedAtMs, documentId }: Place): boolean =>
  begun?.after.storedAtMs === storedAtMs && begun.after.documentId === documentId;

interface Stores {
  readonly reader: Connection;
  readonly writer: Writer;
}

/** calls.recountNext: reads documents at one moment → what they contribute now → writes what has not changed since. */
export async function recountNext(
  { reader, writer }: Stores,
  { accountId, recompute, most = mostOfStep }: RecountOf,
): Promise<RecountProgress | null> {
  for (;;) {
    const { recounting, chunk } = reader.transaction('read', () => readNext(reader, accountId, most));
    if (recounting === null) return null;
    const { account, zoneRevision } = recounting;
    if (chunk === null) {
      await writer.run('beginRecount', accountId, zoneRevision, countDocuments(reader, accountId));
      continue;
    }
    const { kept, ...places } = chunk;
    const recounted = (await recountedOf(kept, { account, recompute })).map(({ row, applied }) => ({
      documentId: integer(row, 'document_id'),
      phone: text(row, 'phone'),
      document: text(row, 'document'),
      applied,
    }));
    if (!(await writer.run('recountDocuments', { accountId, zoneRevision, ...places, recounted }))) continue;
    const { total, documents } = progressOf(recounting);
    return chunk.isLast ? null : { account, documents: documents + chunk.documents, total };
  }
}

/** Some documents in the order in which they were stored. */
interface Chunk extends Pick<Step, 'after' | 'next' | 'isLast' | 'documents'> {
  /** Rows of those that are not of months that are kept no more. */
  readonly kept: readonly Row[];
}

interface Next {
  readonly recounting: Recounting | null;
  /** null where it has not begun. */
  readonly chunk: Chunk | null;
}

function readNext(connection: Connection, accountId: AccountId, most: ChunkSize): Next {
  const recounting = recountingOf(connection, accountId);
  const begun = recounting?.begun ?? null;
  return { recounting, chunk: begun === null ? null : readChunk(connection, { accountId, begun, most }) };
}

interface ChunkOf {
  readonly accountId: AccountId;
  readonly begun: Begun;
  readonly most: ChunkSize;
}

function readChunk(connection: Connection, { accountId, begun, most }: ChunkOf): Chunk {
  const { after, untilMs } = begun;
  const { storedAtMs, documentId } = after;
  const from = [storedAtMs, untilMs, storedAtMs, documentId] as const;
  const places = connection.all(selectPlaces, accountId, ...from, most.documents);
  let bytes = 0;
  const end = places.findIndex((row, index) => {
    bytes += integer(row, 'bytes');
    return index > 0 && bytes > most.bytes;
  });
  const read = end === -1 ? places : places.slice(0, end);
  const last = read.at(-1);
  const ids = JSON.stringify(read.map((row) => integer(row, 'document_id')));
  const keptFrom = keptFromOf(connection);
  const keptFromMs = keptFrom === null ? Number.MIN_SAFE_INTEGER : firstInstantMsOf(keptFrom);
  return {
    after,
    next: last === undefined ? after : placeOf(last),
    isLast: end === -1 && places.length < most.documents,
    documents: read.length,
    kept: connection.all(selectDocuments, ids, keptFromMs),
  };
}

const placeOf = (row: Row): Place => ({
  storedAtMs: integer(row, 'stored_at_ms'),
  documentId: integer(row, 'document_id'),
});

const countDocuments = (connection: Connection, accountId: AccountId): number =>
  integer(connection.get(countOfAccount, accountId) ?? {}, 'documents');

const countOfAccount = 'SELECT count(*) AS documents FROM documents WHERE account_id = ?';
const beginRecount = `
  INSERT INTO recounts (account_id, zone_revision, after_stored_at_ms, after_document_id, until_stored_at_ms,
    documents_done, documents_total)
  SELECT a.account_id, ?, ${Number.MIN_SAFE_INTEGER}, 0, coalesce((
    SELECT max(d.stored_at_ms) FROM documents d WHERE d.account_id = a.account_id), 0), 0, ?
  FROM accounts a WHERE a.account_id = ? AND a.zone_revision = ?
  ON CONFLICT (account_id) DO UPDATE SET
    zone_revision = excluded.zone_revision, after_stored_at_ms = excluded.after_stored_at_ms,
    after_document_id = excluded.after_document_id, until_stored_at_ms = excluded.until_stored_at_ms,
    documents_done = excluded.documents_done, documents_total = excluded.documents_total
  WHERE zone_revision < excluded.zone_revision`;
const selectPlaces = `
  SELECT document_id, stored_at_ms, octet_length(document) + octet_length(applied) AS bytes FROM documents
  WHERE account_id = ? AND stored_at_ms BETWEEN ? AND ? AND (stored_at_ms > ? OR document_id > ?)
  ORDER BY stored_at_ms, document_id LIMIT ?`;
// CROSS JOIN keeps the order of the list.
const selectDocuments = `
  SELECT d.document_id, d.call_id, d.phone, d.document, d.applied
  FROM json_each(?) j CROSS JOIN documents d ON d.document_id = j.value WHERE d.started_at_ms >= ? ORDER BY j.key`;
const selectUnchanged =
  'SELECT applied FROM documents WHERE document_id = ? AND account_id = ? AND phone = ? AND document = ?';
const updateApplied = 'UPDATE documents SET applied = ? WHERE document_id = ?';
const advance = `
  UPDATE recounts SET after_stored_at_ms = ?, after_document_id = ?, documents_done = documents_done + ?
  WHERE account_id = ?`;
const finish = 'UPDATE accounts SET counted_zone_revision = zone_revision WHERE account_id = ?';
