import { hash } from 'node:crypto';
import type { RowSum } from '../../domain/applied.ts';
import type { AccountId } from '../access-store.ts';
import { readControl } from '../control.ts';
import { integer, type Row, rejectHeadOf, text } from '../rows.ts';
import {
  type ChunkSize,
  type Control,
  type ControlChanges,
  type Copied,
  copySource,
  type DocumentChunk,
  type DocumentPlace,
  type RejectChanges,
  type RejectHead,
  type StoredDocument,
  type TransferStore,
} from '../transfer-store.ts';
import { bigints, byteas, texts } from './binary-array.ts';
import { bodyKeys, bodyName, isBody, partsOf } from './bodies.ts';
import { sha256Of, upsertImport } from './calls.ts';
import { changeAccount, changeCoordinator, changedAccounts, selectRows } from './control-tables.ts';
import { lookUp, type Stored, selectOwners, writeDocuments } from './documents.ts';
import { type Months, monthOf } from './months.ts';
import { addSums } from './rollup-tables.ts';
import type { Session } from './session.ts';
import { lockAccount, type Writer } from './writer.ts';

export class PostgresTransfer implements TransferStore {
  readonly #writer: Writer;
  readonly #months: Months;

  constructor(writer: Writer, months: Months) {
    this.#writer = writer;
    this.#months = months;
  }

  control(): Promise<Control> {
    return this.#writer.database.snapshot((session) => readControl((table) => session.rows(selectRows(table))));
  }

  async takeControl(changes: ControlChanges): Promise<void> {
    await this.#writer.run((session) => changeCoordinator(session, changes), { isRepeatable: true });
    for (const accountId of changedAccounts(changes)) {
      await this.#writer.inAccount(accountId, (session) => changeAccount(session, accountId, changes));
    }
  }

  documents(accountId: AccountId, after: DocumentPlace, most: ChunkSize): Promise<DocumentChunk> {
    const { database } = this.#writer;
    return database.snapshot(async (session) => {
      // What is read is of a moment after whoever moves documents into their month is done, not of one before the wait for it. On a
      // cluster nobody does.
      if (!database.isOnCitus) await session.exec('LOCK TABLE ONLY documents IN ACCESS SHARE MODE');
      return readDocuments(session, { accountId, after, most });
    });
  }

  async takeDocuments(accountId: AccountId, documents: readonly StoredDocument[], saved: Copied): Promise<number> {
    const { progress, nowMs } = saved;
    await this.#months.provide(new Set(documents.map(({ startedAtMs }) => monthOf(startedAtMs))), nowMs);
    return this.#writer.inAccount(accountId, async (session) => {
      const taken = await takeDocuments(session, accountId, documents);
      const done = [progress.documentsDone, progress.summary, nowMs] as const;
      await session.run(upsertImport, accountId, sha256Of(copySource), copySource, ...done);
      return taken;
    });
  }

  /** Not repeatable: where nobody knows whether a commit came through, it must not be done again. */
  addSums(accountId: AccountId, rows: readonly RowSum[]): Promise<void> {
    return this.#writer.run(async (session) => {
      await lockAccount(session, accountId);
      const phones = new Set(rows.map(({ key: [phone] }) => `${phone}`));
      const found = await session.rows(selectOwners, accountId, texts([...phones]));
      const owners = new Map(found.map((row) => [text(row, 'phone'), integer(row, 'owner_id')]));
      await addSums(session, { accountId, sums: { list: () => rows }, owners });
    });
  }

  async rejectHeads(accountId: AccountId): Promise<readonly RejectHead[]> {
    return (await this.#writer.database.read((session) => session.rows(selectHeads, accountId))).map(rejectHeadOf);
  }

  takeRejects(accountId: AccountId, changes: RejectChanges): Promise<void> {
    return this.#writer.inAccount(accountId, (session) => takeRejects(session, accountId, changes));
  }
}

interface ChunkOf {
  readonly accountId: AccountId;
  readonly after: DocumentPlace;
  readonly most: ChunkSize;
}

/** Places → sizes → bodies of as many as are wanted. */
async function readDocuments(session: Session, { accountId, after, most }: ChunkOf): Promise<DocumentChunk> {
  const places = await session.rows(selectPlaces, accountId, after.storedAtMs, after.callId, most.documents);
  const parts = await partsOf(session, { accountId, places, mostBytes: most.bytes });
  const [part = []] = parts;
  const bodies = await session.rows(selectBodies, accountId, ...bodyKeys(part));
  const bodyOf = new Map(bodies.map((row) => [bodyName(row), row]));
  const documents = part.flatMap((place) => {
    const body = bodyOf.get(bodyName(place));
    // Its month was dropped. Or it has moved: on a cluster statements see different moments, and it comes again in its new place.
    return body === undefined ? [] : [documentOf(place, body)];
  });
  const last = part.at(-1);
  const next = last === undefined ? after : placeOf(last);
  return { documents, next, isLast: parts.length <= 1 && places.length < most.documents };
}

