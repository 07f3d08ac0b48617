import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig, Pool, type PoolClient, type QueryResult } from 'pg';
import type { Row } from '../rows.ts';
import { StoreUnavailable } from '../store.ts';
import { asThrown, failureOf, unavailable } from './failures.ts';

export type Parameter = string | number | boolean | Uint8Array | null | readonly string[] | readonly number[];

/** Plain SQL on one connection, each text prepared once. */
export interface Session {
  rows(sql: string, ...parameters: readonly Parameter[]): Promise<readonly Row[]>;
  /** Rows as lists, in the order of the columns. */
  lists(sql: string, ...parameters: readonly Parameter[]): Promise<readonly (readonly unknown[])[]>;
  /** How many rows were changed. */
  run(sql: string, ...parameters: readonly Parameter[]): Promise<number>;
  /** Statements without parameters and results, several at once too. */
  exec(sql: string): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://login:password@host:port/name`, as libpq understands it. */
  readonly url: string;
  /** Connections for reading, and as many again for writing. */
  readonly connections: number;
}

/** How long to wait for a connection: for a free one of the pool, and for the server to take it. */
const connectTimeoutMs = 5000;
const statementTimeoutMs = 30_000;
/** What a server does not answer at all has failed a little later than what it would have given up itself. */
const answerTimeoutMs = statementTimeoutMs + 2000;
const lockTimeoutMs = 10_000;
/** A transaction whose client is gone must not keep its locks. */
const idleInTransactionMs = 10_000;
const keepAliveAfterMs = 10_000;

/** How long a transaction is tried again: through the restart of a database, and no longer than a sender would wait anyway. */
const retryForMs = 8000;
const firstPauseMs = 20;
const longestPauseMs = 1000;

/** Connections to one database, and how work on them is retried. */
export class Database {
  /** Host and name, for messages. */
  readonly where: string;
  readonly #url: string;
  readonly #readers: Pool;
  readonly #writers: Pool;
  #isClosed = false;

  constructor({ url, connections }: DatabaseOptions) {
    this.#url = url;
    this.where = describe(url);
    // What readers write, quotas and last uses, may be lost with the last half second of a database that crashes.
    const reading = clientConfig(url, { ...limits, synchronous_commit: 'off' });
    const writing = { ...clientConfig(url, limits), pipeline: true };
    const pool = { max: connections, idleTimeoutMillis: 60_000, allowExitOnIdle: true };
    this.#readers = new Pool({ ...reading, ...pool });
    this.#writers = new Pool({ ...writing, ...pool });
    // An idle connection that breaks is dropped by its pool; whoever needs one next is told if there is none to be had.
    for (const each of [this.#readers, this.#writers]) each.on('error', () => {});
  }

  /** A single statement, or several that need not see one moment. */
  read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#retry(() => this.#use(this.#readers, work), { isRepeatable: true });
  }

  /** All that `work` reads is of one moment. On a Citus cluster, each statement has a moment of its own. */
  snapshot<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.read((session) => inTransaction(session, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work));
  }

  /**
   * One transaction: all of it or, when it fails, nothing. `work` may run several times. Statements that do not wait for each other
   * are sent in one go. Repeatable work, which may be done twice, is tried again also where nobody knows whether its commit
   * came through.
   */
  async write<T>(work: (session: Session) => Promise<T>, options: { isRepeatable?: boolean } = {}): Promise<T> {
    const { isRepeatable = false } = options;
    let isCommitting = false;
    const attempt = () =>
      this.#use(this.#writers, (session) => {
        isCommitting = false;
        return inTransaction(session, 'BEGIN', work, () => {
          isCommitting = true;
        });
      });
    return this.#retry(attempt, { isRepeatable: () => isRepeatable || !isCommitting });
  }

  /** A connection of its own for work that takes as long as it takes. */
  async alone<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.connect();
    try {
      return await work(sessionOn(client));
    } catch (error) {
      throw this.#told(error);
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** A connection without limits of time, which its user ends. */
  async connect(): Promise<Client> {
    this.#check();
    const client = new Client(clientConfig(this.#url, { jit: 'off' }, { answerTimeout: 0 }));
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => {});
      throw this.#told(asThrown(error));
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#readers.end(), this.#writers.end()]);
  }

  async #use<T>(pool: Pool, work: (session: Session) => Promise<T>): Promise<T> {
    this.#check();
    const client = await taken(pool);
    try {
      const result = await work(sessionOn(client));
      client.release();
      return result;
    } catch (error) {
      // Whatever has failed on it, a new connection is in a known state; and leads to the new primary after a failover.
      client.release(true);
      throw error;
    }
  }

  async #retry<T>(attempt: () => Promise<T>, { isRepeatable }: { isRepeatable: true | (() => boolean) }): Promise<T> {
    const untilMs = performance.now() + retryForMs;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return await attempt();
      } catch (error) {
        const mayRepeat = isRepeatable === true || isRepeatable();
        // The database has said itself that it has rolled back.
        const isUndone = failureOf(error) === 'again' && !(error instanceof Error && error.name === 'Lost');
        if (failureOf(error) !== 'again' || performance.now() > untilMs || !(mayRepeat || isUndone)) {
          throw this.#told(error);
        }
        await sleep(pauseMs * (0.5 + Math.random()));
        this.#check();
      }
    }
  }

  #told(error: unknown): unknown {
    if (error instanceof StoreUnavailable || failureOf(error) === 'bug') return error;
    return unavailable(error, this.where);
  }

  #check(): void {
    if (this.#isClosed) throw new Error('the store is closed');
  }
}

