import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../src/domain/call.ts';
import { contributions } from '../../src/domain/contribution.ts';
import { callCounters } from '../../src/domain/rollups.ts';
import type { User } from '../../src/store/access-store.ts';
import type { Batch } from '../../src/store/call-store.ts';
import type { Store } from '../../src/store/store.ts';
import { seededRandom } from '../crash/traffic.ts';
import { callWith, visit } from '../data/calls.ts';
import { addedUp, newYork } from '../data/rollup-rows.ts';
import { newPostgresDatabase, type PostgresDatabase } from '../postgres/database.ts';
import { countedDays, daysOfNumber, daysOfOwner, recompute, recorded, senderOf } from '../store/recorded-calls.ts';
import { addColleague, addUser, nowMs } from '../store/subject.ts';
import { shuffled } from './shuffled.ts';

const phones = ['+16173990000', '+16173990001', '+16173990002'] as const;
const calls = 60;
const lastRevision = 3;

let database: PostgresDatabase;
let stores: readonly Store[];

beforeAll(async () => {
  database = await newPostgresDatabase();
  stores = await Promise.all([database.open(), database.open()]);
});
afterAll(async () => {
  for (const store of stores) await store.close();
  await database.remove();
});

const storeAt = (place: number): Store => {
  const store = stores[place % stores.length];
  if (store === undefined) throw new Error('there is no store');
  return store;
};

/** One version of a call, which follows from the two numbers alone; a correction may move it to another number, day and month. */
function version(number: number, revision: number): Call {
  const startedAtMs = Date.UTC(2018, 0, 29) + number * 7_200_000 + (number % 3 === 0 ? revision * 86_400_000 : 0);
  const places = ['menu', 'menu', 'card', 'menu'].slice(0, (number + revision) % 5);
  const caller = `+1617555${String(number % 7).padStart(4, '0')}`;
  return callWith({
    id: `c-${number}`,
    revision,
    phone: phones[(number + (number % 4 === 0 ? revision : 0)) % phones.length] ?? '',
    startedAtMs,
    ...(number % 5 === 0 ? {} : { caller, callerRegion: 'US-MA' }),
    end: revision === 0 ? null : { reason: 'caller_hangup', durationMs: 1000 * number + revision },
    events: [
      ...places.map((item) => visit(`main.php/form/${item}`)),
      { kind: 'pageLoad', page: 'main.php', durationMs: 10 + revision, isCached: false },
    ],
  });
}

/** All versions of all calls, each twice, in batches of a few, shuffled as the seed has it. */
function batchesOf(seed: number, size: number): readonly Batch[] {
  const random = seededRandom(seed);
  const versions = Array.from({ length: calls * (lastRevision + 1) }, (_, place) =>
    version(place % calls, Math.floor(place / calls)),
  );
  const all = shuffled([...versions, ...versions], random).map((call) => recorded(call));
  return Array.from({ length: Math.ceil(all.length / size) }, (_, place) => ({
    calls: all.slice(place * size, (place + 1) * size),
    rejects:
      place % 10 === 0 ? [{ document: Buffer.from(`{${place % 20}`), callId: null, path: '', error: 'bad' }] : [],
    timeZone: newYork.timeZone,
  }));
}

/** Records batches, some at a time; every one of them must be taken. */
async function recordAll(store: Store, user: User, batches: readonly Batch[], atOnce: number): Promise<void> {
  const waiting = batches[Symbol.iterator]();
  const recordOn = async () => {
    for (const batch of waiting) {
      const outcomes = await store.calls.record(senderOf(user), batch, nowMs);
      expect(outcomes).toMatchObject({ ok: true });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, recordOn));
}

const finalCalls = Array.from({ length: calls }, (_, number) => version(number, lastRevision));

/** What the days of some calls must be, from the calls alone. */
function daysOf(some: readonly Call[]) {
  const rows = addedUp(some.flatMap((call) => contributions(call, newYork)).filter(isDayOfNumber));
  const byDay = Map.groupBy(rows, ({ key: [, day] }) => Number(day));
  const sums = Array.from(byDay, ([day, list]) => ({
    day,
    counters: callCounters.map((_, place) => list.reduce((sum, { counters }) => sum + (counters[place] ?? 0), 0)),
  }));
  return countedDays(sums);
}

