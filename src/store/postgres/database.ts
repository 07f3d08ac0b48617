import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig, Pool, type PoolClient, type PoolConfig, type QueryResult } from 'pg';
import type { Row } from '../rows.ts';
import { StoreUnavailable } from '../store.ts';
import { asThrown, failureOf, isConsequence, isUndone, Lost, unavailable } from './failures.ts';

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
  readonly limits?: Partial<Limits> | undefined;
}

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

const defaultLimits: Limits = {
  connectMs: 5000,
  answerMs: 5000,
  changeMs: 12_000,
  changeMsOfDocument: 1,
  statementMs: 30_000,
  lockMs: 10_000,
  retryReadMs: 4000,
  retryChangeMs: 8000,
};

/** What a server does not answer at all has failed a little later than what it would have given up itself. */
const afterStatementMs = 2000;
const beforeAnswerMs = 1000;
/** A transaction whose client is gone must not keep its locks. */
const idleInTransactionMs = 10_000;
const keepAliveAfterMs = 10_000;

const firstPauseMs = 20;
const longestPauseMs = 1000;
/** How long a server may take to say goodbye. */
const endMs = 1000;

export interface WriteOptions {
  /** Whether it does the same when it is done twice. */
  readonly isRepeatable?: boolean;
  /** How many are written, where somebody waits who has a limit for that many; else as long as a statement may take. */
  readonly documents?: number | null;
}

/** Connections to one database, and how work on them is retried. */
export class Database {
  /** Host and name, for messages. */
  readonly where: string;
  /** Known once it has been opened. */
  isOnCitus = false;
  readonly #url: string;
  readonly #limits: Limits;
  readonly #pools: Readonly<Record<Use, ClientConfig & PoolConfig>>;
  readonly #current: Record<Use, Pool>;
  #isClosed = false;

  constructor({ url, connections, limits = {} }: DatabaseOptions) {
    this.#url = url;
    this.#limits = { ...defaultLimits, ...limits };
    this.where = describe(url);
    const settings = settingsOf(this.#limits);
    const pool = { max: connections, idleTimeoutMillis: 60_000, allowExitOnIdle: true };
    // What readers write, quotas and last uses, may be lost with the last half second of a database that crashes. Whoever waits
    // for a lock is to be told so before it looks as if the database hung.
    const lockMs = Math.max(1, Math.min(this.#limits.lockMs, this.#limits.answerMs - beforeAnswerMs));
    const reading = { ...this.#config({ ...settings, lock_timeout: lockMs, synchronous_commit: 'off' }), ...pool };
    const writing = { ...this.#config(settings), ...pool };
    this.#pools = { reading, writing };
    this.#current = { reading: newPool(reading), writing: newPool(writing) };
  }

  /** A single statement, or several that need not see one moment. */
  read<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#retryRead((client) => work(sessionOn(client, { answerMs: this.#longAnswerMs })));
  }

  /** A few rows by their key, which any server has at once: one that hangs is found out by them early. */
  lookUp<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return this.#retryRead((client) => work(sessionOn(client, { answerMs: this.#limits.answerMs, isSmall: true })));
  }

  /** All that `work` reads is of one moment. On a Citus cluster, each statement has a moment of its own. */
  snapshot<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const begin = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY';
    return this.#retryRead((client) =>
      inTransaction(client, { begin, work, beginMs: this.#limits.answerMs, answerMs: this.#longAnswerMs }),
    );
  }

  /**
   * One transaction: all of it or, when it fails, nothing. `work` may run several times. Statements that do not wait for each other
   * are sent in one go. Repeatable work, which may be done twice, is tried again also where nobody knows whether its commit
   * came through.
   */
  async write<T>(
    work: (session: Session) => Promise<T>,
    { isRepeatable = false, documents = null }: WriteOptions = {},
  ): Promise<T> {
    const { answerMs: beginMs, changeMs, changeMsOfDocument, retryChangeMs } = this.#limits;
    const answerMs = documents === null ? this.#longAnswerMs : changeMs + changeMsOfDocument * documents;
    let isCommitting = false;
    const onCommit = () => {
      isCommitting = true;
    };
    const attempt = () =>
      this.#use('writing', (client) => {
        isCommitting = false;
        return inTransaction(client, {
          begin: this.#beginOfWrite,
          work,
          beginMs,
          answerMs,
          onCommit,
        });
      });
    return this.#retry(attempt, { forMs: retryChangeMs, mayRepeat: () => isRepeatable || !isCommitting });
  }

  /** A connection of its own for work that takes as long as it takes. */
  async alone<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const client = await this.connect();
    try {
      return await work(sessionOn(client));
    } catch (error) {
      throw this.#told(error);
    } finally {
      await endOf(client);
    }
  }

  /** A connection without limits of time, which its user ends with {@link endOf}. */
  async connect(): Promise<Client> {
    this.#check();
    const client = new Client(this.#config({ ...ownSettings, ...withoutLimits, jit: 'off' }));
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      await endOf(client);
      throw this.#told(asThrown(error));
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#current.reading.end(), this.#current.writing.end()]);
  }

  /** On a Citus cluster, a limit of time for locks reaches the workers only if it is set in the transaction, and said to be passed on. */
  get #beginOfWrite(): string {
    const begin = 'BEGIN ISOLATION LEVEL READ COMMITTED';
    if (!this.isOnCitus) return begin;
    return `${begin}; SET LOCAL citus.propagate_set_commands = 'local'; SET LOCAL lock_timeout = ${this.#limits.lockMs}`;
  }

