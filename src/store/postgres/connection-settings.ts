import type { ClientConfig } from 'pg';

/**
 * How long whoever asks is kept waiting. A data request is answered within about ten seconds whatever the database does, and a
 * request with a few documents within about fifteen.
 */
export interface Limits {
  /** For a connection: for a free one of the pool, and for the server to take it. */
  readonly connectMs: number;
  /** For what any server answers at once: the begin of a transaction, or a few rows by their key. One that does not, hangs. */
  readonly answerMs: number;
  /** For a transaction with documents, whose statements are sent together; and so much more for each of them. */
  readonly changeMs: number;
  readonly changeMsOfDocument: number;
  /** Reports, and changes of the operator's, may take as long as this a statement. */
  readonly statementMs: number;
  readonly lockMs: number;
  /** How long work is tried again that may succeed at once: through the restart of a database. */
  readonly retryReadMs: number;
  readonly retryChangeMs: number;
}

export const defaultLimits: Limits = {
  connectMs: 5000,
  answerMs: 5000,
  changeMs: 12_000,
  changeMsOfDocument: 1,
  statementMs: 30_000,
  lockMs: 10_000,
  retryReadMs: 4000,
  retryChangeMs: 8000,
};

/** A transaction whose client is gone must not keep its locks. */
const idleInTransactionMs = 10_000;
const keepAliveAfterMs = 10_000;

/** What the database, or the login, may have been set to differently. */
const ownSettings = {
  bytea_output: 'hex',
  // Its compiling takes longer than the statements do.
  jit: 'off',
};

/** Of connections for work that takes as long as it takes. */
export const settingsWithoutLimits = {
  ...ownSettings,
  statement_timeout: 0,
  lock_timeout: 0,
  idle_in_transaction_session_timeout: 0,
  idle_session_timeout: 0,
};

export const settingsOf = ({ statementMs, lockMs }: Limits) => ({
  ...ownSettings,
  statement_timeout: statementMs,
  lock_timeout: lockMs,
  idle_in_transaction_session_timeout: idleInTransactionMs,
  client_connection_check_interval: keepAliveAfterMs,
});

/** Settings are sent with the start of the connection, so that no statement ever runs without them. */
export function clientConfig(
  url: string,
  settings: Readonly<Record<string, string | number>>,
  connectMs: number,
): ClientConfig & { readonly pipeline: boolean } {
  const given = new URL(url);
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  given.searchParams.set('options', [...options, given.searchParams.get('options') ?? ''].join(' ').trim());
  return {
    connectionString: given.href,
    application_name: 'voxgauge',
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    types: { getTypeParser },
    pipeline: true,
  };
}

const int8 = 20;
const boolean = 16;
const bytea = 17;
const int4 = 23;

/** Sums are below 2^53 for as long as anybody's calls last, and a larger one must not be rounded silently. */
function getTypeParser(oid: number): (value: string) => unknown {
  if (oid === int8 || oid === int4) return safeInteger;
  if (oid === boolean) return (value) => value === 't';
  // As `bytea_output` is set: \x0102…
  if (oid === bytea) return (value) => Uint8Array.fromHex(value.slice(2));
  return (value) => value;
}

function safeInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RangeError(`the database holds ${value}, which is more than can be counted`);
  return number;
}

/** Host and name of a database, for messages: nothing secret. */
export function describe(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? hostname}:${port === '' ? 5432 : port}${decodeURIComponent(pathname)}`;
}
