import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../src/store/sqlite/connection.ts';
import { recountWrites } from '../../src/store/sqlite/recount-steps.ts';
import { recountingOf } from '../../src/store/sqlite/time-zones.ts';
import { callWith } from '../data/calls.ts';
import { calendarOf } from '../data/rollup-rows.ts';
import { daysOfOwner, recompute, record, recorded, senderOf } from './recorded-calls.ts';
import { newSqliteDatabase } from './sqlite-database.ts';
import { addUser, freshDatabase, openFor } from './subject.ts';

/** 2018-02-07, on which the call starts in New York and in Honolulu. In Auckland it is the next day. */
const day = 17_569;

const call = callWith({ id: 'c-1' });

/** An account that has been counted anew in Auckland, and is then being counted in Honolulu. */
async function recountedTwice() {
  const database = await newSqliteDatabase();
  await freshDatabase(async () => database);
  const store = await openFor(database);
  const ann = await addUser(store);
  const { accountId } = ann.account;
  await record(store, senderOf(ann), [recorded(call)]);
  await store.accounts.setTimeZone(accountId, 'Pacific/Auckland');
  const connection = new Connection(join(database.folder, 'voxgauge.db'), 'write');
  onTestFinished(() => connection.close());
  recountWrites.beginRecount(connection, accountId, 1, 1);
  const after = recountingOf(connection, accountId)?.begun?.after;
  if (after === undefined) throw new Error('the recount has not begun');
  const { phone, document, applied } = recorded(call, calendarOf('Pacific/Auckland'));
  const place = { after, next: after, isLast: true, documents: 1 };
  const step = { accountId, ...place, recounted: [{ documentId: 1, phone, document, applied }] };
  return { store, ann, connection, step };
}

it('a step that was read for an older time zone is not written, also where the newer one has begun', async () => {
  const { store, ann, connection, step } = await recountedTwice();
  await store.accounts.setTimeZone(ann.account.accountId, 'Pacific/Honolulu');
  expect(recountWrites.recountDocuments(connection, { ...step, zoneRevision: 1 })).toBe(false);
  recountWrites.beginRecount(connection, ann.account.accountId, 2, 1);
  expect(recountWrites.recountDocuments(connection, { ...step, zoneRevision: 1 })).toBe(false);
  // Nor does the older recount begin again.
  recountWrites.beginRecount(connection, ann.account.accountId, 1, 99);
  expect(await store.calls.recounts()).toMatchObject([{ documents: 0, total: 1 }]);
  expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 1 } });
});

it('a step that somebody else has taken is not written again', async () => {
  const { store, ann, connection, step } = await recountedTwice();
  const { storedAtMs } = step.after;
  const first = { ...step, zoneRevision: 1, isLast: false, next: { storedAtMs, documentId: 1 } };
  expect(recountWrites.recountDocuments(connection, first)).toBe(true);
  expect(recountWrites.recountDocuments(connection, first)).toBe(false);
  expect(await store.calls.recounts()).toMatchObject([{ documents: 1, total: 1 }]);
  expect(await store.calls.recountNext(ann.account.accountId, recompute)).toBe(null);
  expect(await daysOfOwner(store, ann)).toEqual({ [day + 1]: { calls: 1 } });
  expect(await store.calls.verify(recompute)).toMatchObject({ differences: 0, recounting: [] });
});
