import { Recount } from '../../domain/recount.ts';
import { type Month, type WholeRows, wholeRowsFrom } from '../../domain/retention.ts';
import { accountColumns, accountOf, integer, type Row, text } from '../rows.ts';
import type { Account, AccountId, Difference, Recompute, UserId, VerifyReport } from '../store.ts';
import { bigints, texts } from './binary-array.ts';
import { bodyKeys, isBody, partsOf } from './bodies.ts';
import { isOnCitus } from './citus.ts';
import type { Database, Session } from './database.ts';
import { ownBodies } from './documents.ts';
import { keptFromOf } from './months.ts';
import { addSums, type RollupTable, rollupTables, statementsInto, typeOf } from './rollup-tables.ts';
import { lockAccount } from './writer.ts';

/** How many documents, or rows of sums, are read at a time. */
const chunkSize = 2000;
/** Bytes of documents that are read at a time, unless it is one document. */
const chunkBytes = 16_777_216;
const mostExamples = 100;

/**
 * calls.verify: sums the documents of each account up in temporary tables, and goes through those and the stored ones side by
 * side. An account is read at one moment, and its writers go on meanwhile; on a Citus cluster, where each statement sees its own
 * moment, they wait.
 */
export function verify(database: Database, recompute: Recompute): Promise<VerifyReport> {
  return database.alone(async (session) => {
    const report: OpenReport = { documents: 0, rows: 0, differences: 0, examples: [], comparedFrom: null };
    for (const { name } of rollupTables) await session.exec(createExpected(name));
    const isLocking = await isOnCitus(session);
    const accounts = await accountsOf(session);
    if (accounts.length === 0) noteKept(report, await keptFromOf(session));
    for (const account of accounts) {
      await begin(session, account, isLocking);
      const keptFrom = await keptFromOf(session);
      const whole = noteKept(report, keptFrom);
      for (const { name } of rollupTables) await session.exec(`TRUNCATE ${expectedOf(name)}`);
      report.documents += await sumDocuments(session, account, { recompute, keptFrom, into: expectedTables });
      for (const table of rollupTables) await compare(session, { account, table, whole, report });
      await session.exec('COMMIT');
    }
    return report;
  });
}

/** The lock keeps documents from being dropped after the moment that is read, for tables do not go at moments. */
async function begin(session: Session, { accountId }: Account, isLocking: boolean): Promise<void> {
  await session.exec(isLocking ? beginChanging : 'BEGIN ISOLATION LEVEL REPEATABLE READ');
  if (isLocking) await lockAccount(session, accountId);
  else await session.exec('LOCK TABLE ONLY document_bodies IN ACCESS SHARE MODE');
}

/** What is read after a lock was waited for is of the moment after it, whatever the database has for its default. */
const beginChanging = 'BEGIN ISOLATION LEVEL READ COMMITTED';

const allRows: WholeRows = { firstDay: Number.MIN_SAFE_INTEGER, firstHour: Number.MIN_SAFE_INTEGER };
const wholeOf = (keptFrom: Month | null): WholeRows => (keptFrom === null ? allRows : wholeRowsFrom(keptFrom));

/** Tells which rows are compared. */
function noteKept(report: OpenReport, keptFrom: Month | null): WholeRows {
  const whole = wholeOf(keptFrom);
  report.comparedFrom = keptFrom === null ? null : whole.firstDay;
  return whole;
}

interface OpenReport {
  documents: number;
  rows: number;
  differences: number;
  readonly examples: Difference[];
  comparedFrom: number | null;
}

interface Comparison {
  readonly account: Account;
  readonly table: RollupTable;
  readonly whole: WholeRows;
  readonly report: OpenReport;
}

interface KeyedRow {
  /** Its primary key, which sorts it. */
  readonly place: readonly (string | number)[];
  readonly key: readonly (string | number)[];
  readonly counters: readonly number[];
}

/** Walks both sides in the order of their primary keys. */
async function compare(session: Session, { account, table, whole, report }: Comparison): Promise<void> {
  const first = firstOf(table, whole);
  const stored = new Cursor(session, { account, table, from: table.name, first });
  const expected = new Cursor(session, { account, table, from: expectedOf(table.name), first });
  let [left, right] = [await stored.next(), await expected.next()];
  while (left !== null || right !== null) {
    const order = left === null ? 1 : right === null ? -1 : byPlace(left.place, right.place);
    const [found, wanted] = [order <= 0 ? left : null, order >= 0 ? right : null];
    if (found !== null) report.rows += 1;
    // A hash may have come to stand for other names than it is made of: then these are two rows.
    const pairs = hasOtherKey(found, wanted)
      ? [
          { found, wanted: null },
          { found: null, wanted },
        ]
      : [{ found, wanted }];
    for (const each of pairs) if (!isSame(each.found, each.wanted)) note(report, { account, table, ...each });
    if (order <= 0) left = await stored.next();
    if (order >= 0) right = await expected.next();
  }
}

