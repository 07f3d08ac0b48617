import { readdirSync, readFileSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { isIntegerColumn, rollupNames, storedRollup } from '../../src/domain/rollups.ts';
import { lockForServer, openSqlite } from '../../src/store/sqlite/open.ts';
import { insertOlderUsers, olderAdmins } from './older-users.ts';
import { newSqliteDatabase, rawConnection, type SqliteDatabase } from './sqlite-database.ts';
import { closeStore, freshDatabase, openFor } from './subject.ts';

const migrationFolder = new URL('../../src/store/sqlite/migrations/', import.meta.url);

/** A database that a store has been opened on, and closed again. */
async function migratedDatabase(): Promise<{ readonly database: SqliteDatabase; readonly raw: DatabaseSync }> {
  const database = await newSqliteDatabase();
  await freshDatabase(async () => database);
  await closeStore(await openFor(database));
  return { database, raw: rawConnection(database) };
}

/** Everything in the schema as SQLite keeps it, in order of names. */
function schemaOf(raw: DatabaseSync): string {
  const rows = raw.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name').all();
  return rows.map(({ sql }) => `${sql};\n`).join('\n');
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly isKey: boolean;
}

function columnsOf(raw: DatabaseSync, table: string): readonly Column[] {
  return raw
    .prepare('SELECT name, type, "notnull" AS is_required, pk FROM pragma_table_info(?) ORDER BY cid')
    .all(table)
    .map(({ name, type, is_required, pk }) => {
      if (is_required !== 1) throw new Error(`${table}.${name} may be null`);
      return { name: `${name}`, type: `${type}`, isKey: Number(pk) > 0 };
    });
}

describe('the schema', () => {
  it('of a new database is the one that was reviewed', async () => {
    const { raw } = await migratedDatabase();
    await expect(schemaOf(raw)).toMatchFileSnapshot('./sqlite-schema.sql');
  });

  it('stays as it is when the store is opened again', async () => {
    const { database, raw } = await migratedDatabase();
    const before = schemaOf(raw);
    const applied = raw.prepare('SELECT * FROM migrations').all();
    await closeStore(await openFor(database));
    expect(schemaOf(raw)).toBe(before);
    expect(raw.prepare('SELECT * FROM migrations').all()).toEqual(applied);
  });

  it('has a table for every rollup, with the columns of the domain behind the account', async () => {
    const { raw } = await migratedDatabase();
    const found = rollupNames.map((table) => ({ table, columns: columnsOf(raw, table) }));
    const integer = { type: 'INTEGER' };
    const want = rollupNames.map((table) => {
      const { key, counters } = storedRollup(table);
      return {
        table,
        columns: [
          { name: 'account_id', ...integer, isKey: true },
          ...key.map((name) => ({ name, type: isIntegerColumn(name) ? 'INTEGER' : 'TEXT', isKey: true })),
          ...counters.map((name) => ({ name, ...integer, isKey: false })),
        ],
      };
    });
    expect(found).toEqual(want);
  });

  it('has the sums of owners with the counters of the sums of numbers', async () => {
    const { raw } = await migratedDatabase();
    const counters = (table: string) => columnsOf(raw, table).filter(({ isKey }) => !isKey);
    expect(counters('owner_days')).toEqual(counters('number_days'));
    const key = columnsOf(raw, 'owner_days').filter(({ isKey }) => isKey);
    expect(key.map(({ name }) => name)).toEqual(['account_id', 'owner_id', 'day']);
  });
});

describe('migrations', () => {
  const files = readdirSync(migrationFolder)
    .filter((file) => file.endsWith('.sql'))
    .sort();

  it('are numbered without a gap, and say why, what they rewrite and how to undo them', () => {
    expect(files.map((file) => file.slice(0, 5))).toEqual(
      files.map((_, index) => `${String(index + 1).padStart(4, '0')}-`),
    );
    for (const file of files) {
      expect(file).toMatch(/^\d{4}-[a-z0-9-]+\.sql$/);
      const sql = readFileSync(new URL(file, migrationFolder), 'utf8');
      expect(sql).toMatch(/^-- Reason: (.*\n)+?-- Rewrites: .*Undo: /);
    }
  });

  it('are noted in the database by number and name', async () => {
    const { raw } = await migratedDatabase();
    const noted = raw.prepare('SELECT number, name FROM migrations ORDER BY number').all();
    expect(noted.map(({ number, name }) => [number, name])).toEqual(files.map((file, index) => [index + 1, file]));
  });

  it('that are not what they were when they were applied are refused', async () => {
    const { database, raw } = await migratedDatabase();
    raw.exec(`UPDATE migrations SET checksum = 'other' WHERE number = 2`);
    await expect(database.open()).rejects.toThrow(
      `migration ${files[1]} is not the one that made this database; install the version of Voxgauge that did, or restore a backup`,
    );
  });

  it('of a newer program are refused', async () => {
    const { database, raw } = await migratedDatabase();
    const newer = files.length + 1;
    raw.exec(`INSERT INTO migrations VALUES (${newer}, 'of-tomorrow.sql', 'x', 0)`);
    await expect(database.open()).rejects.toThrow(
      `this database has migration ${newer}, and this version of Voxgauge knows ${files.length}; install the newer version again`,
    );
  });

  /** A database as it was before migration 6 and all after it. */
  async function olderDatabase(callers: readonly string[]) {
    const { database, raw } = await migratedDatabase();
    const schema = schemaOf(raw);
    raw.exec('DROP TABLE caller_sets; DROP TABLE odd_callers; DROP INDEX "documents#account_id#stored_at_ms"');
    raw.exec('DROP TABLE retention; DROP TABLE sessions; DROP INDEX "shares#account_id#user_id"');
    raw.exec('DROP INDEX "documents#account_id#phone#started_at_ms#call_id"');
    raw.exec('ALTER TABLE users DROP COLUMN is_admin; ALTER TABLE accounts DROP COLUMN week_start');
    raw.exec('DROP TABLE recounts; ALTER TABLE accounts DROP COLUMN zone_revision');
    raw.exec('ALTER TABLE accounts DROP COLUMN counted_zone_revision');
    raw.exec('ALTER TABLE ingest_keys DROP COLUMN label; ALTER TABLE ingest_keys DROP COLUMN last_used_at_ms');
    raw.exec('DELETE FROM migrations WHERE number >= 6');
    raw.exec(`INSERT INTO accounts (name, time_zone, country, created_at_ms) VALUES ('acme', 'UTC', 'US', 0)`);
    const insert = raw.prepare(`INSERT INTO caller_days VALUES (1, '+16173990000', ?, ?, 1)`);
    for (const [index, caller] of callers.entries()) insert.run(index % 2, caller);
    return { database, raw, schema };
  }

  it('that are missing are applied, and what is there stays', async () => {
    const { database, raw, schema } = await olderDatabase([]);
    const store = await openFor(database);
    expect((await store.accounts.list()).map(({ name }) => name)).toEqual(['acme']);
    expect(schemaOf(raw)).toBe(schema);
  });

  it('make the first user of each account who can log in an administrator, and leave what is there', async () => {
    const { database, raw } = await olderDatabase([]);
    raw.exec('DELETE FROM accounts');
    raw.exec(insertOlderUsers((value) => (value ? '1' : '0')));
    const store = await openFor(database);
    const users = await store.accounts.users();
    expect(users.length).toBe(6);
    expect(users.flatMap(({ login, isAdmin }) => (isAdmin ? [login] : [])).sort()).toEqual(olderAdmins);
    expect((await store.accounts.list()).map(({ weekStart }) => weekStart)).toEqual([1, 1, 1]);
    const kept = { hint: 'vgk_', label: '', createdAtMs: 7, lastUsedAtMs: null, revokedAtMs: null };
    expect(await store.keys.list()).toMatchObject([kept]);
  });

  it('pack the callers that are there, as calls of later on will be', async () => {
    const callers = Array.from({ length: 2600 }, (_, index) => `+1617${2_000_000 + index}`);
    const { database } = await olderDatabase([...callers, '301', '0301', '7'.repeat(30)]);
    const store = await openFor(database);
    const ranges = [
      { first: 0, last: 0 },
      { first: 0, last: 1 },
    ];
    const numbers = { kind: 'one', phone: '+16173990000' } as const;
    const report = await store.calls.report({
      accountId: 1,
      numbers,
      sums: [],
      callers: [{ ranges, by: 'all' }],
      mostRows: 0,
    });
    expect(report.ok && report.value.callers).toEqual([[{ phone: null, callers: [1302, 2603] }]]);
  });

  it('are not applied while a server works on the database, since it would go on as before', async () => {
    const { database } = await olderDatabase([]);
    const release = lockForServer(database.folder);
    expect(release).not.toBe(null);
    expect(() => openSqlite({ ...options(database), waitForLockMs: 0 })).toThrow('stop the server');
    const store = openSqlite({ ...options(database), isLocked: true });
    await store.close();
    release?.();
  });

  const options = ({ folder }: SqliteDatabase) => ({ folder, observer: { committed: () => {} }, nowMs: 0 });
});