const placeOf = (row: Row): DocumentPlace => ({
  storedAtMs: integer(row, 'stored_at_ms'),
  callId: text(row, 'call_id'),
});

const documentOf = (place: Row, body: Row): StoredDocument => ({
  callId: text(place, 'call_id'),
  revision: integer(place, 'revision'),
  storedAtMs: integer(place, 'stored_at_ms'),
  phone: text(body, 'phone'),
  startedAtMs: integer(body, 'started_at_ms'),
  document: text(body, 'document'),
  applied: text(body, 'applied'),
});

/** Like recording them, but that they are as they are: lookUp → what differs → write. */
async function takeDocuments(
  session: Session,
  accountId: AccountId,
  documents: readonly StoredDocument[],
): Promise<number> {
  if (documents.length === 0) return 0;
  const { stored, owners, changed, sums } = await lookUp(session, accountId, documents);
  for (const document of documents) {
    const old = stored.get(document.callId);
    if (old !== undefined && isSame(old, document)) continue;
    if (old !== undefined) sums.add(old.applied, -1);
    sums.add(document.applied, 1);
    changed.set(document.callId, { call: document, storedAtMs: document.storedAtMs, oldMonth: old?.month ?? null });
  }
  await Promise.all([writeDocuments(session, accountId, changed), addSums(session, { accountId, sums, owners })]);
  return changed.size;
}

const isSame = (old: Stored, { revision, storedAtMs, document, applied }: StoredDocument): boolean =>
  old.revision === revision && old.storedAtMs === storedAtMs && old.document === document && old.applied === applied;

async function takeRejects(session: Session, accountId: AccountId, { gone, rejects }: RejectChanges): Promise<void> {
  const ids = rejects.map(({ rejectId }) => rejectId);
  const sha256s = texts(rejects.map(({ document }) => hash('sha256', document, 'hex')));
  // The same bytes may stand there from a reject that the other store has dropped since.
  await session.run(deleteRejects, accountId, bigints([...gone, ...ids]), sha256s);
  if (rejects.length === 0) return;
  await session.run(
    insertRejects,
    accountId,
    bigints(ids),
    bigints(rejects.map(({ sender }) => sender.userId)),
    bigints(rejects.map(({ sender }) => (sender.isStrict ? 1 : 0))),
    sha256s,
    texts(rejects.map(({ callId }) => callId)),
    texts(rejects.map(({ path }) => path)),
    texts(rejects.map(({ error }) => error)),
    byteas(rejects.map(({ document }) => document)),
    bigints(rejects.map(({ times }) => times)),
    bigints(rejects.map(({ firstAtMs }) => firstAtMs)),
    bigints(rejects.map(({ lastAtMs }) => lastAtMs)),
  );
  await session.rows(continueRejectIds, Math.max(...ids));
}

const selectPlaces = `
  SELECT call_id, revision, month, stored_at_ms FROM documents
  WHERE account_id = $1 AND stored_at_ms >= $2 AND (stored_at_ms, call_id) > ($2, $3::text)
  ORDER BY stored_at_ms, call_id LIMIT $4`;
const selectBodies = `
  SELECT call_id, month, phone, started_at_ms, document, applied FROM document_bodies WHERE ${isBody}`;
const selectHeads = `
  SELECT reject_id, document_sha256, times, last_at_ms FROM rejects WHERE account_id = $1 ORDER BY reject_id`;
const deleteRejects = `
  DELETE FROM rejects WHERE account_id = $1 AND (reject_id = ANY($2::bigint[]) OR document_sha256 = ANY($3::text[]))`;
const insertRejects = `
  INSERT INTO rejects (account_id, reject_id, user_id, is_strict, document_sha256, call_id, path, error, document, times,
    first_at_ms, last_at_ms)
  SELECT t.account_id, u.reject_id, u.user_id, u.is_strict = 1, u.document_sha256, u.call_id, u.path, u.error, u.document,
    u.times, u.first_at_ms, u.last_at_ms
  FROM tenants t, unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::bytea[], $10::bigint[], $11::bigint[], $12::bigint[]) u (reject_id, user_id, is_strict, document_sha256, call_id,
    path, error, document, times, first_at_ms, last_at_ms)
  WHERE t.account_id = $1`;
const continueRejectIds = `
  SELECT setval('reject_ids', greatest($1::bigint, (SELECT last_value FROM reject_ids)))`;
