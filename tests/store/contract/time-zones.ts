import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call.ts';
import { firstInstantMsOf } from '../../../src/domain/retention.ts';
import type { User } from '../../../src/store/access-store.ts';
import type { Recompute } from '../../../src/store/call-store.ts';
import { type Store, StoreUnavailable } from '../../../src/store/store.ts';
import type { ChunkSize } from '../../../src/store/transfer-store.ts';
import { callWith, visit } from '../../data/calls.ts';
import { calendarOf } from '../../data/rollup-rows.ts';
import { everyRowOf } from '../every-row.ts';
import { daysOfNumber, daysOfOwner, recompute, record, recorded, senderOf } from '../recorded-calls.ts';
import { addColleague, addUser, closeStore, freshStore, nowMs, openFor, type Subject } from '../subject.ts';

const phone = '+16173990000';
/** 2018-02-07, on which {@link callWith} starts at 15:20 UTC. */
const day = 17_569;
const auckland = 'Pacific/Auckland';

const few: ChunkSize = { documents: 3, bytes: 1_000_000 };
const mostOfTest: ChunkSize = { documents: 500, bytes: 1_000_000 };

/** The user as the account is when it has another time zone. */
const movedTo = (user: User, timeZone: string): User => ({ ...user, account: { ...user.account, timeZone } });
const recordedFor = ({ account }: User, call: Call) => recorded(call, calendarOf(account.timeZone));

/** Counts to the end; returns how far each step has come. */
async function recountAll(store: Store, { account }: User, most = few) {
  const steps: { readonly documents: number; readonly total: number }[] = [];
  for (;;) {
    const step = await store.calls.recountNext(account.accountId, recompute, most);
    if (step === null) return steps;
    steps.push({ documents: step.documents, total: step.total });
  }
}

const callOf = (number: number, fields: Partial<Call> = {}) =>
  callWith({
    id: `c-${number}`,
    caller: `+1617555${1000 + (number % 7)}`,
    callerRegion: 'US-MA',
    events: [{ kind: 'log' }, visit('a/b/c')],
    ...fields,
  });

const numbered = (count: number) => Array.from({ length: count }, (_, index) => index);

