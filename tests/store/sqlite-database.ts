import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import { nowMs, type TestDatabase } from './subject.ts';

export interface SqliteDatabase extends TestDatabase {
  readonly folder: string;
}

/** A SQLite database in a folder of its own. */
export async function newSqliteDatabase(): Promise<SqliteDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'voxgauge-store-'));
  const open: TestDatabase['open'] = async (observer = { committed: () => {} }) =>
    openSqlite({ folder, observer, nowMs });
  return {
    folder,
    open,
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

/** A connection past the store, closed when the test ends. */
export function rawConnection({ folder }: SqliteDatabase): DatabaseSync {
  const connection = new DatabaseSync(join(folder, 'voxgauge.db'));
  onTestFinished(() => connection.close());
  return connection;
}
