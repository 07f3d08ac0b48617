import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isIntegerColumn, rollupNames, storedRollup } from '../../src/domain/rollups.ts';
import { serversLock } from '../../src/store/postgres/locks.ts';
import { migrations } from '../../src/store/postgres/migrations.ts';
import { migratePostgres, openPostgres } from '../../src/store/postgres/open.ts';
import type { Store } from '../../src/store/store.ts';
import { newPostgresDatabase, type PostgresDatabase } from '../postgres/database.ts';
import { insertOlderUsers, olderAdmins } from './older-users.ts';
import { columnsOf, primaryKeysOf, schemaOf } from './postgres-catalog.ts';
import { addUser, closeStore, nowMs, openFor } from './subject.ts';

const folderOf = (engine: string) => new URL(`../../src/store/${engine}/migrations/`, import.meta.url);

const filesOf = (engine: string): readonly string[] =>
  readdirSync(folderOf(engine))
    .filter((file) => file.endsWith('.sql'))
    .sort();

const files = filesOf('postgres');

async function emptyDatabase(): Promise<PostgresDatabase> {
  const database = await newPostgresDatabase();
  onTestFinished(() => database.remove());
  return database;
}

/** A database that a store has been opened on, and closed again. */
async function migratedDatabase(): Promise<PostgresDatabase> {
  const database = await emptyDatabase();
  await closeStore(await openFor(database));
  return database;
}

const options = ({ url }: PostgresDatabase) => ({ url, connections: 1, observer: { committed: () => {} }, nowMs });

/** A server at work, until it is closed or the test ends. */
async function startServer(database: PostgresDatabase): Promise<Store> {
  const store = await openPostgres({ ...options(database), isServer: true });
  onTestFinished(() => closeStore(store));
  return store;
}

const notedIn = (database: PostgresDatabase) =>
  database.run('SELECT number::integer, name, applied_at_ms FROM migrations ORDER BY number');

describe('the schema', () => {
  it('of a new database is the one that was reviewed', async () => {
    await expect(await schemaOf(await migratedDatabase())).toMatchFileSnapshot('./postgres-schema.sql');
  });

  it('stays as it is when the store is opened again', async () => {
    const database = await migratedDatabase();
    const [before, applied] = [await schemaOf(database), await notedIn(database)];
    await closeStore(await openFor(database));
    expect(await schemaOf(database)).toBe(before);
    expect(await notedIn(database)).toEqual(applied);
  });

  it('has a table for every rollup, with the columns of the domain behind the account', async () => {
    const columns = await columnsOf(await migratedDatabase());
    const found = rollupNames.map((name) => ({
      table: name,
      columns: columns
        .filter(({ table }) => table === name)
        .map(({ name, type, isNullable }) => `${name} ${type}${isNullable ? '' : ' NOT NULL'}`),
    }));
    const want = rollupNames.map((table) => {
      const { key, counters } = storedRollup(table);
      return {
        table,
        columns: [
          'account_id bigint NOT NULL',
          ...key.map((column) => `${column} ${isIntegerColumn(column) ? 'bigint' : 'text'} NOT NULL`),
          ...(key.includes('application') ? ['key_hash uuid NOT NULL'] : []),
          ...counters.map((counter) => `${counter} bigint NOT NULL`),
        ],
      };
    });
    expect(found).toEqual(want);
  });

  it('has the keys of the domain, with a hash in the place of names that may be too long for an index', async () => {
    const keys = await primaryKeysOf(await migratedDatabase());
    const found = rollupNames.map((table) => ({ table, key: [...(keys.get(table) ?? [])].sort() }));
    const want = rollupNames.map((table) => {
      const { key } = storedRollup(table);
      const short = key.filter((column) => column === 'phone' || isIntegerColumn(column));
      return { table, key: ['account_id', ...(key.includes('application') ? [...short, 'key_hash'] : key)].sort() };
    });
    expect(found).toEqual(want);
  });

  it('has the sums of owners with the counters of the sums of numbers', async () => {
    const database = await migratedDatabase();
    const [columns, keys] = [await columnsOf(database), await primaryKeysOf(database)];
    const counters = (name: string) =>
      columns
        .filter(({ table }) => table === name)
        .map(({ name, type }) => `${name} ${type}`)
        .slice(keys.get(name)?.length);
    expect(counters('owner_days')).toEqual(counters('number_days'));
    expect(keys.get('owner_days')).toEqual(['account_id', 'owner_id', 'day']);
  });

  it('compares text byte by byte, whatever the collation of the database is', async () => {
    const columns = await columnsOf(await migratedDatabase());
    const texts = columns.filter(({ collation }) => collation !== null);
    expect(texts.length).toBeGreaterThan(30);
    expect(texts.filter(({ collation }) => collation !== 'C')).toEqual([]);
  });
});

