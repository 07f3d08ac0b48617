import { RollupSums } from '../../domain/applied.ts';
import { firstInstantMsOf, type Month } from '../../domain/retention.ts';
import type { AccountId } from '../access-store.ts';
import {
  type Batch,
  type NewReject,
  type RecordedCall,
  type RecordOutcome,
  type Sender,
  tooOldReason,
  unknownNumberReason,
} from '../call-store.ts';
import { integer, type Row, text } from '../rows.ts';
import type { Connection } from './connection.ts';
import { insertNumber } from './numbers.ts';
import { addRejects } from './rejects.ts';
import { keptFromOf } from './retention.ts';
import { addSums } from './rollup-tables.ts';
import { timeZoneOf } from './time-zones.ts';

/**
 * What a transaction adds to the sums, by account. Collected over all requests of the transaction and written once at its end:
 * the rows of today are touched by every call, so this saves most of the writing.
 */
export class PendingSums {
  readonly #byAccount = new Map<AccountId, RollupSums>();

  of(accountId: AccountId): RollupSums {
    const known = this.#byAccount.get(accountId);
    if (known !== undefined) return known;
    const sums = new RollupSums();
    this.#byAccount.set(accountId, sums);
    return sums;
  }

  /** Must be called before the transaction commits, and before anything in it reads or moves sums. */
  flush(connection: Connection): void {
    const accounts = [...this.#byAccount].sort(([left], [right]) => left - right);
    for (const [accountId, sums] of accounts) addSums(connection, accountId, sums);
    this.#byAccount.clear();
  }
}

/** A batch on its way into the database. */
export interface BatchOf {
  readonly sender: Sender;
  readonly batch: Batch;
  readonly nowMs: number;
}

/** calls.record: stores documents, keeps rejects, and collects what changes in the sums. null where the batch is for another time zone. */
export function recordBatch(
  connection: Connection,
  pending: PendingSums,
  { sender, batch, nowMs }: BatchOf,
): readonly RecordOutcome[] | null {
  const { accountId, userId } = sender;
  if (batch.timeZone !== timeZoneOf(connection, accountId)) return null;
  const known = new Set<string>();
  const refused: NewReject[] = [];
  const keptFrom = keptFromOf(connection);
  const keptFromMs = keptFrom === null ? Number.NEGATIVE_INFINITY : firstInstantMsOf(keptFrom);
  const outcomes = batch.calls.map((call): RecordOutcome => {
    const { callId, document, phone, startedAtMs } = call;
    const isStrange = () =>
      sender.isStrict && !known.has(phone) && connection.get(selectNumber, accountId, phone) === null;
    const outcome =
      startedAtMs >= keptFromMs && isStrange()
        ? 'unknownNumber'
        : recordCall(connection, pending.of(accountId), { accountId, call, nowMs, keptFromMs });
    const reason = reasonOf(outcome, call, keptFrom);
    if (reason !== null) refused.push({ document: Buffer.from(document), callId, ...reason });
    // What changes nothing does not get the account its number either.
    if (reason !== null || outcome === 'stale') return outcome;
    if (!known.has(phone)) connection.run(insertNumber, accountId, phone, userId, nowMs);
    known.add(phone);
    return outcome;
  });
  addRejects(connection, { sender, rejects: [...batch.rejects, ...refused], nowMs });
  return outcomes;
}

/** Why a call is not taken, or null. */
function reasonOf(outcome: RecordOutcome, { phone }: RecordedCall, keptFrom: Month | null) {
  if (outcome === 'unknownNumber') return unknownNumberReason(phone);
  return outcome === 'tooOld' && keptFrom !== null ? tooOldReason(keptFrom) : null;
}

interface NewDocument {
  readonly accountId: AccountId;
  readonly call: RecordedCall;
  readonly nowMs: number;
  /** Documents of calls that started before are gone, or about to go. */
  readonly keptFromMs: number;
}

function recordCall(connection: Connection, sums: RollupSums, document: NewDocument): RecordOutcome {
  const { accountId, call, nowMs, keptFromMs } = document;
  const { callId, revision, phone, startedAtMs, applied } = call;
  if (startedAtMs < keptFromMs) return 'tooOld';
  const columns = [revision, phone, startedAtMs, nowMs, call.document, applied] as const;
  if (connection.run(insertDocument, accountId, callId, ...columns) === 1) {
    sums.add(applied, 1);
    return 'stored';
  }
  const old = existing(connection, document);
  if (integer(old, 'started_at_ms') < keptFromMs) return 'tooOld';
  if (revision < integer(old, 'revision')) return 'stale';
  if (revision === integer(old, 'revision') && integer(old, 'is_same') === 1) return 'unchanged';
  connection.run(updateDocument, ...columns, integer(old, 'document_id'));
  sums.add(text(old, 'applied'), -1);
  sums.add(applied, 1);
  return 'replaced';
}

function existing(connection: Connection, { accountId, call }: NewDocument): Row {
  const row = connection.get(selectDocument, call.document, accountId, call.callId);
  if (row === null) throw new Error('a document conflicts with one that is not there');
  return row;
}

const selectNumber = 'SELECT 1 FROM numbers WHERE account_id = ? AND phone = ?';
export const insertDocument = `
  INSERT INTO documents (account_id, call_id, revision, phone, started_at_ms, stored_at_ms, document, applied)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
export const selectDocument = `
  SELECT document_id, revision, started_at_ms, stored_at_ms, document = ? AS is_same, applied FROM documents
  WHERE account_id = ? AND call_id = ?`;
export const updateDocument = `
  UPDATE documents SET revision = ?, phone = ?, started_at_ms = ?, stored_at_ms = ?, document = ?, applied = ?
  WHERE document_id = ?`;
