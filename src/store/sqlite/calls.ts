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
import type { Connection } from './connection.ts';
import { rebuild, verify } from './recount.ts';
import { recountNext } from './recount-steps.ts';
import { readReport } from './reports.ts';
import { dropBefore, keptFromOf } from './retention.ts';
import { progressOf, recountingAccounts } from './time-zones.ts';
import type { Writer } from './writer.ts';

export class SqliteCalls implements CallStore {
  readonly #path: string;
  readonly #reader: Connection;
  readonly #writer: Writer;

  constructor(path: string, reader: Connection, writer: Writer) {
    this.#path = path;
    this.#reader = reader;
    this.#writer = writer;
  }

  record(sender: Sender, batch: Batch, nowMs: number) {
    return this.#writer.record(sender, batch, nowMs);
  }

  async find(accountId: AccountId, callId: string): Promise<StoredCall | null> {
    const row = this.#reader.get(selectCall, accountId, callId);
    return row && { revision: integer(row, 'revision'), storedAtMs: integer(row, 'stored_at_ms') };
  }

  async read(accountId: AccountId, callId: string): Promise<CallRecord | null> {
    return readCall(this.#reader, accountId, callId);
  }

  async list(query: CallListQuery): Promise<readonly CallRecord[]> {
    return listCalls(this.#reader, query);
  }

  async lastStoredAtMs(accountId: AccountId): Promise<number | null> {
    return integerOrNull(this.#reader.get(selectNewest, accountId) ?? {}, 'newest_ms');
  }

  async days({ accountId, numbers, days }: DayQuery): Promise<readonly DaySums[]> {
    const rows =
      numbers.kind === 'one'
        ? this.#reader.integers(selectNumberDays, accountId, numbers.phone, days.first, days.last)
        : this.#reader.integers(selectOwnerDays, accountId, numbers.ownerId, days.first, days.last);
    return rows.map(([day = 0, ...counters]) => ({ day, counters }));
  }

  async report(query: ReportQuery): Promise<Result<ReportSums, TooManyRows>> {
    return readReport(this.#reader, query);
  }

  async count(): Promise<number> {
    return integer(this.#reader.get('SELECT count(*) AS documents FROM documents') ?? {}, 'documents');
  }

  async keptFrom(): Promise<Month | null> {
    return keptFromOf(this.#reader);
  }

  dropBefore(month: Month, onStep: (step: DropStep) => void = () => {}): Promise<Dropped> {
    return dropBefore({ reader: this.#reader, writer: this.#writer }, month, onStep);
  }

  async verify(recompute: Recompute): Promise<VerifyReport> {
    return verify(this.#path, recompute);
  }

  async rebuild(recompute: Recompute): Promise<{ readonly documents: number }> {
    return rebuild(this.#path, recompute);
  }

  async recounts(): Promise<readonly RecountProgress[]> {
    return recountingAccounts(this.#reader).map(progressOf);
  }

  recountNext(accountId: AccountId, recompute: Recompute, most?: ChunkSize): Promise<RecountProgress | null> {
    return recountNext({ reader: this.#reader, writer: this.#writer }, { accountId, recompute, most });
  }

  async importProgress(accountId: AccountId, source: string): Promise<ImportProgress | null> {
    const row = this.#reader.get(selectImport, accountId, source);
    return row && { documentsDone: integer(row, 'documents_done'), summary: text(row, 'summary') };
  }

  saveImportProgress(
    accountId: AccountId,
    source: string,
    progress: ImportProgress | null,
    nowMs: number,
  ): Promise<void> {
    return this.#writer.run('saveImport', { accountId, source }, progress, nowMs);
  }
}

const counterList = callCounters.join(', ');
const selectNumberDays = `
  SELECT day, ${counterList} FROM number_days WHERE account_id = ? AND phone = ? AND day BETWEEN ? AND ? ORDER BY day`;
const selectOwnerDays = `
  SELECT day, ${counterList} FROM owner_days WHERE account_id = ? AND owner_id = ? AND day BETWEEN ? AND ? ORDER BY day`;
const selectCall = 'SELECT revision, stored_at_ms FROM documents WHERE account_id = ? AND call_id = ?';
const selectNewest = 'SELECT max(stored_at_ms) AS newest_ms FROM documents WHERE account_id = ?';
const selectImport = 'SELECT documents_done, summary FROM imports WHERE account_id = ? AND source = ?';