/** A database as it was before all migrations but the first few. */
async function olderDatabase(applied: number): Promise<PostgresDatabase> {
  const database = await emptyDatabase();
  await database.run(`CREATE TABLE migrations (
    number bigint PRIMARY KEY, name text COLLATE "C" NOT NULL, checksum text COLLATE "C" NOT NULL,
    applied_at_ms bigint NOT NULL)`);
  for (const { number, name, sql, checksum } of migrations().slice(0, applied)) {
    await database.run(sql);
    await database.run(`INSERT INTO migrations VALUES (${number}, '${name}', '${checksum}', 0)`);
  }
  return database;
}

const names = files.map((_, index) => files.slice(index));

describe('migrations', () => {
  it('are numbered without a gap, and say why, what they rewrite and how to undo them', () => {
    expect(files.map((file) => file.slice(0, 5))).toEqual(
      files.map((_, index) => `${String(index + 1).padStart(4, '0')}-`),
    );
    for (const file of files) {
      expect(file).toMatch(/^\d{4}-[a-z0-9-]+\.sql$/);
      const sql = readFileSync(new URL(file, folderOf('postgres')), 'utf8');
      expect(sql).toMatch(/^-- Reason: (.*\n)+?-- Rewrites: .*Undo: /);
    }
  });

  it('have the numbers and names of those of SQLite', () => {
    expect(files).toEqual(filesOf('sqlite'));
  });

  it('are noted in the database by number and name', async () => {
    expect(await notedIn(await migratedDatabase())).toEqual(
      files.map((name, index) => ({ number: index + 1, name, applied_at_ms: String(nowMs) })),
    );
  });

  it('that are not what they were when they were applied are refused', async () => {
    const database = await migratedDatabase();
    await database.run(`UPDATE migrations SET checksum = 'other' WHERE number = 2`);
    await expect(database.open()).rejects.toThrow(
      `migration ${files[1]} is not the one that made this database; install the version of Voxgauge that did, or restore a backup`,
    );
  });

  it('of a newer program are refused', async () => {
    const database = await migratedDatabase();
    const newer = files.length + 1;
    await database.run(`INSERT INTO migrations VALUES (${newer}, 'of-tomorrow.sql', 'x', 0)`);
    await expect(database.open()).rejects.toThrow(
      `this database has migration ${newer}, and this version of Voxgauge knows ${files.length}; install the newer version again`,
    );
  });

  it.each(names)('that are missing from %s on are applied, and the schema is that of a new database', async (first) => {
    const applied = files.indexOf(first);
    const database = await olderDatabase(applied);
    await closeStore(await openFor(database));
    expect(await schemaOf(database)).toBe(await schemaOf(await migratedDatabase()));
    const noted = await notedIn(database);
    expect(noted.map(({ number, name, applied_at_ms }) => ({ number, name, isNew: applied_at_ms !== '0' }))).toEqual(
      files.map((name, index) => ({ number: index + 1, name, isNew: index >= applied })),
    );
  });

  it('that are missing are applied, and what is there stays', async () => {
    const database = await olderDatabase(1);
    await database.run(
      `INSERT INTO accounts (name, time_zone, country, created_at_ms) VALUES ('acme', 'UTC', 'US', 0)`,
    );
    const store = await openFor(database);
    expect((await store.accounts.list()).map(({ name }) => name)).toEqual(['acme']);
  });

  it('make the first user of each account who can log in an administrator, and leave what is there', async () => {
    const database = await olderDatabase(8);
    await database.run(insertOlderUsers(String));
    const store = await openFor(database);
    const users = await store.accounts.users();
    expect(users.length).toBe(6);
    expect(users.flatMap(({ login, isAdmin }) => (isAdmin ? [login] : [])).sort()).toEqual(olderAdmins);
    expect((await store.accounts.list()).map(({ weekStart }) => weekStart)).toEqual([1, 1, 1]);
    const kept = { hint: 'vgk_', label: '', createdAtMs: 7, lastUsedAtMs: null, revokedAtMs: null };
    expect(await store.keys.list()).toMatchObject([kept]);
  });

  it('that fail leave nothing behind, and are applied when what was in their way is gone', async () => {
    const database = await olderDatabase(3);
    const before = await schemaOf(database);
    await database.run('CREATE TABLE quotas (in_the_way bigint)');
    await expect(database.open()).rejects.toThrow('relation "quotas" already exists');
    await database.run('DROP TABLE quotas');
    expect(await schemaOf(database)).toBe(before);
    expect((await notedIn(database)).map(({ name }) => name)).toEqual(files.slice(0, 3));
    await closeStore(await openFor(database));
    expect(await schemaOf(database)).toBe(await schemaOf(await migratedDatabase()));
  });
});

