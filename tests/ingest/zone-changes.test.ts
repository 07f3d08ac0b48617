import { beforeEach, expect, it } from 'vitest';
import { Calendars } from '../../src/ingest/document-reader.ts';
import { Intake } from '../../src/ingest/intake.ts';
import { recomputeWith } from '../../src/ingest/recompute.ts';
import type { Summary } from '../../src/ingest/summary.ts';
import type { User } from '../../src/store/access-store.ts';
import type { Store } from '../../src/store/store.ts';
import { daysOfOwner } from '../store/recorded-calls.ts';
import { newSqliteDatabase } from '../store/sqlite-database.ts';
import { addUser, freshDatabase, nowMs, openFor } from '../store/subject.ts';

/** 2018-02-07. In Auckland, the documents are of the next day. */
const day = 17_569;
const auckland = 'Pacific/Auckland';

const limits = { maxDocumentBytes: 100_000, maxEvents: 10 };
const readPhone = (spelled: string) => ({ number: spelled, region: null });
const calendars = new Calendars();
const recompute = recomputeWith({ calendars, readPhone, ...limits });

const documentOf = (number: number) =>
  JSON.stringify({ id: `c-${number}`, phone: '301', application: 'a', started_at: '2018-02-07T15:00:00Z' });

let store: Store;
let ann: User;
let summaries: Summary[];
let intake: Intake;

beforeEach(async () => {
  store = await openFor(await freshDatabase(newSqliteDatabase));
  ann = await addUser(store);
  summaries = [];
  const onSummary = (summary: Summary) => summaries.push(summary);
  intake = new Intake({ store, calendars, readPhone, nowMs: () => nowMs, ...limits, onSummary });
});

/** With the time zone of the beginning, whatever it is by now. */
const fromAnn = () => ({
  account: ann.account,
  sender: { accountId: ann.account.accountId, userId: ann.userId, isStrict: false },
});

const counted = { replaced: 0, unchanged: 0, stale: 0 };

it('documents that were read for another time zone count by that of now, and each once', async () => {
  await store.accounts.setTimeZone(ann.account.accountId, auckland);
  const sent = `[${documentOf(1)}, {"id": "wrong"}, ${documentOf(2)}]`;
  const taken = await intake.takeJson(sent, fromAnn());
  const rejected = [{ index: 1, id: 'wrong', path: '/phone', error: 'is missing; it must be given' }];
  expect(taken).toEqual({
    ok: true,
    value: { stored: 2, ...counted, rejected: [expect.objectContaining(rejected[0])] },
  });
  expect(summaries).toEqual([expect.objectContaining({ stored: 2 })]);
  expect(await daysOfOwner(store, ann)).toEqual({ [day + 1]: { calls: 2 } });
  expect(await store.rejects.count(ann.account.accountId)).toBe(1);
});

it('a stream goes on where the time zone changes in the middle, again and again', async () => {
  const zones = [auckland, 'Pacific/Honolulu', auckland];
  async function* documents() {
    for (let number = 0; number < 4500; number += 1) {
      const zone = number % 1200 === 700 ? zones.shift() : undefined;
      if (zone !== undefined) await store.accounts.setTimeZone(ann.account.accountId, zone);
      yield documentOf(number);
    }
  }
  const done: number[] = [];
  const taken = await intake.takeStream(documents(), fromAnn(), async (_, documentsDone) => {
    done.push(documentsDone);
  });
  expect(taken).toEqual({ ok: true, value: { stored: 4500, ...counted, rejected: [] } });
  expect(done).toEqual([1000, 2000, 3000, 4000, 4500]);
  while ((await store.calls.recountNext(ann.account.accountId, recompute)) !== null);
  expect(await daysOfOwner(store, ann)).toEqual({ [day + 1]: { calls: 4500 } });
  expect(await store.calls.verify(recompute)).toMatchObject({ documents: 4500, differences: 0, recounting: [] });
});

it('a time zone that changes all the time has the sender try again later', async () => {
  const calls = Object.create(store.calls, {
    record: { value: async () => ({ ok: false, error: { kind: 'zoneChanged' } }) },
  });
  const restless = new Intake({ store: { ...store, calls }, calendars, readPhone, nowMs: () => nowMs, ...limits });
  expect(await restless.takeJson(documentOf(1), fromAnn())).toEqual({
    ok: false,
    error: { kind: 'unavailable', reason: 'the time zone of the account changes all the time' },
  });
});
