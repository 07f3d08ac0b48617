import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Row } from '../rows.ts';

/** How long a statement waits for another process that holds the write lock (a rebuild, for example). */
const busyTimeoutMs = 10_000;

/**
 * A connection to the database file: plain SQL, each text prepared once. A reader works on the snapshot of the moment and never
 * waits for a writer (write-ahead log).
 */
export class Connection {
  readonly db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, mode: 'read' | 'write') {
    this.db = new DatabaseSync(path, { readOnly: mode === 'read', timeout: busyTimeoutMs });
    if (mode === 'write') this.db.exec(writerSettings);
  }

  run(sql: string, ...parameters: readonly SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...parameters).changes);
  }

  /** Returns the id of the row that was inserted. */
  insert(sql: string, ...parameters: readonly SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...parameters).lastInsertRowid);
  }

  get(sql: string, ...parameters: readonly SQLInputValue[]): Row | null {
    return this.#prepare(sql).get(...parameters) ?? null;
  }

  all(sql: string, ...parameters: readonly SQLInputValue[]): readonly Row[] {
    return this.#prepare(sql).all(...parameters);
  }

  /** Rows of integers as lists, in the order of the columns: for reports, which read many. Throws on anything else. */
  integers(sql: string, ...parameters: readonly SQLInputValue[]): readonly (readonly number[])[] {
    const statement = this.#prepare(sql);
    statement.setReturnArrays(true);
    const rows: unknown = statement.all(...parameters);
    if (isIntegers(rows)) return rows;
    throw new Error('the database holds something else than integers where sums should be');
  }

  /** Rows of text and integers as lists, in the order of the columns. Throws on anything else. */
  lists(sql: string, ...parameters: readonly SQLInputValue[]): readonly (readonly (string | number)[])[] {
    const statement = this.#prepare(sql);
    statement.setReturnArrays(true);
    const rows: unknown = statement.all(...parameters);
    if (isLists(rows)) return rows;
    throw new Error('the database holds something else than text and integers where sums should be');
  }

  /** Runs `work` in one transaction: all of it or, when it throws, nothing. */
  transaction<T>(kind: 'read' | 'write', work: () => T): T {
    this.db.exec(kind === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN');
    try {
      const result = work();
      this.db.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk or a broken one has ended the transaction already.
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    this.db.close();
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/**
 * synchronous=FULL: a commit is on the disk when it returns. A page holds several documents; the log is folded into the file
 * every 32 MiB.
 */
const writerSettings = `
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA wal_autocheckpoint = 4096;
  PRAGMA cache_size = -16384;
`;

const isIntegers = (rows: unknown): rows is readonly (readonly number[])[] =>
  Array.isArray(rows) && rows.every((row) => Array.isArray(row) && row.every((value) => typeof value === 'number'));

const isLists = (rows: unknown): rows is readonly (readonly (string | number)[])[] =>
  Array.isArray(rows) &&
  rows.every(
    (row) => Array.isArray(row) && row.every((value) => typeof value === 'number' || typeof value === 'string'),
  );

/** SQLITE_PERM, BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN: nothing is wrong with the request. */
export const unavailableCodes: ReadonlySet<number> = new Set([3, 5, 6, 8, 10, 13, 14]);
