import { RollupSums } from '../../domain/applied.ts';
import { integer, type Row, text } from '../rows.ts';
import {
  type AccountId,
  type Batch,
  type NewReject,
  type RecordedCall,
  type RecordOutcome,
  type Sender,
  unknownNumberReason,
} from '../store.ts';
import type { Connection } from './connection.ts';
import { insertNumber } from './numbers.ts';
import { addRejects } from './rejects.ts';
import { addSums } from './rollup-tables.ts';

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

/** calls.record: stores documents, keeps rejects, and collects what changes in the sums. */
export function recordBatch(
  connection: Connection,
  pending: PendingSums,
  { sender, batch, nowMs }: BatchOf,
): readonly RecordOutcome[] {
  const known = new Set<string>();
  const refused: NewReject[] = [];
  const outcomes = batch.calls.map((call): RecordOutcome => {
    const { callId, document, phone } = call;
    if (sender.isStrict && !known.has(phone) && connection.get(selectNumber, sender.accountId, phone) === null) {
      refused.push({ document: Buffer.from(document), callId, ...unknownNumberReason(phone) });
      return 'unknownNumber';
    }
    const outcome = recordCall(connection, pending.of(sender.accountId), { accountId: sender.accountId, call, nowMs });
    // A stale document changes nothing, so the account does not get its number either.
    if (outcome === 'stale') return outcome;
    if (!known.has(phone)) connection.run(insertNumber, sender.accountId, phone, sender.userId, nowMs);
    known.add(phone);
    return outcome;
  });
  addRejects(connection, { sender, rejects: [...batch.rejects, ...refused], nowMs });
  return outcomes;
}

interface NewDocument {
  readonly accountId: AccountId;
  readonly call: RecordedCall;
  readonly nowMs: number;
}

function recordCall(connection: Connection, sums: RollupSums, { accountId, call, nowMs }: NewDocument): RecordOutcome {
  const { callId, revision, phone, startedAtMs, document, applied } = call;
  const columns = [revision, phone, startedAtMs, nowMs, document, applied] as const;
  if (connection.run(insertDocument, accountId, callId, ...columns) === 1) {
    sums.add(applied, 1);
    return 'stored';
  }
  const old = existing(connection, { accountId, call, nowMs });
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
const insertDocument = `
  INSERT INTO documents (account_id, call_id, revision, phone, started_at_ms, stored_at_ms, document, applied)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`;
const selectDocument = `
  SELECT document_id, revision, document = ? AS is_same, applied FROM documents WHERE account_id = ? AND call_id = ?`;
const updateDocument = `
  UPDATE documents SET revision = ?, phone = ?, started_at_ms = ?, stored_at_ms = ?, document = ?, applied = ?
  WHERE document_id = ?`;
