import { RollupSums } from '../../domain/applied.ts';
import type { Month } from '../../domain/retention.ts';
import type { AccountId, UserId } from '../access-store.ts';
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
import { bigints, texts } from './binary-array.ts';
import { keptFromOf, monthOf } from './months.ts';
import { addRejects } from './rejects.ts';
import { addSums } from './rollup-tables.ts';
import type { Session } from './session.ts';
import { timeZoneOf } from './time-zones.ts';

/** A batch on its way into the database. */
export interface BatchOf {
  readonly sender: Sender;
  readonly batch: Batch;
  readonly nowMs: number;
}

export interface Recorded {
  /** For each batch, in the order of its calls; null of one that is for another time zone. */
  readonly outcomes: readonly (readonly RecordOutcome[] | null)[];
  /** Whether the account has numbers now that it did not have before. */
  readonly hasNewNumbers: boolean;
}

/**
 * calls.record: batches of one account, in a transaction that holds its lock. What is there is read, the outcomes are decided here, and
 * everything that changes is written in one go: lookUp → decide → write.
 */
export async function recordBatches(
  session: Session,
  accountId: AccountId,
  batches: readonly BatchOf[],
): Promise<Recorded> {
  const calls = batches.flatMap(({ batch }) => batch.calls);
  const [state, timeZone] = await Promise.all([lookUp(session, accountId, calls), timeZoneOf(session, accountId)]);
  const decided = batches.map((each) => (each.batch.timeZone === timeZone ? decideAll(state, each) : null));
  const rejects = decided.flatMap((each) => each?.rejects ?? []);
  await Promise.all([
    writeDocuments(session, accountId, state.changed),
    writeNumbers(session, accountId, state.newNumbers),
    addSums(session, { accountId, sums: state.sums, owners: state.owners }),
    addRejects(session, accountId, rejects),
  ]);
  return { outcomes: decided.map((each) => each?.outcomes ?? null), hasNewNumbers: state.newNumbers.size > 0 };
}

function decideAll(state: State, { sender, batch, nowMs }: BatchOf) {
  const refused: NewReject[] = [];
  const outcomes = batch.calls.map((call) => decide(state, { sender, call, nowMs, refused }));
  return { outcomes, rejects: [{ sender, nowMs, rejects: [...batch.rejects, ...refused] }] };
}

/** A document as it is stored, or is going to be. */
export interface Stored {
  readonly revision: number;
  readonly storedAtMs: number;
  readonly document: string;
  readonly applied: string;
  /** Where it is in the database; null when it is not there yet. */
  readonly month: number | null;
}

interface Changed {
  readonly call: RecordedCall;
  readonly storedAtMs: number;
  readonly oldMonth: number | null;
}

export interface State {
  /** The first month that is kept; null while all are. */
  readonly keptFrom: Month | null;
  /** Calls whose documents are older than that: what is known of them is about to go too. */
  readonly gone: ReadonlySet<string>;
  readonly stored: Map<string, Stored>;
  readonly owners: Map<string, UserId>;
  readonly newNumbers: Map<string, { readonly ownerId: UserId; readonly nowMs: number }>;
  readonly changed: Map<string, Changed>;
  readonly sums: RollupSums;
}

export async function lookUp(session: Session, accountId: AccountId, calls: readonly RecordedCall[]): Promise<State> {
  const ids = texts([...new Set(calls.map(({ callId }) => callId))]);
  const phones = new Set(calls.map(({ phone }) => phone));
  const [known, numbers, keptFrom] = await Promise.all([
    session.rows(selectDocuments, accountId, ids),
    session.rows(selectOwners, accountId, texts([...phones])),
    keptFromOf(session),
  ]);
  const isGone = (row: Row) => keptFrom !== null && integer(row, 'month') < keptFrom;
  const found = known.filter((row) => !isGone(row));
  const bodies = found.length === 0 ? [] : await bodiesOf(session, accountId, found);
  // A call may have moved to its number from another one, whose sums it leaves.
  const left = new Set(bodies.map((row) => text(row, 'phone'))).difference(phones);
  const others = left.size === 0 ? [] : await session.rows(selectOwners, accountId, texts([...left]));
  const heads = new Map(found.map((row) => [text(row, 'call_id'), row]));
  return {
    keptFrom,
    gone: new Set(known.filter(isGone).map((row) => text(row, 'call_id'))),
    stored: new Map(bodies.map((row) => [text(row, 'call_id'), storedOf(row, heads)])),
    owners: new Map([...numbers, ...others].map((row) => [text(row, 'phone'), integer(row, 'owner_id')])),
    newNumbers: new Map(),
    changed: new Map(),
    sums: new RollupSums(),
  };
}