export function timeZoneContract(subject: Subject): void {
  async function accountWith(store: Store, calls: readonly Call[]): Promise<User> {
    const ann = await addUser(store);
    await record(
      store,
      senderOf(ann),
      calls.map((call) => recordedFor(ann, call)),
    );
    return ann;
  }

  describe('the time zone of an account', () => {
    it('can be changed, and is then that of all its users, and of no other account', async () => {
      const { store } = subject;
      const [ann, zoe] = [await addUser(store), await addUser(store)];
      const bob = await addColleague(store, ann);
      expect(await store.accounts.setTimeZone(ann.account.accountId, auckland)).toBe(true);
      expect(await store.accounts.findUser('dev', ann.login)).toEqual(movedTo(ann, auckland));
      expect(await store.accounts.findUser('dev', bob.login)).toEqual(movedTo(bob, auckland));
      expect(await store.accounts.findUser('dev', zoe.login)).toEqual(zoe);
      expect(await store.accounts.list()).toContainEqual(movedTo(ann, auckland).account);
      expect(await store.accounts.setTimeZone(ann.account.accountId, auckland)).toBe(false);
      expect(await recountAll(store, ann)).toEqual([]);
    });

    it('that is the same changes nothing', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(store, [callOf(1)]);
      expect(await store.accounts.setTimeZone(ann.account.accountId, ann.account.timeZone)).toBe(false);
      expect(await store.calls.recounts()).toEqual([]);
      expect(await store.calls.recountNext(ann.account.accountId, recompute)).toBe(null);
    });
  });

  describe('a batch for another time zone than that of its account', () => {
    it('is not written, also where others of the same moment are', async () => {
      const { store, database } = await freshStore(subject);
      const ann = await accountWith(store, [callOf(1)]);
      const other = await openFor(database);
      await store.accounts.setTimeZone(ann.account.accountId, auckland);
      const now = movedTo(ann, auckland);
      const reject = { document: Buffer.from('{'), callId: null, path: '', error: 'x' };
      const late = { calls: [recordedFor(ann, callOf(2, { phone: '+1999' }))], rejects: [reject] };
      const timely = { calls: [recordedFor(now, callOf(3))], rejects: [], timeZone: auckland };
      for (const each of [store, other]) {
        const outcomes = await Promise.all([
          each.calls.record(senderOf(ann), { ...late, timeZone: ann.account.timeZone }, nowMs),
          each.calls.record(senderOf(now), timely, nowMs),
        ]);
        expect(outcomes).toEqual([
          { ok: false, error: { kind: 'zoneChanged' } },
          { ok: true, value: [each === store ? 'stored' : 'unchanged'] },
        ]);
      }
      expect(await store.calls.count()).toBe(2);
      expect((await store.numbers.list(ann.account.accountId)).map((number) => number.phone)).toEqual([phone]);
      expect(await store.rejects.list({ accountId: null, afterId: 0, limit: 10 })).toEqual([]);
    });
  });

  describe('counting anew', () => {
    it('moves calls to the days of the new zone, a few at a time, while others stay where they were', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(
        store,
        numbered(7).map((number) => callOf(number)),
      );
      const zoe = await accountWith(store, [callOf(1)]);
      const { accountId } = ann.account;
      await store.accounts.setTimeZone(accountId, auckland);
      const now = movedTo(ann, auckland);
      expect(await store.calls.recounts()).toEqual([{ account: now.account, documents: 0, total: 0 }]);
      const step = await store.calls.recountNext(accountId, recompute, few);
      expect(step).toEqual({ account: now.account, documents: 3, total: 7 });
      expect(await store.calls.recounts()).toEqual([step]);
      const counted = (calls: number) => ({ calls, log_events: calls, form_items: calls });
      const half = { [day]: counted(4), [day + 1]: counted(3) };
      expect([await daysOfOwner(store, ann), await daysOfNumber(store, ann, phone)]).toEqual([half, half]);
      expect(await recountAll(store, ann)).toEqual([{ documents: 6, total: 7 }]);
      expect(await daysOfOwner(store, ann)).toEqual({ [day + 1]: counted(7) });
      expect(await daysOfOwner(store, zoe)).toEqual({ [day]: counted(1) });
      expect(await store.calls.recounts()).toEqual([]);
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 8, differences: 0, recounting: [] });
    });

    it('takes some hundreds at a time, and fewer of large ones', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(
        store,
        numbered(1100).map((number) => callOf(number)),
      );
      await store.accounts.setTimeZone(ann.account.accountId, auckland);
      const sizes = [];
      for (;;) {
        const step = await store.calls.recountNext(ann.account.accountId, recompute);
        if (step === null) break;
        sizes.push(step.documents);
      }
      expect(sizes).toEqual([500, 1000]);
      const application = 'y'.repeat(300_000);
      const zoe = await accountWith(
        store,
        numbered(4).map((number) => callOf(number, { application })),
      );
      await store.accounts.setTimeZone(zoe.account.accountId, auckland);
      const steps = await recountAll(store, zoe, { documents: 10, bytes: 1_500_000 });
      expect(steps.map(({ documents }) => documents)).toEqual([2]);
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 1104, differences: 0, recounting: [] });
    });

    it('leaves alone what has come in, or was corrected, by the new zone', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(
        store,
        numbered(6).map((number) => callOf(number)),
      );
      const { accountId } = ann.account;
      const now = movedTo(ann, auckland);
      await store.accounts.setTimeZone(accountId, auckland);
      await store.calls.recountNext(accountId, recompute, few);
      const corrected = [0, 5].map((number) => callOf(number, { revision: 1, events: [] }));
      const sent = [...corrected, callOf(6)].map((call) => recordedFor(now, call));
      expect(await record(store, senderOf(now), sent)).toEqual(['replaced', 'replaced', 'stored']);
      await recountAll(store, ann);
      expect(await daysOfOwner(store, ann)).toEqual({ [day + 1]: { calls: 7, log_events: 5, form_items: 5 } });
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });

    it('counts a call once that is corrected while a step is about it', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(
        store,
        numbered(3).map((number) => callOf(number)),
      );
      const { accountId } = ann.account;
      const now = movedTo(ann, auckland);
      await store.accounts.setTimeZone(accountId, auckland);
      const recording: Promise<unknown>[] = [];
      const correcting: Recompute = (account, document, number) => {
        // On another day, and in another number.
        const startedAtMs = Date.UTC(2018, 1, 20);
        const corrected = callOf(1, { revision: 1, startedAtMs, phone: '+16173990001', events: [] });
        if (recording.length === 0) recording.push(record(store, senderOf(now), [recordedFor(now, corrected)]));
        return recompute(account, document, number);
      };
      while ((await store.calls.recountNext(accountId, correcting, few)) !== null);
      expect(await Promise.all(recording)).toEqual([['replaced']]);
      expect(await daysOfOwner(store, ann)).toEqual({
        [day + 1]: { calls: 2, log_events: 2, form_items: 2 },
        [day + 13]: { calls: 1 },
      });
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 3, differences: 0, recounting: [] });
    });

    it.each(['c-0', 'c-8'])('ends with the last zone where that is changed while a step is about %s', async (id) => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(
        store,
        numbered(9).map((number) => callOf(number)),
      );
      const { accountId } = ann.account;
      await store.accounts.setTimeZone(accountId, auckland);
      const changing: Promise<boolean>[] = [];
      const meddling: Recompute = (account, document, number) => {
        if (changing.length === 0 && document.includes(`"${id}"`))
          changing.push(store.accounts.setTimeZone(accountId, 'Pacific/Honolulu'));
        return recompute(account, document, number);
      };
      while ((await store.calls.recountNext(accountId, meddling, few)) !== null);
      expect(await Promise.all(changing)).toEqual([true]);
      // Where that came with the last step, another recount is left.
      await recountAll(store, ann);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 9, log_events: 9, form_items: 9 } });
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 9, differences: 0, recounting: [] });
    });

    it('begins anew where the zone is changed once more, and ends with the last one', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(
        store,
        numbered(9).map((number) => callOf(number)),
      );
      const { accountId } = ann.account;
      for (const timeZone of [auckland, 'Pacific/Honolulu', 'America/New_York', auckland]) {
        await store.accounts.setTimeZone(accountId, timeZone);
        expect(await store.calls.recountNext(accountId, recompute, few)).toMatchObject({ documents: 3, total: 9 });
      }
      expect(await recountAll(store, ann)).toEqual([
        { documents: 6, total: 9 },
        { documents: 9, total: 9 },
      ]);
      expect(await daysOfOwner(store, ann)).toEqual({ [day + 1]: { calls: 9, log_events: 9, form_items: 9 } });
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });

    it('writes nothing of a step that fails, names the call, and goes on where it was', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(
        store,
        numbered(6).map((number) => callOf(number)),
      );
      const { accountId } = ann.account;
      await store.accounts.setTimeZone(accountId, auckland);
      await store.calls.recountNext(accountId, recompute, few);
      const before = await daysOfOwner(store, ann);
      const failing: Recompute = (account, document, number) => {
        if (document.includes('"c-4"')) throw new Error('no such luck');
        return recompute(account, document, number);
      };
      await expect(store.calls.recountNext(accountId, failing, few)).rejects.toThrow(
        `call c-4 of account ${ann.account.name} cannot be read: no such luck`,
      );
      expect(await daysOfOwner(store, ann)).toEqual(before);
      expect(await store.calls.recounts()).toMatchObject([{ documents: 3, total: 6 }]);
      await recountAll(store, ann);
      expect(await daysOfOwner(store, ann)).toEqual({ [day + 1]: { calls: 6, log_events: 6, form_items: 6 } });
    });

    it('goes on in another process, and after the store was closed', async () => {
      const { store, database } = await freshStore(subject);
      const ann = await accountWith(
        store,
        numbered(9).map((number) => callOf(number)),
      );
      await store.accounts.setTimeZone(ann.account.accountId, auckland);
      await store.calls.recountNext(ann.account.accountId, recompute, few);
      await closeStore(store);
      const later = await openFor(database);
      expect(await recountAll(later, ann)).toEqual([
        { documents: 6, total: 9 },
        { documents: 9, total: 9 },
      ]);
      expect((await later.calls.verify(recompute)).differences).toBe(0);
    });
  });

  describe('verify, while an account is counted anew', () => {
    it('compares its sums with what was added, those of others with what the documents say, and tells which it is', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(
        store,
        numbered(6).map((number) => callOf(number)),
      );
      const zoe = await accountWith(store, [callOf(1)]);
      await store.accounts.setTimeZone(ann.account.accountId, auckland);
      const recounting = [movedTo(ann, auckland).account];
      for (let steps = 0; steps < 2; steps += 1) {
        expect(await store.calls.verify(recompute)).toMatchObject({ documents: 7, differences: 0, recounting });
        await store.calls.recountNext(ann.account.accountId, recompute, few);
      }
      const { examples } = await store.calls.verify((account, document, number) =>
        recompute(account, document, number).filter(({ rollup }) => rollup !== 'region_days'),
      );
      expect(examples.map(({ rollup, key }) => [rollup, key[0]])).toEqual([['region_days', zoe.account.accountId]]);
    });
  });

  it('rebuild, while an account is counted anew, counts all of it by the zone of now', async () => {
    const { store } = await freshStore(subject);
    const ann = await accountWith(
      store,
      numbered(9).map((number) => callOf(number)),
    );
    await store.accounts.setTimeZone(ann.account.accountId, auckland);
    await store.calls.recountNext(ann.account.accountId, recompute, few);
    await store.calls.rebuild(recompute);
    const want = { [day + 1]: { calls: 9, log_events: 9, form_items: 9 } };
    expect(await daysOfOwner(store, ann)).toEqual(want);
    await recountAll(store, ann);
    expect(await daysOfOwner(store, ann)).toEqual(want);
    expect(await store.calls.verify(recompute)).toMatchObject({ differences: 0, recounting: [] });
  });

  describe('where documents were dropped', () => {
    /** 2018-03, and the day of UTC on which it begins. */
    const month = 578;
    const monthMs = firstInstantMsOf(month);
    const monthDay = 17_591;
    const hourMs = 3_600_000;
    /** Every five hours, from days before the month until days after its beginning. */
    const startsMs = numbered(40).map((number) => monthMs + (number - 20) * 5 * hourMs);
    const calls = startsMs.map((startedAtMs, number) => callOf(number, { startedAtMs }));
    const dayIn = (timeZone: string, startMs: number) => calendarOf(timeZone).dayAndHourOf(startMs).day;

    it('their calls stay on the days on which they were counted, and all others move', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(store, calls);
      await store.calls.dropBefore(month);
      await store.accounts.setTimeZone(ann.account.accountId, auckland);
      await recountAll(store, ann);
      const want: Record<number, number> = {};
      for (const startMs of startsMs) {
        const on = dayIn(startMs < monthMs ? ann.account.timeZone : auckland, startMs);
        want[on] = (want[on] ?? 0) + 1;
      }
      const found = Object.entries(await daysOfOwner(store, ann)).map(([on, counted]) => [Number(on), counted.calls]);
      expect(Object.fromEntries(found)).toEqual(want);
      const verified = await store.calls.verify(recompute);
      expect(verified).toMatchObject({ documents: 20, differences: 0, comparedFrom: monthDay + 2, recounting: [] });
      const before = await everyRowOf(store, ann, { first: monthDay - 10, last: monthDay + 10 });
      await store.calls.rebuild(recompute);
      expect(await everyRowOf(store, ann, { first: monthDay - 10, last: monthDay + 10 })).toEqual(before);
    });

    it('a later correction takes back exactly what was added, on the first days of the month too', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(store, calls);
      await store.calls.dropBefore(month);
      const now = movedTo(ann, 'Pacific/Honolulu');
      await store.accounts.setTimeZone(ann.account.accountId, now.account.timeZone);
      await recountAll(store, ann);
      const emptied = calls.slice(20).map((call) => recordedFor(now, { ...call, revision: 1, events: [] }));
      expect(new Set(await record(store, senderOf(now), emptied))).toEqual(new Set(['replaced']));
      const logs = Object.values(await daysOfOwner(store, ann)).map((counted) => counted.log_events ?? 0);
      expect(logs.filter((each) => each < 0)).toEqual([]);
      expect(logs.reduce((sum, each) => sum + each, 0)).toBe(20);
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });

    it('so do those that are about to be dropped, where that was interrupted', async () => {
      const { store } = await freshStore(subject);
      const old = numbered(1500).map((number) => callOf(1000 + number, { startedAtMs: monthMs - hourMs }));
      await accountWith(store, [...old, ...calls]);
      const zoe = await accountWith(store, [...old, ...calls]);
      const stop = () => {
        throw new Error('that is enough');
      };
      await expect(store.calls.dropBefore(month, stop)).rejects.toThrow('that is enough');
      expect(await store.calls.count()).toBeGreaterThan(40);
      await store.accounts.setTimeZone(zoe.account.accountId, auckland);
      await recountAll(store, zoe, mostOfTest);
      const today = (await daysOfOwner(store, zoe))[dayIn(zoe.account.timeZone, monthMs - hourMs)];
      const sameDay = startsMs.filter((startMs) => dayIn(zoe.account.timeZone, startMs) === monthDay - 1);
      const moved = sameDay.filter((startMs) => startMs >= monthMs).length;
      expect(today?.calls).toBe(1500 + sameDay.length - moved);
      await store.calls.dropBefore(month);
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 40, differences: 0, recounting: [] });
    });

    it('none are dropped until an account is counted to its end, and then they are', async () => {
      const { store } = await freshStore(subject);
      const ann = await accountWith(store, calls);
      const { accountId, name } = ann.account;
      await store.accounts.setTimeZone(accountId, auckland);
      for (let steps = 0; steps < 2; steps += 1) {
        const dropping = store.calls.dropBefore(month);
        await expect(dropping).rejects.toBeInstanceOf(StoreUnavailable);
        await expect(dropping).rejects.toThrow(
          `no documents can be dropped while figures are counted anew in another time zone: those of account ${name} in ${auckland}`,
        );
        expect(await store.calls.keptFrom()).toBe(null);
        await store.calls.recountNext(accountId, recompute, few);
      }
      await recountAll(store, ann);
      expect(await store.calls.dropBefore(month)).toEqual({ keptFrom: month, documents: 20 });
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });
  });

  it('two processes that count anew at the same time, while calls come in, count each once', async () => {
    const { store, database } = await freshStore(subject);
    const ann = await accountWith(
      store,
      numbered(900).map((number) => callOf(number)),
    );
    const now = movedTo(ann, auckland);
    const stores = [store, await openFor(database)];
    const most = { documents: 20, bytes: 1_000_000 };
    await store.accounts.setTimeZone(ann.account.accountId, auckland);
    const recording = stores.flatMap((each, place) =>
      numbered(60).map((number) => {
        const call = callOf(number * 15 + place, { revision: 1, events: [{ kind: 'log' }] });
        return record(each, senderOf(now), [recordedFor(now, call), recordedFor(now, callOf(2000 + number))]);
      }),
    );
    const recounting = [...stores, ...stores].map(async (each) => {
      while ((await each.calls.recountNext(ann.account.accountId, recompute, most)) !== null);
    });
    await Promise.all([...recording, ...recounting]);
    expect(await store.calls.recounts()).toEqual([]);
    expect(await daysOfOwner(store, ann)).toEqual({ [day + 1]: { calls: 960, log_events: 960, form_items: 840 } });
    expect(await store.calls.verify(recompute)).toMatchObject({ documents: 960, differences: 0, recounting: [] });
  });
}
