import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { User } from '../../src/store/access-store.ts';
import { openSqlite } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { callWith } from '../data/calls.ts';
import { daysOfOwner, recompute, record, recorded, senderOf } from './recorded-calls.ts';
import { newSqliteDatabase, type SqliteDatabase } from './sqlite-database.ts';
import { addUser, freshDatabase, nowMs, openFor } from './subject.ts';

const day = 17_569;
const callOf = (id: string | number) => recorded(callWith({ id: `c-${id}` }));
const numbered = (count: number) => Array.from({ length: count }, (_, index) => index);

async function storeWithDatabase(): Promise<{ readonly store: Store; readonly database: SqliteDatabase }> {
  const database = await newSqliteDatabase();
  await freshDatabase(async () => database);
  return { store: await openFor(database), database };
}

const backupPath = ({ folder }: SqliteDatabase, name: string): string => join(folder, `${name}.backup`);

async function openBackup(path: string): Promise<Store> {
  const restored = `${path}-restored`;
  mkdirSync(restored);
  cpSync(path, join(restored, 'voxgauge.db'));
  return openSqlite({ folder: restored, observer: { committed: () => {} }, nowMs });
}

describe('a backup', () => {
  it('is a copy that works', async () => {
    const { store, database } = await storeWithDatabase();
    const ann = await addUser(store);
    await record(store, senderOf(ann), [callOf(1)]);
    const path = backupPath(database, 'copy');
    await store.backup(path);
    await record(store, senderOf(ann), [callOf(2)]);
    const copy = await openBackup(path);
    try {
      expect(await copy.accounts.findUser('dev', ann.login)).toEqual(ann);
      expect(await daysOfOwner(copy, ann)).toEqual({ [day]: { calls: 1 } });
      expect(await record(copy, senderOf(ann), [callOf(1), callOf(3)])).toEqual(['unchanged', 'stored']);
      expect(await copy.calls.verify(recompute)).toMatchObject({ documents: 2, differences: 0 });
    } finally {
      await copy.close();
    }
    expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 2 } });
  });

  it('is of one moment while calls come in', async () => {
    const { store, database } = await storeWithDatabase();
    const ann = await addUser(store);
    await record(store, senderOf(ann), [callOf('first')]);
    const recording = recordMany(store, ann, 300);
    const paths = ['one', 'two'].map((name) => backupPath(database, name));
    for (const path of paths) await store.backup(path);
    await Promise.all(recording);
    const documents: number[] = [];
    for (const path of paths) {
      const copy = await openBackup(path);
      try {
        const report = await copy.calls.verify(recompute);
        expect(report.differences).toBe(0);
        documents.push(report.documents);
      } finally {
        await copy.close();
      }
    }
    expect(documents).toEqual(documents.toSorted((a, b) => a - b));
    expect(documents[0]).toBeGreaterThanOrEqual(1);
    expect(await store.calls.count()).toBe(301);
  });

  it('does not overwrite a file', async () => {
    const { store, database } = await storeWithDatabase();
    const path = backupPath(database, 'copy');
    await store.backup(path);
    await expect(store.backup(path)).rejects.toThrow(`${path} exists`);
  });
});

const recordMany = (store: Store, user: User, count: number) =>
  numbered(count).map((number) => record(store, senderOf(user), [callOf(number)]));