async function bodiesOf(session: Session, accountId: AccountId, found: readonly Row[]): Promise<readonly Row[]> {
  const months = bigints([...new Set(found.map((row) => integer(row, 'month')))]);
  const rows = await session.rows(selectBodies, accountId, months, texts(found.map((row) => text(row, 'call_id'))));
  return ownBodies(accountId, found, rows);
}

/** Of rows of bodies, those of the months in which their calls are known to be; throws with the name of a call that has none. */
export function ownBodies(accountId: AccountId, found: readonly Row[], bodies: readonly Row[]): readonly Row[] {
  const months = new Map(found.map((row) => [text(row, 'call_id'), integer(row, 'month')]));
  const own = bodies.filter((row) => months.get(text(row, 'call_id')) === integer(row, 'month'));
  if (own.length === found.length) return own;
  const [missing] = new Set(months.keys()).difference(new Set(own.map((row) => text(row, 'call_id'))));
  throw new Error(`call ${missing} of account ${accountId} has no document in the database`);
}

const storedOf = (row: Row, heads: ReadonlyMap<string, Row>): Stored => ({
  revision: integer(heads.get(text(row, 'call_id')) ?? {}, 'revision'),
  storedAtMs: integer(heads.get(text(row, 'call_id')) ?? {}, 'stored_at_ms'),
  document: text(row, 'document'),
  applied: text(row, 'applied'),
  month: integer(row, 'month'),
});

interface OneCall {
  readonly sender: Sender;
  readonly call: RecordedCall;
  readonly nowMs: number;
  readonly refused: NewReject[];
}

function decide(state: State, { sender, call, nowMs, refused }: OneCall): RecordOutcome {
  const { callId, document, phone, revision } = call;
  const refusal = refusalOf(state, sender, call);
  if (refusal !== null) {
    refused.push({ document: Buffer.from(document), callId, ...refusal.reason });
    return refusal.outcome;
  }
  const old = state.stored.get(callId);
  // A stale document changes nothing, so the account does not get its number either.
  if (old !== undefined && revision < old.revision) return 'stale';
  if (!state.owners.has(phone)) {
    state.owners.set(phone, sender.userId);
    state.newNumbers.set(phone, { ownerId: sender.userId, nowMs });
  }
  if (old !== undefined && revision === old.revision && document === old.document) return 'unchanged';
  if (old !== undefined) state.sums.add(old.applied, -1);
  state.sums.add(call.applied, 1);
  const oldMonth = old?.month ?? null;
  state.stored.set(callId, { revision, storedAtMs: nowMs, document, applied: call.applied, month: oldMonth });
  state.changed.set(callId, { call, storedAtMs: nowMs, oldMonth });
  return old === undefined ? 'stored' : 'replaced';
}

interface Refusal {
  readonly outcome: RecordOutcome;
  readonly reason: Pick<NewReject, 'path' | 'error'>;
}

function refusalOf({ keptFrom, gone, owners }: State, sender: Sender, call: RecordedCall): Refusal | null {
  const { callId, phone, startedAtMs } = call;
  const tooOld = (limit: Month) => ({ outcome: 'tooOld', reason: tooOldReason(limit) }) as const;
  if (keptFrom !== null && monthOf(startedAtMs) < keptFrom) return tooOld(keptFrom);
  if (sender.isStrict && !owners.has(phone)) return { outcome: 'unknownNumber', reason: unknownNumberReason(phone) };
  return keptFrom !== null && gone.has(callId) ? tooOld(keptFrom) : null;
}