describe('stores that open a database at the same time', () => {
  it.each([0, 3])('do not get in the way of each other while it has %d migrations', async (applied) => {
    const database = applied === 0 ? await emptyDatabase() : await olderDatabase(applied);
    const stores = await Promise.all(Array.from({ length: 6 }, () => openFor(database)));
    const users = await Promise.all(stores.map((store) => addUser(store)));
    expect(new Set(users.map(({ userId }) => userId)).size).toBe(stores.length);
    expect((await notedIn(database)).map(({ name }) => name)).toEqual(files);
  });

  it('may all be servers', async () => {
    const database = await emptyDatabase();
    const servers = await Promise.all(Array.from({ length: 4 }, () => startServer(database)));
    for (const server of servers) await server.ping();
    expect((await notedIn(database)).map(({ name }) => name)).toEqual(files);
  });
});

/** Makes the database one of before the last migration, though servers work on it that know it. */
const forgetLastMigration = (database: PostgresDatabase) =>
  database.run(`DELETE FROM migrations WHERE number = ${files.length}`);

describe('migrations while servers are at work', () => {
  it('are refused, since the servers would go on as before, until the last of them is gone', async () => {
    const database = await migratedDatabase();
    const servers = [await startServer(database), await startServer(database)];
    await forgetLastMigration(database);
    const message = 'servers of an older version work in it; stop them all, run this again, and start the new ones';
    for (const server of servers) {
      await expect(migratePostgres(options(database))).rejects.toThrow(message);
      await expect(database.open()).rejects.toThrow(message);
      await expect(openPostgres({ ...options(database), isServer: true })).rejects.toThrow(message);
      expect((await notedIn(database)).length).toBe(files.length - 1);
      await closeStore(server);
    }
    // Refused by what is in its way now, and by no server: the last migration is there, though not noted.
    const refusal = await migratePostgres(options(database)).catch((error: Error) => error.message);
    expect(refusal).not.toBe(message);
  });

  it('are not refused for servers of another schema of the database, or for what is no server', async () => {
    const [database, other] = [await olderDatabase(files.length - 1), await migratedDatabase()];
    await startServer(other);
    await openFor(other);
    const client = new Client(database.url);
    await client.connect();
    onTestFinished(() => client.end());
    const { applied } = await migratePostgres(options(database));
    expect(applied).toEqual(files.slice(-1));
  });

  it('keep a server that starts meanwhile waiting, and no longer', async () => {
    const database = await migratedDatabase();
    const client = new Client(database.url);
    await client.connect();
    await client.query(`SELECT pg_advisory_lock(${serversLock})`);
    let isStarted = false;
    const starting = startServer(database).then((store) => {
      isStarted = true;
      return store;
    });
    await waitFor(database, selectWaiting);
    expect(isStarted).toBe(false);
    await client.end();
    await (await starting).ping();
  });

  it('are told with their names to whoever asked for them, and with none where none were missing', async () => {
    const database = await emptyDatabase();
    expect((await migratePostgres(options(database))).applied).toEqual(files);
    expect(await migratePostgres(options(database))).toEqual({ applied: [], distributed: [] });
    const server = await startServer(database);
    expect(await migratePostgres(options(database))).toEqual({ applied: [], distributed: [] });
    await server.ping();
  });
});

/** Whoever waits for {@link serversLock}: its two numbers stand in pg_locks without their signs. */
const selectWaiting = `
  SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND objid::bigint = hashtext('servers ' || current_schema())::bigint & 4294967295`;

/** Asks until there is a row. */
async function waitFor(database: PostgresDatabase, sql: string): Promise<void> {
  while ((await database.run(sql)).length === 0);
}
