import { type Migration, readMigrations, refuseNewer, refuseOther } from '../migrations.ts';
import { integer, text } from '../rows.ts';
import { Connection } from './connection.ts';
import { fillCallerSets } from './migrations/0006-fill-caller-sets.ts';

/** What a migration does besides its file, in the same transaction. */
const codeOf: ReadonlyMap<number, (connection: Connection) => void> = new Map([[6, fillCallerSets]]);

/** The migrations of this program, in order. */
export const migrations = (): readonly Migration[] => readMigrations(new URL('./migrations/', import.meta.url));

export interface Migrating {
  readonly nowMs: number;
  /** Keeps servers away until the returned function is called; null when there is one. */
  readonly keepServersAway: () => (() => void) | null;
}

/**
 * Brings the database file to the schema of this program, one migration a transaction, and makes the file if there is none. Returns
 * the names of those that were missing.
 * Throws when the file was written by a newer program, when an applied migration is not what it was, or when a server is at work on a
 * file that has to be changed: what it goes on to write would be as the old schema has it.
 */
export function migrate(path: string, { nowMs, keepServersAway }: Migrating): readonly string[] {
  const connection = new Connection(path, 'write');
  try {
    connection.db.exec(createMigrations);
    // Every command opens the database, and only one that has something to change needs the locks.
    const missing = migrations().filter((migration) => !isApplied(connection, migration));
    if (missing.length > 0) applyAll(connection, missing, { nowMs, keepServersAway });
    refuseOfNewer(connection);
    return missing.map(({ name }) => name);
  } finally {
    connection.close();
  }
}

function applyAll(connection: Connection, missing: readonly Migration[], { nowMs, keepServersAway }: Migrating): void {
  const release = keepServersAway();
  if (release === null) {
    throw new Error('a server of an older version works in it; stop the server, run this again, and start the new one');
  }
  try {
    for (const migration of missing) connection.transaction('write', () => apply(connection, migration, nowMs));
  } finally {
    release();
  }
}

function apply(connection: Connection, migration: Migration, nowMs: number): void {
  // Another process may have been quicker to get the lock.
  if (isApplied(connection, migration)) return;
  connection.db.exec(migration.sql);
  codeOf.get(migration.number)?.(connection);
  connection.run(insertMigration, migration.number, migration.name, migration.checksum, nowMs);
}

/** Throws when the migration of this number is another one. */
function isApplied(connection: Connection, migration: Migration): boolean {
  const applied = connection.get('SELECT checksum FROM migrations WHERE number = ?', migration.number);
  if (applied === null) return false;
  refuseOther(migration, text(applied, 'checksum'));
  return true;
}

function refuseOfNewer(connection: Connection): void {
  const row = connection.get('SELECT max(number) AS newest FROM migrations') ?? {};
  refuseNewer(integer(row, 'newest'), migrations().length);
}

const createMigrations = `
  CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at_ms INTEGER NOT NULL
  ) STRICT`;
const insertMigration = 'INSERT INTO migrations (number, name, checksum, applied_at_ms) VALUES (?, ?, ?, ?)';
