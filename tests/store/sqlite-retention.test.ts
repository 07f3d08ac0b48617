import { expect, it, onTestFinished } from 'vitest';
import type { Call } from '../../src/domain/call.ts';
import { firstInstantMsOf } from '../../src/domain/retention.ts';
import { callWith } from '../data/calls.ts';
import { calendarOf } from '../data/rollup-rows.ts';
import { recompute, record, recorded, senderOf } from './recorded-calls.ts';
import { newSqliteDatabase, rawConnection } from './sqlite-database.ts';
import { addUser, openFor } from './subject.ts';

/** 2018-03 */
const month = 578;
const dayMs = 86_400_000;

const inUtc = (fields: Partial<Call>) => recorded(callWith(fields), calendarOf('UTC'));

/** A call each day, from ten days before the month to ten days behind. */
async function databaseWithCalls() {
  const database = await newSqliteDatabase();
  onTestFinished(() => database.remove());
  const store = await openFor(database);
  const ann = await addUser(store, { timeZone: 'UTC' });
  const calls = Array.from({ length: 20 }, (_, day) => {
    const startedAtMs = firstInstantMsOf(month) + (day - 10) * dayMs;
    return inUtc({ id: `day-${day}`, caller: '+16175550101', startedAtMs });
  });
  await record(store, senderOf(ann), calls);
  return { database, store, ann, raw: rawConnection(database) };
}

it('damage is found and mended from the third of the month on, and stays where the documents are gone', async () => {
  const { store, raw } = await databaseWithCalls();
  await store.calls.dropBefore(month);
  const tables = ['number_days', 'owner_days', 'caller_days'];
  for (const table of tables) raw.exec(`UPDATE ${table} SET calls = calls + 1`);
  raw.exec(`UPDATE number_hours SET calls = calls + 1; DELETE FROM caller_sets WHERE day % 2 = 0`);
  const { differences, examples } = await store.calls.verify(recompute);
  const days = 8;
  expect(differences).toBe(4 * days + days / 2);
  expect(examples.filter(({ rollup, key }) => rollup === 'caller_sets' && Number(key[2]) < 17_593)).toEqual([]);
  await store.calls.rebuild(recompute);
  expect((await store.calls.verify(recompute)).differences).toBe(0);
  const left = (table: string) => raw.prepare(`SELECT count(*) AS rows FROM ${table} WHERE calls = 2`).get()?.['rows'];
  for (const table of [...tables, 'number_hours']) expect(left(table)).toBe(12);
});

it('documents of the time before count as gone while they are about to go', async () => {
  const { store, ann, raw } = await databaseWithCalls();
  raw.exec(`INSERT INTO retention VALUES (1, ${month})`);
  const later = firstInstantMsOf(month) + dayMs;
  const moved = inUtc({ id: 'day-0', revision: 1, startedAtMs: later });
  expect(await record(store, senderOf(ann), [moved])).toEqual(['tooOld']);
  expect(await store.calls.verify(recompute)).toMatchObject({ documents: 10, differences: 0 });
  expect(await store.calls.rebuild(recompute)).toEqual({ documents: 10 });
  expect(await store.calls.dropBefore(month)).toEqual({ keptFrom: month, documents: 10 });
  expect((await store.calls.verify(recompute)).differences).toBe(0);
});

it('the pages of documents that are gone are written to again', async () => {
  const { store, ann, raw } = await databaseWithCalls();
  const page = 'x'.repeat(8000);
  const many = (name: string, startedAtMs: number) =>
    Array.from({ length: 300 }, (_, index) => inUtc({ id: `${name}-${index}`, application: page, startedAtMs }));
  const pages = () => Number(raw.prepare('PRAGMA page_count').get()?.['page_count']);
  await record(store, senderOf(ann), many('old', firstInstantMsOf(month - 1)));
  const before = pages();
  await store.calls.dropBefore(month);
  await record(store, senderOf(ann), many('new', firstInstantMsOf(month + 1)));
  expect(pages()).toBeLessThan(before * 1.1);
});
