import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rollupNames, storedRollup } from '../../src/domain/rollups.ts';
import type { User } from '../../src/store/access-store.ts';
import type { Store } from '../../src/store/store.ts';
import { callWith, visit } from '../data/calls.ts';
import { daysOfOwner, recompute, record, recorded, senderOf } from './recorded-calls.ts';
import { newSqliteDatabase, type SqliteDatabase } from './sqlite-database.ts';
import { addUser } from './subject.ts';

/** A store with calls that have a row in every rollup. Each test leaves it whole. */
let database: SqliteDatabase;
let raw: DatabaseSync;
let store: Store;
let ann: User;

beforeAll(async () => {
  database = await newSqliteDatabase();
  raw = new DatabaseSync(join(database.folder, 'voxgauge.db'));
  store = await database.open();
  ann = await addUser(store);
  const call = callWith({
    caller: '+16175550101',
    callerRegion: 'US-MA',
    end: { reason: 'caller_hangup', durationMs: 60_000 },
    events: [visit('main.php/menu/choice'), { kind: 'pageLoad', page: 'main.php', durationMs: 45, isCached: false }],
  });
  await record(store, senderOf(ann), [recorded(call), recorded({ ...call, id: 'c-2' })]);
});

afterAll(async () => {
  await store.close();
  raw.close();
  await database.remove();
});

/** Packed callers follow their rows, and differ with them. */
const differences = async ({ withSets = false } = {}) => {
  const { differences: count, examples } = await store.calls.verify(recompute);
  expect(examples.length).toBe(count);
  const meant = examples.filter(({ rollup }) => withSets || rollup !== 'caller_sets');
  return meant.map(({ rollup, stored, expected }) => ({ rollup, stored, expected }));
};

const tables = [
  ...rollupNames.map((name) => ({ table: String(name), counter: storedRollup(name).counters[0] ?? '' })),
  { table: 'owner_days', counter: 'calls' },
];

describe('damage to the sums', () => {
  it.each(tables)('of $table is found by verify and repaired by rebuild', async ({ table, counter }) => {
    const before = raw.prepare(`SELECT * FROM ${table}`).all();
    expect(before.length).toBeGreaterThan(0);
    const repaired = async () => {
      await store.calls.rebuild(recompute);
      expect(raw.prepare(`SELECT * FROM ${table}`).all()).toEqual(before);
      expect(await differences({ withSets: true })).toEqual([]);
    };

    raw.exec(`UPDATE ${table} SET ${counter} = ${counter} + 1`);
    const changed = await differences();
    expect(changed.map(({ rollup }) => rollup)).toEqual(before.map(() => table));
    for (const { stored, expected } of changed) {
      expect(stored).toEqual(expected?.map((value, index) => (index === 0 ? value + 1 : value)));
    }
    await repaired();

    raw.exec(`DELETE FROM ${table}`);
    const missing = await differences();
    expect(missing.map(({ rollup, stored }) => [rollup, stored])).toEqual(before.map(() => [table, null]));
    await repaired();

    const moved = table === 'owner_days' ? 'owner_id = owner_id + 1000' : `phone = phone || '0'`;
    raw.exec(`UPDATE ${table} SET ${moved}`);
    const strange = await differences();
    expect(strange.filter(({ expected }) => expected === null).length).toBe(before.length);
    expect(strange.filter(({ stored }) => stored === null).length).toBe(before.length);
    await repaired();
  });

  const anotherCaller = Buffer.from(Float64Array.of(2 * 16_175_550_199).buffer);
  it.each([
    { name: 'a set that is missing', damage: 'DELETE FROM caller_sets', stored: 0 },
    {
      name: 'a caller that is there twice',
      damage: 'INSERT INTO caller_sets SELECT account_id, phone, day, 7, callers FROM caller_sets',
      stored: 2,
    },
    {
      name: 'another caller in the place of one',
      damage: `UPDATE caller_sets SET callers = x'${anotherCaller.toString('hex')}'`,
      stored: 1,
    },
  ])('of packed callers is found by verify and repaired by rebuild: $name', async ({ damage, stored }) => {
    raw.exec(damage);
    const found = await differences({ withSets: true });
    expect(found).toEqual([{ rollup: 'caller_sets', stored: [stored], expected: [1] }]);
    await store.calls.rebuild(recompute);
    expect(await differences({ withSets: true })).toEqual([]);
  });

  it('is not repaired by half: a rebuild that fails changes nothing', async () => {
    const before = await daysOfOwner(store, ann);
    let documents = 0;
    const failing = store.calls.rebuild((account, document, number) => {
      documents += 1;
      if (documents === 2) throw new Error('this document is broken');
      return recompute(account, document, number);
    });
    await expect(failing).rejects.toThrow('this document is broken');
    expect(await daysOfOwner(store, ann)).toEqual(before);
    expect(await differences({ withSets: true })).toEqual([]);
  });

  it('of what a document has added is repaired by rebuild, and the document can be replaced again', async () => {
    raw.exec(`UPDATE documents SET applied = 'nonsense'`);
    const corrected = recorded(callWith({ revision: 1 }));
    await expect(record(store, senderOf(ann), [corrected])).rejects.toThrow();
    await store.calls.rebuild(recompute);
    expect(await record(store, senderOf(ann), [corrected])).toEqual(['replaced']);
    expect(await differences({ withSets: true })).toEqual([]);
    expect(await daysOfOwner(store, ann)).toMatchObject({ 17569: { calls: 2, call_ms: 60_000 } });
  });
});