const isDayOfNumber = ({ rollup }: { readonly rollup: string }): boolean => rollup === 'number_days';

async function expectRight(user: User): Promise<void> {
  for (const store of stores) {
    for (const phone of phones) {
      expect(await daysOfNumber(store, user, phone)).toEqual(daysOf(finalCalls.filter((call) => call.phone === phone)));
    }
  }
}

describe('two stores on one database', () => {
  it('take the same calls in opposite orders, with different revisions, and agree', async () => {
    const ann = await addUser(storeAt(0));
    const batches = batchesOf(1, 5);
    await Promise.all([recordAll(storeAt(0), ann, batches, 4), recordAll(storeAt(1), ann, batches.toReversed(), 4)]);
    await expectRight(ann);
    expect(await daysOfOwner(storeAt(1), ann)).toEqual(daysOf(finalCalls));
  });

  it('take calls of a number while it goes from hand to hand', async () => {
    const ann = await addUser(storeAt(0));
    const users = [ann, await addColleague(storeAt(1), ann)];
    const { accountId } = ann.account;
    let isOver = false;
    const giveOn = async (store: Store, first: number) => {
      for (let turn = first; !isOver; turn += 1) {
        const { userId } = users[turn % users.length] ?? ann;
        await store.numbers.give(accountId, phones[turn % phones.length] ?? '', userId);
      }
    };
    const giving = [giveOn(storeAt(0), 0), giveOn(storeAt(1), 1)];
    const recording = stores.map((store, place) => recordAll(store, ann, batchesOf(2 + place, 8), 3));
    await Promise.all(recording).finally(() => {
      isOver = true;
    });
    await Promise.all(giving);

    await expectRight(ann);
    const numbers = await storeAt(0).numbers.list(accountId);
    for (const user of users) {
      const owned = new Set(numbers.filter(({ owner }) => owner.userId === user.userId).map(({ phone }) => phone));
      expect(await daysOfOwner(storeAt(1), user)).toEqual(daysOf(finalCalls.filter(({ phone }) => owned.has(phone))));
    }
  });

  it('take calls of many accounts at once, more than there are connections', async () => {
    const users = await Promise.all(Array.from({ length: 12 }, (_, place) => addUser(storeAt(place))));
    await Promise.all(
      users.flatMap((user, place) => [
        recordAll(storeAt(0), user, batchesOf(10 + place, 30), 2),
        recordAll(storeAt(1), user, batchesOf(30 + place, 40), 2),
      ]),
    );
    for (const user of users) {
      expect(await daysOfOwner(storeAt(0), user)).toEqual(daysOf(finalCalls));
    }
  });

  it('make the same user, number and key once', async () => {
    const account = { name: 'twice', timeZone: 'UTC', country: 'US' };
    const user = { tool: 'dev', login: 'twice', passwordHash: 'none', isAdmin: false, account } as const;
    const added = await Promise.all(stores.map((store) => store.accounts.addUser(user, nowMs)));
    expect(added.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    const [ann] = added.flatMap((each) => (each.ok ? [each.value.user] : []));
    if (ann === undefined) throw new Error('nobody was added');
    const adding = stores.map((store) => store.numbers.add(ann.account.accountId, ann.userId, phones[0], nowMs));
    expect((await Promise.all(adding)).toSorted()).toEqual([false, true]);
    const { keyId } = await storeAt(0).keys.add(
      { user: ann, sha256: 'twice', hint: 'vgk_', label: '', isStrict: false },
      nowMs,
    );
    const revoking = stores.map((store) => store.keys.revoke(keyId, nowMs));
    expect((await Promise.all(revoking)).toSorted()).toEqual([false, true]);
  });

  it('have sums that are what the documents say', async () => {
    expect(await storeAt(0).calls.verify(recompute)).toMatchObject({ differences: 0, examples: [] });
    // The same bytes were kept once for each account, however often they came in.
    const [row] = await database.run(
      'SELECT count(*) AS twice FROM (SELECT 1 FROM rejects GROUP BY account_id, document HAVING count(*) > 1) r',
    );
    expect(Number(row?.['twice'])).toBe(0);
  });
});
