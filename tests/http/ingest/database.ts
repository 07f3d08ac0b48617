import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';

export type Row = Readonly<Record<string, SQLOutputValue>>;

export interface StoredDocument {
  readonly id: string;
  readonly revision: number;
  readonly document: string;
}

export interface KeptReject {
  readonly id: string | null;
  readonly path: string;
  readonly error: string;
  readonly times: number;
  readonly document: Buffer;
}

/** Reads the database file itself, past the product's own code. */
export function query(folder: string, sql: string, ...parameters: readonly SQLInputValue[]): readonly Row[] {
  const database = new DatabaseSync(join(folder, 'voxgauge.db'), { readOnly: true, timeout: 10_000 });
  try {
    return database.prepare(sql).all(...parameters);
  } finally {
    database.close();
  }
}

/** In the order of their ids. */
export function storedDocuments(folder: string, accountId: number): readonly StoredDocument[] {
  const sql = 'SELECT call_id AS id, revision, document FROM documents WHERE account_id = ? ORDER BY call_id';
  return query(folder, sql, accountId).map(({ id, revision, document }) => ({
    id: String(id),
    revision: Number(revision),
    document: String(document),
  }));
}

/** In the order in which they came in. */
export function keptRejects(folder: string, accountId: number): readonly KeptReject[] {
  const sql = 'SELECT call_id AS id, path, error, times, document FROM rejects WHERE account_id = ? ORDER BY reject_id';
  return query(folder, sql, accountId).map(({ id, path, error, times, document }) => ({
    id: typeof id === 'string' ? id : null,
    path: String(path),
    error: String(error),
    times: Number(times),
    document: document instanceof Uint8Array ? Buffer.from(document) : Buffer.alloc(0),
  }));
}

/** Telephone numbers of an account, in order. */
export function numbersOf(folder: string, accountId: number): readonly string[] {
  const sql = 'SELECT phone FROM numbers WHERE account_id = ? ORDER BY phone';
  return query(folder, sql, accountId).map(({ phone }) => String(phone));
}

export const noSums = {
  calls: 0,
  call_ms: 0,
  transfers: 0,
  transfer_ms: 0,
  transferred_calls: 0,
  log_events: 0,
  form_items: 0,
  loops: 0,
  js_errors: 0,
  fetch_errors: 0,
  page_loads: 0,
  page_load_ms: 0,
} as const;

export type Sums = Readonly<Record<keyof typeof noSums, number>>;

/** Call-level sums of an account over all days and numbers. */
export function sumsOf(folder: string, accountId: number): Sums {
  const columns = Object.keys(noSums);
  const selected = columns.map((column) => `coalesce(sum(${column}), 0) AS ${column}`).join(', ');
  const [row] = query(folder, `SELECT ${selected} FROM number_days WHERE account_id = ?`, accountId);
  const sumOf = (column: keyof typeof noSums) => Number(row?.[column]);
  return {
    calls: sumOf('calls'),
    call_ms: sumOf('call_ms'),
    transfers: sumOf('transfers'),
    transfer_ms: sumOf('transfer_ms'),
    transferred_calls: sumOf('transferred_calls'),
    log_events: sumOf('log_events'),
    form_items: sumOf('form_items'),
    loops: sumOf('loops'),
    js_errors: sumOf('js_errors'),
    fetch_errors: sumOf('fetch_errors'),
    page_loads: sumOf('page_loads'),
    page_load_ms: sumOf('page_load_ms'),
  };
}