export async function writeDocuments(
  session: Session,
  accountId: AccountId,
  changed: ReadonlyMap<string, Changed>,
): Promise<void> {
  const rows = [...changed.values()];
  if (rows.length === 0) return;
  const list = (of: (call: RecordedCall) => number) => bigints(rows.map(({ call }) => of(call)));
  const textList = (of: (call: RecordedCall) => string) => texts(rows.map(({ call }) => of(call)));
  const ids = textList(({ callId }) => callId);
  const months = list(({ startedAtMs }) => monthOf(startedAtMs));
  const storedAt = bigints(rows.map(({ storedAtMs }) => storedAtMs));
  const moved = rows.filter(({ call, oldMonth }) => oldMonth !== null && oldMonth !== monthOf(call.startedAtMs));
  await Promise.all([
    ...(moved.length === 0
      ? []
      : [
          session.run(
            deleteBodies,
            accountId,
            bigints([...new Set(moved.map(({ oldMonth }) => oldMonth ?? 0))]),
            texts(moved.map(({ call }) => call.callId)),
          ),
        ]),
    session.run(
      upsertDocuments,
      accountId,
      ids,
      list(({ revision }) => revision),
      months,
      storedAt,
    ),
    session.run(
      upsertBodies,
      accountId,
      months,
      ids,
      textList(({ phone }) => phone),
      list(({ startedAtMs }) => startedAtMs),
      textList(({ document }) => document),
      textList(({ applied }) => applied),
    ),
  ]);
}

async function writeNumbers(session: Session, accountId: AccountId, numbers: State['newNumbers']): Promise<void> {
  if (numbers.size === 0) return;
  const added = [...numbers.values()];
  const owners = bigints(added.map(({ ownerId }) => ownerId));
  const times = bigints(added.map(({ nowMs }) => nowMs));
  await session.run(insertNumbers, accountId, texts([...numbers.keys()]), owners, times);
}

export const selectOwners = 'SELECT phone, owner_id FROM numbers WHERE account_id = $1 AND phone = ANY($2::text[])';
const selectDocuments = `
  SELECT call_id, revision, month, stored_at_ms FROM documents WHERE account_id = $1 AND call_id = ANY($2::text[])`;
const selectBodies = `
  SELECT call_id, month, phone, document, applied FROM document_bodies
  WHERE account_id = $1 AND month = ANY($2::bigint[]) AND call_id = ANY($3::text[])`;
const deleteBodies = `
  DELETE FROM document_bodies WHERE account_id = $1 AND month = ANY($2::bigint[]) AND call_id = ANY($3::text[])`;
const upsertDocuments = `
  INSERT INTO documents (account_id, call_id, revision, month, stored_at_ms)
  SELECT t.account_id, u.call_id, u.revision, u.month, u.stored_at_ms
  FROM tenants t, unnest($2::text[], $3::bigint[], $4::bigint[], $5::bigint[]) u (call_id, revision, month, stored_at_ms)
  WHERE t.account_id = $1
  ON CONFLICT (account_id, call_id) DO UPDATE SET
    revision = EXCLUDED.revision, month = EXCLUDED.month, stored_at_ms = EXCLUDED.stored_at_ms`;
const upsertBodies = `
  INSERT INTO document_bodies (account_id, month, call_id, phone, started_at_ms, document, applied)
  SELECT t.account_id, u.month, u.call_id, u.phone, u.started_at_ms, u.document, u.applied
  FROM tenants t, unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[])
    u (month, call_id, phone, started_at_ms, document, applied)
  WHERE t.account_id = $1
  ON CONFLICT (account_id, month, call_id) DO UPDATE SET
    phone = EXCLUDED.phone, started_at_ms = EXCLUDED.started_at_ms, document = EXCLUDED.document,
    applied = EXCLUDED.applied`;
const insertNumbers = `
  INSERT INTO numbers (account_id, phone, owner_id, created_at_ms)
  SELECT t.account_id, u.phone, u.owner_id, u.created_at_ms
  FROM tenants t, unnest($2::text[], $3::bigint[], $4::bigint[]) u (phone, owner_id, created_at_ms)
  WHERE t.account_id = $1`;
