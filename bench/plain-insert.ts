import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type IngestDocument, ingestDocuments } from './documents.ts';
import type { Work } from './figures.ts';

/**
 * The least that storing documents durably costs: their JSON texts into one table, in transactions of a batch each. A process
 * of its own, as the server is; it is told which documents, and tells how long they took.
 */

export interface PlainInsert {
  readonly seed: number;
  readonly count: number;
  readonly batchSize: number;
}

const [, , folder = ''] = process.argv;
const db = new DatabaseSync(join(folder, 'plain.db'));
// The settings are those of Voxgauge's store.
db.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 4096;
  PRAGMA cache_size = -32768;
  CREATE TABLE documents (document_id INTEGER PRIMARY KEY, id TEXT NOT NULL, document TEXT NOT NULL) STRICT;
  CREATE UNIQUE INDEX "documents#id" ON documents (id);
`);
const insert = db.prepare('INSERT INTO documents (id, document) VALUES (?, ?)');

process.on('message', ({ seed, count, batchSize }: PlainInsert) => {
  const documents = ingestDocuments(seed, count);
  const startCpu = process.cpuUsage();
  const startMs = performance.now();
  for (let first = 0; first < count; first += batchSize) insertBatch(documents.slice(first, first + batchSize));
  const elapsedMs = performance.now() - startMs;
  const { user, system } = process.cpuUsage(startCpu);
  const work: Work = { count, elapsedMs, cpuMs: (user + system) / 1000 };
  process.send?.(work);
});
process.once('disconnect', () => process.exit());

function insertBatch(batch: readonly IngestDocument[]): void {
  db.exec('BEGIN IMMEDIATE');
  for (const { id, json } of batch) insert.run(id, json);
  db.exec('COMMIT');
}
