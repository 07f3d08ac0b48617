import { setTimeout as sleep } from 'node:timers/promises';
import { type Migrated, type Store, type StoreObserver, StoreUnavailable } from '../store.ts';
import { PostgresAccess } from './access.ts';
import { PostgresAccounts } from './accounts.ts';
import { PostgresCalls } from './calls.ts';
import { Database, type DatabaseOptions, endOf } from './database.ts';
import { PostgresKeys } from './keys.ts';
import { serversLock } from './locks.ts';
import { Memory } from './memory.ts';
import { migrate } from './migrate.ts';
import { Months } from './months.ts';
import { PostgresNumbers } from './numbers.ts';
import { Recorder } from './recorder.ts';
import { PostgresRejects } from './rejects.ts';
import { ServerPresence } from './servers.ts';
import { PostgresSessions } from './sessions.ts';
import { PostgresTokens } from './tokens.ts';
import { PostgresTransfer } from './transfer.ts';
import { Writer } from './writer.ts';

export interface PostgresOptions {
  readonly url: string;
  /** For reading, and as many again for writing. */
  readonly connections: number;
  /** How long whoever asks is kept waiting; tests are less patient. */
  readonly limits?: DatabaseOptions['limits'];
  readonly observer: StoreObserver;
  readonly nowMs: number;
  /** Whether a server is to be seen at work by whoever would change the schema. */
  readonly isServer?: boolean;
  /** Whether no server may be at work, and none start while the store is open. */
  readonly isAlone?: boolean;
  /** Whether to make nothing, and to throw where no store is in the database. */
  readonly mustExist?: boolean;
  /** How long to wait for a database that does not answer yet. */
  readonly waitMs?: number;
  /** Told why, each time before it is tried again. */
  readonly onWait?: (reason: string) => void;
}

const firstPauseMs = 200;
const longestPauseMs = 5000;

/** Opens the store in a PostgreSQL database and brings it to the schema of this program. */
export async function openPostgres(options: PostgresOptions): Promise<Store> {
  const { observer, nowMs, isServer = false, isAlone = false, mustExist = false } = options;
  const database = new Database(options);
  const presence = new ServerPresence(database);
  let letServersIn = async () => {};
  try {
    if (mustExist) await whenThere(() => refuseEmpty(database), options);
    await whenThere(() => migrate(database, nowMs), options);
    if (isServer) await whenThere(() => presence.begin(), options);
    if (isAlone) letServersIn = await keepServersOut(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const memory = new Memory();
  const writer = new Writer(database, memory, observer);
  const months = new Months(database);
  if (isServer) months.keepAhead(nowMs);
  const recorder = new Recorder({ database, memory, months, observer });
  const access = new PostgresAccess(writer);
  return {
    accounts: new PostgresAccounts(writer),
    numbers: new PostgresNumbers(writer),
    keys: new PostgresKeys(writer),
    tokens: new PostgresTokens(writer),
    sessions: new PostgresSessions(writer, access.uses),
    access,
    calls: new PostgresCalls(recorder, writer),
    rejects: new PostgresRejects(writer),
    transfer: new PostgresTransfer(writer, months),
    waitingDocuments: () => recorder.waitingDocuments,
    ping: () => ping(database),
    backup: refuseBackup,
    async close() {
      try {
        await recorder.close();
        await access.save().catch(unlessUnavailable);
      } finally {
        await months.close();
        await presence.end();
        await letServersIn();
        await database.close();
      }
    },
  };
}

async function refuseBackup(): Promise<void> {
  throw new Error(
    'PostgreSQL is backed up with its own tools, pg_dump or pg_basebackup; "voxgauge copy" makes a copy in SQLite',
  );
}

/** Last uses that are lost with a database that is gone only shorten sessions by so much. */
function unlessUnavailable(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error;
}

async function refuseEmpty(database: Database): Promise<void> {
  const [row] = await database.read((session) =>
    session.rows(`SELECT to_regclass('migrations') IS NOT NULL AS is_there`),
  );
  if (row?.['is_there'] !== true) throw new Error(`no store is in the database ${database.where}`);
}

/** Until the returned function is called, or the process ends: a server that starts meanwhile waits for it. */
async function keepServersOut(database: Database): Promise<() => Promise<void>> {
  const client = await database.connect();
  const { rows } = await client.query(`SELECT pg_try_advisory_lock(${serversLock}) AS is_free`);
  if (rows[0]?.is_free === true) return () => endOf(client);
  await endOf(client);
  throw new Error(`servers or another copy work in the database ${database.where}`);
}

/** `voxgauge migrate`: see {@link migrate}. */
export async function migratePostgres(options: Omit<PostgresOptions, 'observer'>): Promise<Migrated> {
  const database = new Database(options);
  try {
    return await whenThere(() => migrate(database, options.nowMs, { isAsked: true }), options);
  } finally {
    await database.close();
  }
}

type Waiting = Pick<PostgresOptions, 'waitMs' | 'onWait'>;

/** A database that starts a little later than whoever needs it is waited for; what waiting does not mend is thrown at once. */
async function whenThere<T>(work: () => Promise<T>, { waitMs = 0, onWait = () => {} }: Waiting): Promise<T> {
  const untilMs = performance.now() + waitMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (!isWorthWaiting(error) || performance.now() + pauseMs > untilMs) throw error;
      onWait(error instanceof Error ? error.message : String(error));
      await sleep(pauseMs);
    }
  }
}

/** A wrong password or name of a database (28…, 3D000) stays wrong. */
function isWorthWaiting(error: unknown): boolean {
  if (!(error instanceof StoreUnavailable)) return false;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? `${cause.code}` : '';
  return !code.startsWith('28') && code !== '3D000';
}

/** A replica after a failover answers, and can write nothing. */
async function ping(database: Database): Promise<void> {
  await database.lookUp(async (session) => {
    const [row] = await session.rows(`SELECT current_setting('transaction_read_only') AS is_read_only`);
    // Thrown here, it ends the connection: the next one may lead to a server that can be written to.
    if (row?.['is_read_only'] === 'on') throw new StoreUnavailable(`the database ${database.where} can only be read`);
  });
}
