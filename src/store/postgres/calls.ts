import { hash } from 'node:crypto';
import type { DaySums } from '../../domain/reports/series.ts';
import type { ReportSums } from '../../domain/reports/sums.ts';
import type { Result } from '../../domain/result.ts';
import type { Month } from '../../domain/retention.ts';
import { callCounters } from '../../domain/rollups.ts';
import type { AccountId } from '../access-store.ts';
import type {
  Batch,
  CallListQuery,
  CallRecord,
  CallStore,
  DayQuery,
  Dropped,
  DropStep,
  ImportProgress,
  Recompute,
  RecountProgress,
  ReportQuery,
  Sender,
  StoredCall,
  TooManyRows,
  VerifyReport,
} from '../call-store.ts';
import { integer, integerOrNull, text } from '../rows.ts';
import type { ChunkSize } from '../transfer-store.ts';
import { listCalls, readCall } from './call-list.ts';
import type { Database } from './database.ts';
import { keptFromOf } from './months.ts';
import type { Recorder } from './recorder.ts';
import { rebuild } from './recount.ts';
import { recountNext } from './recount-steps.ts';
import { readReport } from './reports.ts';
import { dropBefore } from './retention.ts';
import { readRecounts } from './time-zones.ts';
import { verify } from './verify.ts';
import type { Writer } from './writer.ts';

export class PostgresCalls implements CallStore {
  readonly #database: Database;
  readonly #recorder: Recorder;
  readonly #writer: Writer;

  constructor(recorder: Recorder, writer: Writer) {
    this.#database = writer.database;
    this.#recorder = recorder;
    this.#writer = writer;
  }

  record(sender: Sender, batch: Batch, nowMs: number) {
    return this.#recorder.record(sender, batch, nowMs);
  }

  async find(accountId: AccountId, callId: string): Promise<StoredCall | null> {
    const [row] = await this.#database.read((session) => session.rows(selectCall, accountId, callId));
    if (row === undefined) return null;
    return { revision: integer(row, 'revision'), storedAtMs: integer(row, 'stored_at_ms') };
  }

  read(accountId: AccountId, callId: string): Promise<CallRecord | null> {
    return this.#database.read((session) => readCall(session, accountId, callId));
  }

  list(query: CallListQuery): Promise<readonly CallRecord[]> {
    return listCalls(this.#database, query);
  }

  async lastStoredAtMs(accountId: AccountId): Promise<number | null> {
    const [row] = await this.#database.lookUp((session) => session.rows(selectNewest, accountId));
    return integerOrNull(row ?? {}, 'newest_ms');
  }

  async days({ accountId, numbers, days }: DayQuery): Promise<readonly DaySums[]> {
    const { first, last } = days;
    const rows = await this.#database.read((session) =>
      numbers.kind === 'one'
        ? session.lists(selectNumberDays, accountId, numbers.phone, first, last)
        : session.lists(selectOwnerDays, accountId, numbers.ownerId, first, last),
    );
    return rows.map((row) => {
      const [day = 0, ...counters] = row.map(Number);
      return { day, counters };
    });
  }

  report(query: ReportQuery): Promise<Result<ReportSums, TooManyRows>> {
    return readReport(this.#database, query);
  }

  async count(): Promise<number> {
    // Of a large store it takes longer than anything else that is asked.
    const [row] = await this.#database.alone((session) => session.rows('SELECT count(*) AS documents FROM documents'));
    return integer(row ?? {}, 'documents');
  }

  keptFrom(): Promise<Month | null> {
    return this.#database.read(keptFromOf);
  }

  dropBefore(month: Month, onStep: (step: DropStep) => void = () => {}): Promise<Dropped> {
    return dropBefore(this.#writer, month, onStep);
  }

  verify(recompute: Recompute): Promise<VerifyReport> {
    return verify(this.#database, recompute);
  }

  rebuild(recompute: Recompute): Promise<{ readonly documents: number }> {
    return rebuild(this.#database, recompute);
  }

  recounts(): Promise<readonly RecountProgress[]> {
    return this.#database.read(readRecounts);
  }

  recountNext(accountId: AccountId, recompute: Recompute, most?: ChunkSize): Promise<RecountProgress | null> {
    return recountNext(this.#writer, { accountId, recompute, most });
  }

  async importProgress(accountId: AccountId, source: string): Promise<ImportProgress | null> {
    const [row] = await this.#database.read((session) => session.rows(selectImport, accountId, sha256Of(source)));
    if (row === undefined) return null;
    return { documentsDone: integer(row, 'documents_done'), summary: text(row, 'summary') };
  }

  async saveImportProgress(
    accountId: AccountId,
    source: string,
    progress: ImportProgress | null,
    nowMs: number,
  ): Promise<void> {
    const key = [accountId, sha256Of(source)] as const;
    if (progress === null) await this.#writer.change(deleteImport, ...key);
    else await this.#writer.change(upsertImport, ...key, source, progress.documentsDone, progress.summary, nowMs);
  }
}

export const sha256Of = (source: string): string => hash('sha256', source, 'hex');

const counterList = callCounters.join(', ');
const selectNumberDays = `
  SELECT day, ${counterList} FROM number_days
  WHERE account_id = $1 AND phone = $2 AND day BETWEEN $3 AND $4 ORDER BY day`;
const selectOwnerDays = `
  SELECT day, ${counterList} FROM owner_days
  WHERE account_id = $1 AND owner_id = $2 AND day BETWEEN $3 AND $4 ORDER BY day`;
const selectCall = 'SELECT revision, stored_at_ms FROM documents WHERE account_id = $1 AND call_id = $2';
const selectNewest = 'SELECT max(stored_at_ms) AS newest_ms FROM documents WHERE account_id = $1';
const selectImport = 'SELECT documents_done, summary FROM imports WHERE account_id = $1 AND source_sha256 = $2';
const deleteImport = 'DELETE FROM imports WHERE account_id = $1 AND source_sha256 = $2';
export const upsertImport = `
  INSERT INTO imports (account_id, source_sha256, source, documents_done, summary, saved_at_ms) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (account_id, source_sha256) DO UPDATE SET
    documents_done = EXCLUDED.documents_done, summary = EXCLUDED.summary, saved_at_ms = EXCLUDED.saved_at_ms`;