/** By what the rows of a table go in time. */
const timeOf = ({ key }: RollupTable): string => (key.includes('hour') ? 'hour' : 'day');
const firstOf = (table: RollupTable, { firstDay, firstHour }: WholeRows): number =>
  timeOf(table) === 'hour' ? firstHour : firstDay;

const isSame = (left: KeyedRow | null, right: KeyedRow | null): boolean =>
  left !== null && right !== null && left.counters.every((counter, place) => counter === right.counters[place]);

const hasOtherKey = (left: KeyedRow | null, right: KeyedRow | null): boolean =>
  left !== null && right !== null && left.key.some((part, place) => part !== right.key[place]);

interface Pair {
  readonly account: Account;
  readonly table: RollupTable;
  readonly found: KeyedRow | null;
  readonly wanted: KeyedRow | null;
}

function note(report: OpenReport, { account, table, found, wanted }: Pair): void {
  report.differences += 1;
  if (report.examples.length >= mostExamples) return;
  const key = [account.accountId, ...((found ?? wanted)?.key ?? [])];
  const [stored, expected] = [found?.counters ?? null, wanted?.counters ?? null];
  report.examples.push({ rollup: table.name, key, stored, expected });
}

/** Text in the order of its bytes in UTF-8, as the database has it. */
function byPlace(left: readonly (string | number)[], right: readonly (string | number)[]): number {
  for (const [place, part] of left.entries()) {
    const other = right[place] ?? part;
    if (part === other) continue;
    if (typeof part === 'number') return part < Number(other) ? -1 : 1;
    return Buffer.compare(Buffer.from(part), Buffer.from(`${other}`));
  }
  return 0;
}

interface CursorOf {
  readonly account: Account;
  readonly table: RollupTable;
  readonly from: string;
  /** Day or hour. */
  readonly first: number;
}

/** Rows of an account in the order of their primary keys, some thousands at a time. */
class Cursor {
  readonly #session: Session;
  readonly #of: CursorOf;
  #rows: readonly KeyedRow[] = [];
  #place = 0;
  #isLast = false;

  constructor(session: Session, of: CursorOf) {
    this.#session = session;
    this.#of = of;
  }

  async next(): Promise<KeyedRow | null> {
    if (this.#place === this.#rows.length && !this.#isLast) await this.#fetch();
    const row = this.#rows[this.#place] ?? null;
    this.#place += 1;
    return row;
  }

  async #fetch(): Promise<void> {
    const { account, table, from, first } = this.#of;
    const last = this.#rows.at(-1);
    const select = selectRows(table, from, last !== undefined);
    const rows = await this.#session.lists(select, account.accountId, first, ...(last?.place ?? []));
    this.#rows = rows.map((row) => keyedRow(table, row));
    this.#place = 0;
    this.#isLast = rows.length < chunkSize;
  }
}

function keyedRow({ key, primaryKey }: RollupTable, row: readonly unknown[]): KeyedRow {
  const parts = (first: number, length: number) => row.slice(first, first + length).map(keyPart);
  return {
    place: parts(0, primaryKey.length),
    key: parts(primaryKey.length, key.length),
    counters: row.slice(primaryKey.length + key.length).map(Number),
  };
}

const keyPart = (value: unknown): string | number => (typeof value === 'number' ? value : String(value));

function selectRows(table: RollupTable, from: string, isAfter: boolean): string {
  const { key, counters, primaryKey } = table;
  const order = primaryKey.join(', ');
  const after = isAfter
    ? `AND (${order}) > (${primaryKey.map((column, place) => `$${place + 3}::${typeOf(table, column)}`).join(', ')})`
    : '';
  return `
    SELECT ${[...primaryKey, ...key, ...counters].join(', ')} FROM ${from}
    WHERE account_id = $1 AND ${timeOf(table)} >= $2 ${after} ORDER BY ${order} LIMIT ${chunkSize}`;
}

