import { printApplied, RollupSums } from '../../domain/applied.ts';
import type { Contribution } from '../../domain/contribution.ts';
import { accountColumns, accountOf, integer, type Row, text } from '../rows.ts';
import type { Account, Difference, Recompute, UserId, VerifyReport } from '../store.ts';
import { bigints, texts } from './binary-array.ts';
import { isOnCitus } from './citus.ts';
import type { Database, Session } from './database.ts';
import { addSums, type RollupTable, rollupTables, statementsInto, typeOf } from './rollup-tables.ts';
import { lockAccount } from './writer.ts';

/** How many documents, or rows of sums, are read at a time. */
const chunkSize = 2000;
const mostExamples = 100;

/**
 * calls.verify: sums the documents of each account up in temporary tables, and goes through those and the stored ones side by
 * side. An account is read at one moment, and its writers go on meanwhile; on a Citus cluster, where each statement sees its own
 * moment, they wait.
 */
export function verify(database: Database, recompute: Recompute): Promise<VerifyReport> {
  return database.alone(async (session) => {
    const report = { documents: 0, rows: 0, differences: 0, examples: [] as Difference[] };
    for (const { name } of rollupTables) await session.exec(createExpected(name));
    const isLocking = await isOnCitus(session);
    for (const account of await accountsOf(session)) {
      await session.exec(isLocking ? 'BEGIN' : 'BEGIN ISOLATION LEVEL REPEATABLE READ');
      if (isLocking) await lockAccount(session, account.accountId);
      for (const { name } of rollupTables) await session.exec(`TRUNCATE ${expectedOf(name)}`);
      report.documents += await sumDocuments(session, account, { recompute, into: expectedTables });
      for (const table of rollupTables) await compare(session, { account, table, report });
      await session.exec('COMMIT');
    }
    return report;
  });
}

interface OpenReport {
  rows: number;
  differences: number;
  readonly examples: Difference[];
}

interface Comparison {
  readonly account: Account;
  readonly table: RollupTable;
  readonly report: OpenReport;
}

interface KeyedRow {
  /** Its primary key, which sorts it. */
  readonly place: readonly (string | number)[];
  readonly key: readonly (string | number)[];
  readonly counters: readonly number[];
}

/** Walks both sides in the order of their primary keys. */
async function compare(session: Session, { account, table, report }: Comparison): Promise<void> {
  const stored = new Cursor(session, { account, table, from: table.name });
  const expected = new Cursor(session, { account, table, from: expectedOf(table.name) });
  let [left, right] = [await stored.next(), await expected.next()];
  while (left !== null || right !== null) {
    const order = left === null ? 1 : right === null ? -1 : byPlace(left.place, right.place);
    const [found, wanted] = [order <= 0 ? left : null, order >= 0 ? right : null];
    if (found !== null) report.rows += 1;
    if (!isSame(found, wanted)) note(report, { account, table, found, wanted });
    if (order <= 0) left = await stored.next();
    if (order >= 0) right = await expected.next();
  }
}

const isSame = (left: KeyedRow | null, right: KeyedRow | null): boolean =>
  left !== null && right !== null && left.counters.every((counter, place) => counter === right.counters[place]);

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
    const { account, table, from } = this.#of;
    const last = this.#rows.at(-1);
    const after = last?.place ?? [];
    const rows = await this.#session.lists(selectRows(table, from, last !== undefined), account.accountId, ...after);
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
    ? `AND (${order}) > (${primaryKey.map((column, place) => `$${place + 2}::${typeOf(table, column)}`).join(', ')})`
    : '';
  return `
    SELECT ${[...primaryKey, ...key, ...counters].join(', ')} FROM ${from}
    WHERE account_id = $1 ${after} ORDER BY ${order} LIMIT ${chunkSize}`;
}

const expectedOf = (table: string): string => `expected_${table}`;
const expectedTables = statementsInto(expectedOf);
const createExpected = (table: string): string =>
  `CREATE TEMPORARY TABLE ${expectedOf(table)} (LIKE ${table} INCLUDING ALL)`;

/**
 * calls.rebuild: empties the sums of each account and adds all its documents up again, in a transaction that its writers wait for.
 */
export function rebuild(database: Database, recompute: Recompute): Promise<{ readonly documents: number }> {
  return database.alone(async (session) => {
    let documents = 0;
    for (const account of await accountsOf(session)) {
      await session.exec('BEGIN');
      await lockAccount(session, account.accountId);
      for (const { name } of rollupTables) {
        await session.run(`DELETE FROM ${name} WHERE account_id = $1`, account.accountId);
      }
      documents += await sumDocuments(session, account, {
        recompute,
        onChunk: async (months, ids, applied) => {
          await session.run(updateApplied, account.accountId, bigints(months), texts(ids), texts(applied));
        },
      });
      await session.exec('COMMIT');
    }
    return { documents };
  });
}

interface Summing {
  readonly recompute: Recompute;
  readonly into?: ReturnType<typeof statementsInto>;
  readonly onChunk?: (months: readonly number[], ids: readonly string[], applied: readonly string[]) => Promise<void>;
}

/** Adds what every document of an account contributes; returns how many there are. */
async function sumDocuments(
  session: Session,
  account: Account,
  { recompute, into, onChunk = async () => {} }: Summing,
): Promise<number> {
  const { accountId } = account;
  const owners = await ownersOf(session, account);
  let documents = 0;
  let afterId: string | null = null;
  for (;;) {
    const found: readonly Row[] =
      afterId === null
        ? await session.rows(selectFirstIds, accountId, chunkSize)
        : await session.rows(selectIdsAfter, accountId, chunkSize, afterId);
    const months = [...new Set(found.map((row) => integer(row, 'month')))];
    const ids = found.map((row) => text(row, 'call_id'));
    const rows = await session.rows(selectBodies, accountId, bigints(months), texts(ids));
    if (rows.length !== found.length)
      throw new Error(`${found.length} documents are stored, and ${rows.length} are there`);
    const applied = rows.map((row) => printApplied(contributionsOf(row, account, recompute)));
    const sums = new RollupSums();
    for (const each of applied) sums.add(each, 1);
    await addSums(session, { accountId, sums, owners }, into);
    const column = (name: string) => rows.map((row) => text(row, name));
    if (rows.length > 0)
      await onChunk(
        rows.map((row) => integer(row, 'month')),
        column('call_id'),
        applied,
      );
    documents += rows.length;
    afterId = ids.at(-1) ?? null;
    if (found.length < chunkSize) return documents;
  }
}

function contributionsOf(row: Row, account: Account, recompute: Recompute): readonly Contribution[] {
  try {
    return recompute(account, text(row, 'document'), text(row, 'phone'));
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
const selectFirstIds = 'SELECT call_id, month FROM documents WHERE account_id = $1 ORDER BY call_id LIMIT $2';
const selectIdsAfter = `
  SELECT call_id, month FROM documents WHERE account_id = $1 AND call_id > $3 ORDER BY call_id LIMIT $2`;
const selectBodies = `
  SELECT call_id, month, phone, document FROM document_bodies
  WHERE account_id = $1 AND month = ANY($2::bigint[]) AND call_id = ANY($3::text[])`;
const updateApplied = `
  UPDATE document_bodies b SET applied = u.applied
  FROM unnest($2::bigint[], $3::text[], $4::text[]) u (month, call_id, applied)
  WHERE b.account_id = $1 AND b.month = u.month AND b.call_id = u.call_id`;