const limits = {
  statement_timeout: statementTimeoutMs,
  lock_timeout: lockTimeoutMs,
  idle_in_transaction_session_timeout: idleInTransactionMs,
  client_connection_check_interval: keepAliveAfterMs,
  // Its compiling takes longer than the statements do.
  jit: 'off',
};

/** Settings are sent with the start of the connection, so that no statement ever runs without them. */
function clientConfig(
  url: string,
  settings: Readonly<Record<string, string | number>>,
  { answerTimeout = answerTimeoutMs } = {},
) {
  const given = new URL(url);
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  given.searchParams.set('options', [...options, given.searchParams.get('options') ?? ''].join(' ').trim());
  const config: ClientConfig = {
    connectionString: given.href,
    application_name: 'voxgauge',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    types: { getTypeParser },
    ...(answerTimeout > 0 ? { query_timeout: answerTimeout } : {}),
  };
  return config;
}

const int8 = 20;
const boolean = 16;
const bytea = 17;
const int4 = 23;

/** Sums are below 2^53 for as long as anybody's calls last, and a larger one must not be rounded silently. */
function getTypeParser(oid: number): (value: string) => unknown {
  if (oid === int8 || oid === int4) return safeInteger;
  if (oid === boolean) return (value) => value === 't';
  // The server's default, `hex`: \x0102…
  if (oid === bytea) return (value) => Uint8Array.fromHex(value.slice(2));
  return (value) => value;
}

function safeInteger(value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new Error(`the database holds ${value}, which is more than can be counted`);
  return number;
}

function describe(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? hostname}:${port === '' ? 5432 : port}${decodeURIComponent(pathname)}`;
}

async function taken(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw asThrown(error);
  }
}

async function inTransaction<T>(
  session: Session,
  begin: string,
  work: (session: Session) => Promise<T>,
  onCommit = () => {},
): Promise<T> {
  const begun = session.exec(begin);
  // Whoever awaits it meets its failure, which until then is not one that nobody has handled.
  begun.catch(() => {});
  const result = await work(session);
  await begun;
  onCommit();
  await session.exec('COMMIT');
  return result;
}

const names = new Map<string, string>();

function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `voxgauge-${names.size}`;
  names.set(sql, name);
  return name;
}

function sessionOn(client: Client | PoolClient): Session {
  const rows = async (text: string, parameters: readonly Parameter[]): Promise<QueryResult<Row>> => {
    try {
      return await client.query<Row>({ name: nameOf(text), text, values: [...parameters] });
    } catch (error) {
      throw asThrown(error);
    }
  };
  return {
    rows: async (sql, ...parameters) => (await rows(sql, parameters)).rows,
    run: async (sql, ...parameters) => (await rows(sql, parameters)).rowCount ?? 0,
    async lists(text, ...parameters) {
      try {
        return (await client.query({ name: nameOf(text), text, values: [...parameters], rowMode: 'array' })).rows;
      } catch (error) {
        throw asThrown(error);
      }
    },
    async exec(sql) {
      try {
        await client.query(sql);
      } catch (error) {
        throw asThrown(error);
      }
    },
  };
}
