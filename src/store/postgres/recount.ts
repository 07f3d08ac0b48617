import { Recount } from '../../domain/recount.ts';
import type { Month } from '../../domain/retention.ts';
import type { Account, AccountId, UserId } from '../access-store.ts';
import type { Recompute } from '../call-store.ts';
import { countDocument, firstOf, timeOf, wholeOf } from '../recount.ts';
import { accountColumns, accountOf, flag, integer, type Row, text } from '../rows.ts';
import { bigints, texts } from './binary-array.ts';
import { bodyKeys, isBody, partsOf } from './bodies.ts';
import type { Database } from './database.ts';
import { ownBodies } from './documents.ts';
import { keptFromOf } from './months.ts';
import { addSums, type RollupTable, rollupTables, type statementsInto } from './rollup-tables.ts';
import type { Session } from './session.ts';
import { lockAccount } from './writer.ts';

/** How many documents are read at a time. */
const chunkSize = 2000;
/** Bytes of documents that are read at a time, unless it is one document. */
const chunkBytes = 16_777_216;

/** What is read after a lock was waited for is of the moment after it, whatever the database has for its default. */
export const beginChanging = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/**
 * calls.rebuild: empties the sums of each account and adds all its documents up again, in a transaction that its writers wait for.
 */
export function rebuild(database: Database, recompute: Recompute): Promise<{ readonly documents: number }> {
  return database.alone(async (session) => {
    let documents = 0;
    for (const { accountId } of await accountsOf(session)) {
      await session.exec(beginChanging);
      await lockAccount(session, accountId);
      const { account } = await accountNow(session, accountId);
      const keptFrom = await keptFromOf(session);
      for (const table of rollupTables) {
        await session.run(deleteRows(table), accountId, firstOf(table, wholeOf(keptFrom)));
      }
      documents += await sumDocuments(session, account, {
        recompute,
        keptFrom,
        onChunk: async (months, ids, applied) => {
          await session.run(updateApplied, accountId, bigints(months), texts(ids), texts(applied));
        },
      });
      await session.exec('COMMIT');
    }
    return { documents };
  });
}

const deleteRows = (table: RollupTable): string =>
  `DELETE FROM ${table.name} WHERE account_id = $1 AND ${timeOf(table)} >= $2`;

export interface Summing {
  readonly recompute: Recompute;
  readonly keptFrom: Month | null;
  /** Whether documents count as they were counted. */
  readonly isKept?: boolean;
  readonly into?: ReturnType<typeof statementsInto>;
  readonly onChunk?: (months: readonly number[], ids: readonly string[], applied: readonly string[]) => Promise<void>;
}

/** Adds what every document of an account contributes; returns how many there are. */
export async function sumDocuments(
  session: Session,
  account: Account,
  { recompute, keptFrom, isKept = false, into, onChunk = async () => {} }: Summing,
): Promise<number> {
  const { accountId } = account;
  const owners = await ownersOf(session, account);
  let documents = 0;
  let afterId: string | null = null;
  for (;;) {
    const places: readonly Row[] = await idsAfter(session, { accountId, afterId, keptFrom });
    for (const found of await partsOf(session, { accountId, places, mostBytes: chunkBytes })) {
      const rows = await bodiesOf(session, { accountId, found, withApplied: isKept || keptFrom !== null });
      const recount = new Recount(keptFrom);
      const applied = rows.map((row) =>
        isKept ? recount.keep(text(row, 'applied')) : countDocument(recount, row, { account, recompute }),
      );
      await addSums(session, { accountId, sums: recount, owners }, into);
      const months = rows.map((row) => integer(row, 'month'));
      const ids = rows.map((row) => text(row, 'call_id'));
      await onChunk(months, ids, applied);
      documents += rows.length;
    }
    afterId = textOf(places.at(-1), 'call_id');
    if (places.length < chunkSize) return documents;
  }
}

const textOf = (row: Row | undefined, column: string): string | null => (row === undefined ? null : text(row, column));

interface IdsAfter {
  readonly accountId: AccountId;
  readonly afterId: string | null;
  readonly keptFrom: Month | null;
}

/** What is known of calls whose documents were dropped may still be there. */
function idsAfter(session: Session, { accountId, afterId, keptFrom }: IdsAfter): Promise<readonly Row[]> {
  const page = [accountId, chunkSize, keptFrom ?? Number.MIN_SAFE_INTEGER] as const;
  return afterId === null ? session.rows(selectFirstIds, ...page) : session.rows(selectIdsAfter, ...page, afterId);
}

interface BodiesOf {
  readonly accountId: AccountId;
  readonly found: readonly Row[];
  readonly withApplied: boolean;
}

async function bodiesOf(session: Session, { accountId, found, withApplied }: BodiesOf): Promise<readonly Row[]> {
  const rows = await session.rows(selectBodies(withApplied), accountId, ...bodyKeys(found));
  return ownBodies(accountId, found, rows);
}

export const accountsOf = async (session: Session): Promise<readonly Account[]> =>
  (await session.rows(selectAccounts)).map(accountOf);

interface AccountNow {
  readonly account: Account;
  /** Whether it is being counted anew in its time zone. */
  readonly isRecounting: boolean;
}

export async function accountNow(session: Session, accountId: AccountId): Promise<AccountNow> {
  const [row] = await session.rows(selectAccount, accountId);
  return { account: accountOf(row ?? {}), isRecounting: flag(row ?? {}, 'is_recounting') };
}

async function ownersOf(session: Session, { accountId }: Account): Promise<ReadonlyMap<string, UserId>> {
  const rows = await session.rows(selectOwners, accountId);
  return new Map(rows.map((row) => [text(row, 'phone'), integer(row, 'owner_id')]));
}

const selectAccounts = `SELECT ${accountColumns} FROM accounts a ORDER BY a.account_id`;
const selectAccount = `
  SELECT ${accountColumns}, a.zone_revision <> a.counted_zone_revision AS is_recounting
  FROM accounts a WHERE a.account_id = $1`;
const selectOwners = 'SELECT phone, owner_id FROM numbers WHERE account_id = $1';
const selectFirstIds = `
  SELECT call_id, month FROM documents WHERE account_id = $1 AND month >= $3 ORDER BY call_id LIMIT $2`;
const selectIdsAfter = `
  SELECT call_id, month FROM documents WHERE account_id = $1 AND month >= $3 AND call_id > $4 ORDER BY call_id LIMIT $2`;
/** What was applied is read only where it is needed: it is as long as the document. */
const selectBodies = (withApplied: boolean) => `
  SELECT call_id, month, phone, document, ${withApplied ? 'applied' : "'' AS applied"} FROM document_bodies
  WHERE ${isBody}`;
export const updateApplied = `
  UPDATE document_bodies b SET applied = u.applied
  FROM unnest($2::bigint[], $3::text[], $4::text[]) u (month, call_id, applied)
  WHERE b.account_id = $1 AND b.month = u.month AND b.call_id = u.call_id`;
