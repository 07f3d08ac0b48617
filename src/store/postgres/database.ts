import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type ClientConfig, Pool, type PoolClient, type PoolConfig } from 'pg';
import { StoreUnavailable } from '../store.ts';
import {
  clientConfig,
  defaultLimits,
  describe,
  type Limits,
  settingsOf,
  settingsWithoutLimits,
} from './connection-settings.ts';
import { asThrown, failureOf, isUndone, Lost, unavailable } from './failures.ts';
import { inTransaction, type Session, sessionOn } from './session.ts';

export interface DatabaseOptions {
  /** `postgres://login:password@host:port/name`, as libpq understands it. */
  readonly url: string;
  /** Connections for reading, and as many again for writing. */
  readonly connections: number;
  readonly limits?: Partial<Limits> | undefined;
}

/** What a server does not answer at all has failed a little later than what it would have given up itself. */
const afterStatementMs = 2000;
const beforeAnswerMs = 1000;
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
    const client = new Client(this.#config(settingsWithoutLimits));
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

async function taken(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw asThrown(error);
  }
}
