import type { Month, WholeRows } from '../../domain/retention.ts';
import type { Account } from '../access-store.ts';
import type { Difference, Recompute, VerifyReport } from '../call-store.ts';
import { firstOf, note, timeOf, wholeOf } from '../recount.ts';
import type { Database } from './database.ts';
import { keptFromOf } from './months.ts';
import { accountNow, accountsOf, beginChanging, sumDocuments } from './recount.ts';
import { type RollupTable, rollupTables, statementsInto, typeOf } from './rollup-tables.ts';
import type { Session } from './session.ts';
import { lockAccount } from './writer.ts';

/** How many rows of sums are read at a time. */
const chunkSize = 2000;

/**
 * calls.verify: sums the documents of each account up in temporary tables, and goes through those and the stored ones side by
 * side. An account is read at one moment, and its writers go on meanwhile; on a Citus cluster, where each statement sees its own
 * moment, they wait.
 */
export function verify(database: Database, recompute: Recompute): Promise<VerifyReport> {
  return database.alone(async (session) => {
    const report: OpenReport = {
      documents: 0,
      rows: 0,
      differences: 0,
      examples: [],
      comparedFrom: null,
      recounting: [],
    };
    for (const { name } of rollupTables) await session.exec(createExpected(name));
    const isLocking = database.isOnCitus;
    const accounts = await accountsOf(session);
    if (accounts.length === 0) noteKept(report, await keptFromOf(session));
    for (const each of accounts) {
      await begin(session, each, isLocking);
      const { account, isRecounting: isKept } = await accountNow(session, each.accountId);
      if (isKept) report.recounting.push(account);
      const keptFrom = await keptFromOf(session);
      const whole = noteKept(report, keptFrom);
      for (const { name } of rollupTables) await session.exec(`TRUNCATE ${expectedOf(name)}`);
      report.documents += await sumDocuments(session, account, { recompute, keptFrom, isKept, into: expectedTables });
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
  readonly recounting: Account[];
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
    for (const each of pairs)
      if (!isSame(each.found, each.wanted)) note(report, differenceOf({ account, table, ...each }));
    if (order <= 0) left = await stored.next();
    if (order >= 0) right = await expected.next();
  }
}

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

function differenceOf({ account, table, found, wanted }: Pair): Difference {
  const key = [account.accountId, ...((found ?? wanted)?.key ?? [])];
  const [stored, expected] = [found?.counters ?? null, wanted?.counters ?? null];
  return { rollup: table.name, key, stored, expected };
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
