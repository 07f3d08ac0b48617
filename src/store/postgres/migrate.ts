import { type Migration, refuseNewer, refuseOther } from '../migrations.ts';
import { integer, text } from '../rows.ts';
import type { Migrated } from '../store.ts';
import { distribute, isDistributed, isOnCitus, truncateLocal } from './citus.ts';
import type { Database } from './database.ts';
import { migrationLock, serversLock } from './locks.ts';
import { migrations } from './migrations.ts';
import type { Session } from './session.ts';

/**
 * Brings the database to the schema of this program, one migration a transaction, and distributes its tables where it is a Citus
 * cluster and nobody has written yet, or the others are, or `isAsked`. Processes that start together do it one after the other.
 * Throws when the database was written by a newer program, when an applied migration is not what it was, or when servers of an older
 * version are at work on it: what they go on to write would be as the old schema has it.
 */
export async function migrate(database: Database, nowMs: number, { isAsked = false } = {}): Promise<Migrated> {
  return database.alone(async (session) => {
    await refuseUnfit(session);
    database.isOnCitus = await isOnCitus(session);
    const isWhole = !database.isOnCitus || (await isDistributed(session));
    if (!isAsked && isWhole && (await isUpToDate(session))) return { applied: [], distributed: [] };
    await session.exec(`SELECT pg_advisory_lock(${migrationLock})`);
    await session.exec(createMigrations);
    const missing: Migration[] = [];
    for (const migration of migrations()) if (!(await isApplied(session, migration))) missing.push(migration);
    await refuseOfNewer(session);
    if (missing.length > 0) await keepServersAway(session);
    for (const migration of missing) await apply(session, migration, nowMs);
    const hasNewTables = isWhole && missing.length > 0;
    const isWanted = database.isOnCitus && (isAsked || hasNewTables || (await isEmpty(session)));
    const distributed = isWanted ? await inOne(session, distribute) : [];
    for (const table of distributed) await session.exec(truncateLocal(table));
    return { applied: missing.map(({ name }) => name), distributed };
  });
}

const oldestVersion = 15;

async function refuseUnfit(session: Session): Promise<void> {
  const [row] = await session.rows(selectServer);
  const { version, encoding } = { version: integer(row ?? {}, 'version'), encoding: text(row ?? {}, 'encoding') };
  if (Math.floor(version / 10_000) < oldestVersion) {
    throw new Error(`it is PostgreSQL ${Math.floor(version / 10_000)}; Voxgauge needs ${oldestVersion} or newer`);
  }
  if (encoding !== 'UTF8') {
    throw new Error(`its encoding is ${encoding}; make it with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`);
  }
  if (text(row ?? {}, 'commit') === 'off') {
    throw new Error(
      'synchronous_commit is off in it, so what it acknowledges may be lost; set it to on for this login',
    );
  }
}

/** No account has written yet. */
const isEmpty = async (session: Session): Promise<boolean> =>
  (await session.rows('SELECT account_id FROM tenants LIMIT 1')).length === 0;

const selectServer = `
  SELECT current_setting('server_version_num')::bigint AS version, current_setting('server_encoding') AS encoding,
    current_setting('synchronous_commit') AS commit`;

async function inOne<T>(session: Session, work: (session: Session) => Promise<T>): Promise<T> {
  await session.exec('BEGIN ISOLATION LEVEL READ COMMITTED');
  const result = await work(session);
  await session.exec('COMMIT');
  return result;
}

async function isUpToDate(session: Session): Promise<boolean> {
  const [row] = await session.rows(`SELECT to_regclass('migrations') IS NOT NULL AS is_there`);
  if (row?.['is_there'] !== true) return false;
  for (const migration of migrations()) if (!(await isApplied(session, migration))) return false;
  await refuseOfNewer(session);
  return true;
}

function apply(session: Session, { number, name, sql, checksum }: Migration, nowMs: number): Promise<void> {
  return inOne(session, async () => {
    await session.exec(sql);
    await session.run(insertMigration, number, name, checksum, nowMs);
  });
}

/** For as long as the session lasts: a server that starts meanwhile waits for it. */
async function keepServersAway(session: Session): Promise<void> {
  const [row] = await session.rows(`SELECT pg_try_advisory_lock(${serversLock}) AS is_free`);
  if (row?.['is_free'] === true) return;
  throw new Error('servers of an older version work in it; stop them all, run this again, and start the new ones');
}

/** Throws when the migration of this number is another one. */
async function isApplied(session: Session, migration: Migration): Promise<boolean> {
  const [applied] = await session.rows('SELECT checksum FROM migrations WHERE number = $1', migration.number);
  if (applied === undefined) return false;
  refuseOther(migration, text(applied, 'checksum'));
  return true;
}

async function refuseOfNewer(session: Session): Promise<void> {
  const [row] = await session.rows('SELECT coalesce(max(number), 0) AS newest FROM migrations');
  refuseNewer(integer(row ?? {}, 'newest'), migrations().length);
}

const createMigrations = `
  CREATE TABLE IF NOT EXISTS migrations (
    number bigint PRIMARY KEY,
    name text COLLATE "C" NOT NULL,
    checksum text COLLATE "C" NOT NULL,
    applied_at_ms bigint NOT NULL
  )`;
const insertMigration = 'INSERT INTO migrations (number, name, checksum, applied_at_ms) VALUES ($1, $2, $3, $4)';
