import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Store, StoreObserver } from '../store.ts';
import { SqliteAccess } from './access.ts';
import { SqliteAccounts } from './accounts.ts';
import { SqliteCalls } from './calls.ts';
import { Connection } from './connection.ts';
import { SqliteKeys } from './keys.ts';
import { Memory } from './memory.ts';
import { migrate } from './migrate.ts';
import { SqliteNumbers } from './numbers.ts';
import { SqliteRejects } from './rejects.ts';
import { SqliteSessions } from './sessions.ts';
import { SqliteTokens } from './tokens.ts';
import { SqliteTransfer } from './transfer.ts';
import { Writer } from './writer.ts';

export interface SqliteOptions {
  /** Made when it does not exist. */
  readonly folder: string;
  readonly observer: StoreObserver;
  readonly nowMs: number;
  /** Whether the caller holds the folder's lock, as a server does: see {@link lockForServer}. */
  readonly isLocked?: boolean;
  /** Whether to make nothing, and to throw where there is no database. */
  readonly mustExist?: boolean;
  /** How long another command may take to bring the database to the schema. */
  readonly waitForLockMs?: number;
}

/** Brings the database in a folder to the schema of this program; returns which migrations were missing. */
export function migrateSqlite({
  folder,
  nowMs,
  isLocked = false,
  waitForLockMs = 30_000,
}: Omit<SqliteOptions, 'observer'>): readonly string[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keepServersAway = isLocked ? () => () => {} : () => lockForServer(folder, waitForLockMs);
  return migrate(databasePath(folder), { nowMs, keepServersAway });
}

const databasePath = (folder: string): string => join(folder, 'voxgauge.db');

/** Opens the store in a folder and brings it to the schema of this program. */
export function openSqlite(options: SqliteOptions): Store {
  const { folder, observer, mustExist = false } = options;
  const path = databasePath(folder);
  if (mustExist && !existsSync(path)) throw new Error('there is no database in it');
  migrateSqlite(options);
  const reader = new Connection(path, 'read');
  const memory = new Memory(reader);
  const writer = new Writer(path, {
    committed(commit) {
      memory.forget();
      observer.committed(commit);
    },
  });
  const access = new SqliteAccess(reader, writer, memory);
  return {
    accounts: new SqliteAccounts(reader, writer),
    numbers: new SqliteNumbers(reader, writer, memory),
    keys: new SqliteKeys(reader, writer),
    tokens: new SqliteTokens(reader, writer, memory),
    sessions: new SqliteSessions({ reader, writer, memory, uses: access.uses }),
    access,
    calls: new SqliteCalls(path, reader, writer),
    rejects: new SqliteRejects(reader, writer),
    transfer: new SqliteTransfer(reader, writer),
    waitingDocuments: () => writer.waitingDocuments,
    async ping() {
      reader.get('SELECT 1');
      writer.check();
    },
    backup: async (target) => backUp(reader, target),
    async close() {
      try {
        await access.save();
      } finally {
        await writer.close();
        reader.close();
      }
    },
  };
}

/** VACUUM INTO reads one moment and lets writers go on; the copy is on the disk when this returns. */
function backUp(reader: Connection, target: string): void {
  if (existsSync(target)) throw new Error(`${target} exists; name a file that does not`);
  // For its owner only, from the first byte on: it has numbers of callers in it.
  const file = openSync(target, 'wx', 0o600);
  try {
    reader.run('VACUUM INTO ?', target);
    fsyncSync(file);
  } catch (error) {
    rmSync(target);
    throw error;
  } finally {
    closeSync(file);
  }
}

/**
 * Holds the folder for one server until the returned function is called, or the process ends in whatever way.
 * null when another server holds it. Other commands do not need it: they may work while the server runs.
 */
export function lockForServer(folder: string, waitMs = 0): (() => void) | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, 'server.lock'), { timeout: waitMs });
  try {
    // The operating system gives the file lock back when the process ends, so it cannot go stale.
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return () => lock.close();
  } catch (error) {
    lock.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === 5) return null;
    throw error;
  }
}
