import { RollupSums } from '../../domain/applied.ts';
import type { AccountId } from '../access-store.ts';
import type { Recompute, RecountProgress } from '../call-store.ts';
import { mostOfStep, type RecountOf, recountedOf } from '../recount.ts';
import { integer, type Row, text } from '../rows.ts';
import { bigints, texts } from './binary-array.ts';
import { bodyKeys, isBody, partsOf } from './bodies.ts';
import { ownBodies, selectOwners } from './documents.ts';
import { keptFromOf } from './months.ts';
import { updateApplied } from './recount.ts';
import { addSums } from './rollup-tables.ts';
import type { Session } from './session.ts';
import { type Begun, begunOf, progressOf, type Recounting, recountingOf } from './time-zones.ts';
import type { Writer } from './writer.ts';

/**
 * calls.recountNext: a step is a transaction that holds the account's lock. Whoever had it before and knew an older time zone has written by
 * then, and whoever gets it later knows the one of now.
 */
export async function recountNext(writer: Writer, of: RecountOf): Promise<RecountProgress | null> {
  const { accountId } = of;
  const { database } = writer;
  for (;;) {
    const found = await database.read((session) => recountingOf(session, accountId));
    if (found === null) return null;
    const begun = await database.read((session) => begunOf(session, found));
    if (begun === null) {
      const total = await database.alone((session) => countDocuments(session, accountId));
      await writer.inAccount(accountId, (session) => begin(session, found, total));
    }
    const stepped = await writer.inAccount(accountId, (session) => takeStep(session, of));
    if (stepped === null) continue;
    const { recounting, isLast } = stepped;
    if (!isLast) return progressOf(recounting, stepped.begun);
    // Of its own, since accounts are on the coordinator of a cluster. Not done, the next step finds nothing left, and does it.
    await writer.change(finish, accountId, recounting.zoneRevision);
  }
}

async function countDocuments(session: Session, accountId: AccountId): Promise<number> {
  const [row] = await session.rows(countOfAccount, accountId);
  return integer(row ?? {}, 'documents');
}

/** Nothing where somebody was quicker. */
async function begin(session: Session, { account, zoneRevision }: Recounting, total: number): Promise<void> {
  const [row] = await session.rows(selectNewest, account.accountId);
  await session.run(beginRecount, account.accountId, zoneRevision, integer(row ?? {}, 'newest_ms'), total);
}

interface Stepped {
  readonly recounting: Recounting;
  readonly begun: Begun;
  readonly isLast: boolean;
}

/** null where there is nothing to count, or another recount has to begin first. */
async function takeStep(
  session: Session,
  { accountId, recompute, most = mostOfStep }: RecountOf,
): Promise<Stepped | null> {
  const recounting = await recountingOf(session, accountId);
  const begun = recounting === null ? null : await begunOf(session, recounting);
  if (recounting === null || begun === null) return null;
  const { after, untilMs } = begun;
  const places = await session.rows(selectPlaces, accountId, after.storedAtMs, after.callId, untilMs, most.documents);
  const parts = await partsOf(session, { accountId, places, mostBytes: most.bytes });
  const [part = []] = parts;
  await recount(session, recounting, { part, recompute });
  const last = part.at(-1);
  const next =
    last === undefined ? after : { storedAtMs: integer(last, 'stored_at_ms'), callId: text(last, 'call_id') };
  await session.run(advance, accountId, next.storedAtMs, next.callId, part.length);
  const isLast = parts.length <= 1 && places.length < most.documents;
  return { recounting, begun: { ...begun, after: next, documents: begun.documents + part.length }, isLast };
}

interface Part {
  /** Rows with the month and the id of calls. */
  readonly part: readonly Row[];
  readonly recompute: Recompute;
}

async function recount(session: Session, { account }: Recounting, { part, recompute }: Part): Promise<void> {
  const { accountId } = account;
  const keptFrom = await keptFromOf(session);
  const kept = part.filter((row) => keptFrom === null || integer(row, 'month') >= keptFrom);
  if (kept.length === 0) return;
  const bodies = ownBodies(accountId, kept, await session.rows(selectBodies, accountId, ...bodyKeys(kept)));
  const recounted = await recountedOf(bodies, { account, recompute });
  if (recounted.length === 0) return;
  const sums = new RollupSums();
  for (const { row, applied } of recounted) {
    sums.add(text(row, 'applied'), -1);
    sums.add(applied, 1);
  }
  const rows = recounted.map(({ row }) => row);
  const phones = new Set(rows.map((row) => text(row, 'phone')));
  const found = await session.rows(selectOwners, accountId, texts([...phones]));
  const owners = new Map(found.map((row) => [text(row, 'phone'), integer(row, 'owner_id')]));
  const months = bigints(rows.map((row) => integer(row, 'month')));
  const ids = texts(rows.map((row) => text(row, 'call_id')));
  await Promise.all([
    addSums(session, { accountId, sums, owners }),
    session.run(updateApplied, accountId, months, ids, texts(recounted.map(({ applied }) => applied))),
  ]);
}

const countOfAccount = 'SELECT count(*) AS documents FROM documents WHERE account_id = $1';
const selectNewest = 'SELECT coalesce(max(stored_at_ms), 0) AS newest_ms FROM documents WHERE account_id = $1';
const beginRecount = `
  INSERT INTO recounts AS r (account_id, zone_revision, after_stored_at_ms, after_call_id, until_stored_at_ms, documents_done,
    documents_total)
  VALUES ($1, $2, ${Number.MIN_SAFE_INTEGER}, '', $3, 0, $4)
  ON CONFLICT (account_id) DO UPDATE SET
    zone_revision = EXCLUDED.zone_revision, after_stored_at_ms = EXCLUDED.after_stored_at_ms,
    after_call_id = EXCLUDED.after_call_id, until_stored_at_ms = EXCLUDED.until_stored_at_ms,
    documents_done = EXCLUDED.documents_done, documents_total = EXCLUDED.documents_total
  WHERE r.zone_revision < EXCLUDED.zone_revision`;
const selectPlaces = `
  SELECT call_id, month, stored_at_ms FROM documents
  WHERE account_id = $1 AND stored_at_ms BETWEEN $2 AND $4 AND (stored_at_ms, call_id) > ($2, $3::text)
  ORDER BY stored_at_ms, call_id LIMIT $5`;
const selectBodies = `SELECT call_id, month, phone, document, applied FROM document_bodies WHERE ${isBody}`;
const advance = `
  UPDATE recounts SET after_stored_at_ms = $2, after_call_id = $3, documents_done = documents_done + $4
  WHERE account_id = $1`;
const finish = 'UPDATE accounts SET counted_zone_revision = $2 WHERE account_id = $1 AND zone_revision = $2';
