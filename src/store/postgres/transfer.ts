import { hash } from 'node:crypto';
import type { RowSum } from '../../domain/applied.ts';
import { columnsOf, controlLayouts, readControl } from '../control.ts';
import { integer, integerOrNull, type Row, text } from '../rows.ts';
import {
  type AccountId,
  type Control,
  type ControlChanges,
  type ControlRow,
  type ControlTable,
  copySource,
  type DocumentChunk,
  type DocumentPlace,
  type ImportProgress,
  type Reject,
  type RejectHead,
  type StoredDocument,
  type TransferStore,
} from '../store.ts';
import { bigints, byteas, texts } from './binary-array.ts';
import { bodyKeys, bodyName, isBody, partsOf } from './bodies.ts';
import { sha256Of, upsertImport } from './calls.ts';
import type { Session } from './database.ts';
import { lookUp, type Stored, selectOwners, writeDocuments } from './documents.ts';
import { type Months, monthOf } from './months.ts';
import { addOwnerDays, addSums } from './rollup-tables.ts';
import { lockAccount, type Writer } from './writer.ts';

interface Saved {
  readonly progress: ImportProgress;
  readonly nowMs: number;
}

interface RejectChanges {
  readonly gone: readonly number[];
  readonly rejects: readonly Reject[];
}

/** Control tables on the coordinator of a cluster. The others are distributed by account, and no transaction writes to both. */
const coordinatorTables = ['accounts', 'users', 'ingest_keys', 'api_tokens', 'credentials'] as const;
const accountTables = ['numbers', 'shares', 'imports'] as const;

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
    const touched = accountTables.flatMap((table) => [...changes.changed[table], ...changes.gone[table]]);
    for (const accountId of new Set(touched.map((row) => Number(row['account_id'])))) {
      await this.#writer.inAccount(accountId, (session) => changeAccount(session, accountId, changes));
    }
  }

  documents(
    accountId: AccountId,
    after: DocumentPlace,
    most: { readonly documents: number; readonly bytes: number },
  ): Promise<DocumentChunk> {
    const { database } = this.#writer;
    return database.snapshot(async (session) => {
      // What is read is of a moment after whoever moves documents into their month is done, not of one before the wait for it. On a
      // cluster nobody does.
      if (!database.isOnCitus) await session.exec('LOCK TABLE ONLY documents IN ACCESS SHARE MODE');
      return readDocuments(session, { accountId, after, most });
    });
  }

  async newestDocumentMs(accountId: AccountId): Promise<number | null> {
    const [row] = await this.#writer.database.read((session) => session.rows(selectNewest, accountId));
    return integerOrNull(row ?? {}, 'newest_ms');
  }

  async takeDocuments(accountId: AccountId, documents: readonly StoredDocument[], saved: Saved): Promise<number> {
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
    return (await this.#writer.database.read((session) => session.rows(selectHeads, accountId))).map(headOf);
  }

  takeRejects(accountId: AccountId, changes: RejectChanges): Promise<void> {
    return this.#writer.inAccount(accountId, (session) => takeRejects(session, accountId, changes));
  }
}

async function changeCoordinator(session: Session, { changed, gone }: ControlChanges): Promise<void> {
  for (const table of coordinatorTables) {
    const lists = (rows: readonly ControlRow[], columns: readonly string[]) =>
      columns.map((column) => listOf(rows, column));
    if (gone[table].length > 0) await session.run(deleteRows(table), ...lists(gone[table], controlLayouts[table].key));
    if (changed[table].length === 0) continue;
    await session.run(upsertRows(table), ...lists(changed[table], columnsOf(table)));
    if (table !== 'credentials') await session.rows(continueIds(table));
  }
}

async function changeAccount(session: Session, accountId: AccountId, changes: ControlChanges): Promise<void> {
  const given = changes.given.filter((number) => number.accountId === accountId);
  const ofAccount = (rows: readonly ControlRow[]) => rows.filter((row) => row['account_id'] === accountId);
  for (const number of given) await addOwnerDays(session, number, -1);
  for (const table of accountTables) {
    const [gone, changed] = [ofAccount(changes.gone[table]), ofAccount(changes.changed[table])];
    const lists = (rows: readonly ControlRow[], columns: readonly string[]) =>
      withoutAccount(columns).map((column) => listOf(rows, column));
    if (gone.length > 0)
      await session.run(deleteAccountRows(table), accountId, ...lists(gone, controlLayouts[table].key));
    if (changed.length > 0) await session.run(upsertAccountRows(table), accountId, ...lists(changed, columnsOf(table)));
  }
  for (const number of given) await addOwnerDays(session, number, 1);
}