  get #longAnswerMs(): number {
    return this.#limits.statementMs + afterStatementMs;
  }

  #config(settings: Readonly<Record<string, string | number>>): ClientConfig {
    return clientConfig(this.#url, settings, this.#limits.connectMs);
  }

  #retryRead<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const forMs = this.#limits.retryReadMs;
    return this.#retry(() => this.#use('reading', work), { forMs, mayRepeat: () => true });
  }

  async #use<T>(use: Use, work: (client: PoolClient) => Promise<T>): Promise<T> {
    this.#check();
    const pool = this.#current[use];
    const client = await taken(pool);
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      // Whatever has failed on it, a new connection is in a known state; and leads to the new primary after a failover.
      client.release(true);
      if (error instanceof Lost && error.isSilence) this.#renew(use, pool);
      throw error;
    }
  }

  /** Where nobody answers on one connection, the idle ones have nobody at the other end either, and nobody would tell. */
  #renew(use: Use, pool: Pool): void {
    if (this.#isClosed || this.#current[use] !== pool) return;
    this.#current[use] = newPool(this.#pools[use]);
    pool.end().catch(() => {});
  }

  async #retry<T>(attempt: () => Promise<T>, { forMs, mayRepeat }: Retrying): Promise<T> {
    const untilMs = performance.now() + forMs;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        return await attempt();
      } catch (error) {
        const isWorthIt = failureOf(error) === 'again' && performance.now() + pauseMs <= untilMs;
        if (!isWorthIt || !(mayRepeat() || isUndone(error))) throw this.#told(error);
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

/** What a connection is for. */
type Use = 'reading' | 'writing';

function newPool(config: ClientConfig & PoolConfig): Pool {
  const pool = new Pool(config);
  // An idle connection that breaks is dropped by its pool; whoever needs one next is told if there is none to be had.
  pool.on('error', () => {});
  // One that breaks at work fails the work. It is an event besides, which would end the process if nobody listened.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

interface Retrying {
  readonly forMs: number;
  /** Whether it may be done again where nobody knows whether it was done. */
  readonly mayRepeat: () => boolean;
}

/** What the database, or the login, may have been set to differently. */
const ownSettings = { bytea_output: 'hex' };
const withoutLimits = {
  statement_timeout: 0,
  lock_timeout: 0,
  idle_in_transaction_session_timeout: 0,
  idle_session_timeout: 0,
};

const settingsOf = ({ statementMs, lockMs }: Limits) => ({
  ...ownSettings,
  statement_timeout: statementMs,
  lock_timeout: lockMs,
  idle_in_transaction_session_timeout: idleInTransactionMs,
  client_connection_check_interval: keepAliveAfterMs,
  // Its compiling takes longer than the statements do.
  jit: 'off',
});

/** Settings are sent with the start of the connection, so that no statement ever runs without them. */
function clientConfig(
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

/** Ends a connection, whether or not the server says goodbye too. */
export async function endOf(client: Client): Promise<void> {
  const waiting = new AbortController();
  await Promise.race([
    client.end().catch(() => {}),
    sleep(endMs, undefined, { signal: waiting.signal }).catch(() => {}),
  ]);
  waiting.abort();
  client.connection.stream.destroy();
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

interface Transaction<T> {
  readonly begin: string;
  readonly work: (session: Session) => Promise<T>;
  readonly beginMs: number;
  readonly answerMs: number;
  readonly onCommit?: () => void;
}

async function inTransaction<T>(client: PoolClient, transaction: Transaction<T>): Promise<T> {
  const { begin, work, beginMs, answerMs, onCommit = () => {} } = transaction;
  const session = sessionOn(client, { answerMs });
  // Sent together with the first statements of the work; that it is not answered tells of a server that hangs long before they would.
  const [, result] = await Promise.all([
    sessionOn(client, { answerMs: beginMs, isSmall: true }).exec(begin),
    work(session),
  ]);
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

interface Patience {
  /** How long a statement may be without an answer; 0 for no limit. */
  readonly answerMs?: number;
  /** Whether any server answers it at once. */
  readonly isSmall?: boolean;
}

function sessionOn(client: Client | PoolClient, { answerMs = 0, isSmall = false }: Patience = {}): Session {
  const limit = { query_timeout: answerMs };
  let first: unknown = null;
  // Of statements that were sent together, those after the one that has failed only say that one has; and may be heard first.
  const thrownFor = (error: unknown): unknown => {
    first ??= asThrown(error, { isSmall });
    return isConsequence(error) ? first : asThrown(error, { isSmall });
  };
  const rows = async (text: string, parameters: readonly Parameter[]): Promise<QueryResult<Row>> => {
    const query = { ...limit, name: nameOf(text), text, values: [...parameters] };
    try {
      return await client.query<Row>(query);
    } catch (error) {
      throw thrownFor(error);
    }
  };
  return {
    rows: async (sql, ...parameters) => (await rows(sql, parameters)).rows,
    run: async (sql, ...parameters) => (await rows(sql, parameters)).rowCount ?? 0,
    async lists(text, ...parameters) {
      const query = { ...limit, name: nameOf(text), text, values: [...parameters], rowMode: 'array' as const };
      try {
        return (await client.query(query)).rows;
      } catch (error) {
        throw thrownFor(error);
      }
    },
    async exec(text) {
      const query = { ...limit, text };
      try {
        await client.query(query);
      } catch (error) {
        throw thrownFor(error);
      }
    },
  };
}