const expectedOf = (table: string): string => `expected_${table}`;
/** Temporary tables are on no worker of a cluster, and neither are their accounts. */
const expectedTables = statementsInto(expectedOf, '(SELECT $1::bigint AS account_id)');
const createExpected = (table: string): string =>
  `CREATE TEMPORARY TABLE ${expectedOf(table)} (LIKE ${table} INCLUDING ALL)`;

/**
 * calls.rebuild: empties the sums of each account and adds all its documents up again, in a transaction that its writers wait for.
 */
export function rebuild(database: Database, recompute: Recompute): Promise<{ readonly documents: number }> {
  return database.alone(async (session) => {
    let documents = 0;
    for (const account of await accountsOf(session)) {
      await session.exec(beginChanging);
      await lockAccount(session, account.accountId);
      const keptFrom = await keptFromOf(session);
      for (const table of rollupTables) {
        await session.run(deleteRows(table), account.accountId, firstOf(table, wholeOf(keptFrom)));
      }
      documents += await sumDocuments(session, account, {
        recompute,
        keptFrom,
        onChunk: async (months, ids, applied) => {
          await session.run(updateApplied, account.accountId, bigints(months), texts(ids), texts(applied));
        },
      });
      await session.exec('COMMIT');
    }
    return { documents };
  });
}

const deleteRows = (table: RollupTable): string =>
  `DELETE FROM ${table.name} WHERE account_id = $1 AND ${timeOf(table)} >= $2`;

interface Summing {
  readonly recompute: Recompute;
  readonly keptFrom: Month | null;
  readonly into?: ReturnType<typeof statementsInto>;
  readonly onChunk?: (months: readonly number[], ids: readonly string[], applied: readonly string[]) => Promise<void>;
}

/** Adds what every document of an account contributes; returns how many there are. */
async function sumDocuments(
  session: Session,
  account: Account,
  { recompute, keptFrom, into, onChunk = async () => {} }: Summing,
): Promise<number> {
  const { accountId } = account;
  const owners = await ownersOf(session, account);
  let documents = 0;
  let afterId: string | null = null;
  for (;;) {
    const places: readonly Row[] = await idsAfter(session, { accountId, afterId, keptFrom });
    for (const found of await partsOf(session, { accountId, places, mostBytes: chunkBytes })) {
      const rows = await bodiesOf(session, { accountId, found, withApplied: keptFrom !== null });
      const recount = new Recount(keptFrom);
      const applied = rows.map((row) => count(recount, row, { account, recompute }));
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

interface Counting {
  readonly account: Account;
  readonly recompute: Recompute;
}

/** Returns what is to be kept as applied. */
function count(recount: Recount, row: Row, { account, recompute }: Counting): string {
  try {
    return recount.add(recompute(account, text(row, 'document'), text(row, 'phone')), text(row, 'applied'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`call ${text(row, 'call_id')} of account ${account.name} cannot be read: ${reason}`, {
      cause: error,
    });
  }
}

const accountsOf = async (session: Session): Promise<readonly Account[]> =>
  (await session.rows(selectAccounts)).map(accountOf);

async function ownersOf(session: Session, { accountId }: Account): Promise<ReadonlyMap<string, UserId>> {
  const rows = await session.rows(selectOwners, accountId);
  return new Map(rows.map((row) => [text(row, 'phone'), integer(row, 'owner_id')]));
}

const selectAccounts = `SELECT ${accountColumns} FROM accounts a ORDER BY a.account_id`;
const selectOwners = 'SELECT phone, owner_id FROM numbers WHERE account_id = $1';
const selectFirstIds = `
  SELECT call_id, month FROM documents WHERE account_id = $1 AND month >= $3 ORDER BY call_id LIMIT $2`;
const selectIdsAfter = `
  SELECT call_id, month FROM documents WHERE account_id = $1 AND month >= $3 AND call_id > $4 ORDER BY call_id LIMIT $2`;
/** What was applied is read only where it is needed: it is as long as the document. */
const selectBodies = (withApplied: boolean) => `
  SELECT call_id, month, phone, document, ${withApplied ? 'applied' : "'' AS applied"} FROM document_bodies
  WHERE ${isBody}`;
const updateApplied = `
  UPDATE document_bodies b SET applied = u.applied
  FROM unnest($2::bigint[], $3::text[], $4::text[]) u (month, call_id, applied)
  WHERE b.account_id = $1 AND b.month = u.month AND b.call_id = u.call_id`;