const withoutAccount = (columns: readonly string[]): readonly string[] =>
  columns.filter((column) => column !== 'account_id');

/** As text, which takes null and flags too; the statement casts it. */
const listOf = (rows: readonly ControlRow[], column: string): Buffer =>
  texts(rows.map((row) => (row[column] === null ? null : `${row[column]}`)));

interface ChunkOf {
  readonly accountId: AccountId;
  readonly after: DocumentPlace;
  readonly most: { readonly documents: number; readonly bytes: number };
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

const headOf = (row: Row): RejectHead => ({
  rejectId: integer(row, 'reject_id'),
  sha256: text(row, 'document_sha256'),
  times: integer(row, 'times'),
  lastAtMs: integer(row, 'last_at_ms'),
});

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

const selectRows = (table: ControlTable): string => `SELECT ${columnsOf(table).join(', ')} FROM ${table}`;

const castTypes = { integer: 'bigint', text: 'text', flag: 'boolean' } as const;
const cast = (table: ControlTable, column: string): string =>
  `u.${column}::${castTypes[controlLayouts[table].columns[column] ?? 'text']}`;
const textLists = (columns: readonly string[], first: number): string =>
  `unnest(${columns.map((_, place) => `$${first + place}::text[]`).join(', ')}) u (${columns.join(', ')})`;
const areSame = (table: ControlTable, columns: readonly string[]): string =>
  columns.map((column) => `r.${column} = ${cast(table, column)}`).join(' AND ');

function updateOf(table: ControlTable): string {
  const { key } = controlLayouts[table];
  const rest = columnsOf(table).filter((column) => !key.includes(column));
  if (rest.length === 0) return 'DO NOTHING';
  return `DO UPDATE SET ${rest.map((column) => `${column} = EXCLUDED.${column}`).join(', ')}`;
}

function upsertRows(table: ControlTable): string {
  const columns = columnsOf(table);
  return `
    INSERT INTO ${table} (${columns.join(', ')})
    SELECT ${columns.map((column) => cast(table, column)).join(', ')} FROM ${textLists(columns, 1)}
    ON CONFLICT (${controlLayouts[table].key.join(', ')}) ${updateOf(table)}`;
}

function deleteRows(table: ControlTable): string {
  const { key } = controlLayouts[table];
  return `DELETE FROM ${table} r USING ${textLists(key, 1)} WHERE ${areSame(table, key)}`;
}

/** The key of imports has the SHA-256 of its source instead: see the migration. */
const sourceSha256 = `encode(sha256(convert_to(u.source, 'UTF8')), 'hex')`;

function upsertAccountRows(table: ControlTable): string {
  const columns = withoutAccount(columnsOf(table));
  const [extra, extraValue] = table === 'imports' ? [', source_sha256', `, ${sourceSha256}`] : ['', ''];
  const key = controlLayouts[table].key.map((column) => (column === 'source' ? 'source_sha256' : column));
  return `
    INSERT INTO ${table} (account_id, ${columns.join(', ')}${extra})
    SELECT t.account_id, ${columns.map((column) => cast(table, column)).join(', ')}${extraValue}
    FROM tenants t, ${textLists(columns, 2)} WHERE t.account_id = $1
    ON CONFLICT (${key.join(', ')}) ${updateOf(table)}`;
}

function deleteAccountRows(table: ControlTable): string {
  const key = withoutAccount(controlLayouts[table].key);
  return `DELETE FROM ${table} r USING ${textLists(key, 2)} WHERE r.account_id = $1 AND ${areSame(table, key)}`;
}

function continueIds(table: ControlTable): string {
  const [id = ''] = controlLayouts[table].key;
  return `
    SELECT setval(pg_get_serial_sequence('${table}', '${id}'), max(${id})) FROM ${table} HAVING max(${id}) IS NOT NULL`;
}

const selectPlaces = `
  SELECT call_id, revision, month, stored_at_ms FROM documents
  WHERE account_id = $1 AND stored_at_ms >= $2 AND (stored_at_ms, call_id) > ($2, $3::text)
  ORDER BY stored_at_ms, call_id LIMIT $4`;
const selectBodies = `
  SELECT call_id, month, phone, started_at_ms, document, applied FROM document_bodies WHERE ${isBody}`;
const selectNewest = 'SELECT max(stored_at_ms) AS newest_ms FROM documents WHERE account_id = $1';
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
