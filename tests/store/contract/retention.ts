import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call.ts';
import type { SumRow } from '../../../src/domain/reports/sums.ts';
import { firstInstantMsOf, printMonth } from '../../../src/domain/retention.ts';
import { rollupNames, storedRollup } from '../../../src/domain/rollups.ts';
import type { User } from '../../../src/store/access-store.ts';
import type { Difference, NumberSet, Recompute } from '../../../src/store/call-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { callWith, phones, visit } from '../../data/calls.ts';
import { calendarOf } from '../../data/rollup-rows.ts';
import { daysOfOwner, recompute, record, recorded, senderOf } from '../recorded-calls.ts';
import { addUser, freshStore, openFor, type Subject } from '../subject.ts';

/** 2018-03, its first day, and the first one that has all its documents in every time zone. */
const month = 578;
const monthDay = 17_591;
const firstWholeDay = monthDay + 2;
const firstWholeHour = firstWholeDay * 86_400;
const monthMs = firstInstantMsOf(month);

const hourMs = 3_600_000;
/** Both are some hours from UTC's days, each to its side, and their days do not end with any day that is dropped. */
const zones = ['Pacific/Auckland', 'Pacific/Honolulu', 'America/New_York'];

/** From before the month until well behind its first days. */
const startsMs = Array.from({ length: 60 }, (_, index) => monthMs + (index - 25) * 5 * hourMs);

function callAt(startedAtMs: number, fields: Partial<Call> = {}): Call {
  const hours = Math.floor(startedAtMs / hourMs);
  return callWith({
    id: `c-${hours}`,
    phone: phones[hours % phones.length] ?? '',
    caller: hours % 4 === 0 ? 'sip:ann' : `+1617555${1000 + (hours % 7)}`,
    callerRegion: 'US-MA',
    startedAtMs,
    end: { reason: 'caller_hangup', durationMs: 30_000 },
    events: [
      { kind: 'log' },
      visit('a/b/c'),
      visit('a/b/c', 'noinput'),
      { kind: 'pageLoad', page: 'a', durationMs: hours % 900, isCached: false },
      { kind: 'jsError', page: 'a' },
    ],
    ...fields,
  });
}

const recordedFor = ({ account }: User, call: Call) => recorded(call, calendarOf(account.timeZone));

/** Another definition: logs count twice. */
const redefined: Recompute = (...document) =>
  recompute(...document).map((row) =>
    ['number_days', 'number_hours', 'application_days'].includes(row.rollup)
      ? { ...row, counters: row.counters.map((counter, index) => (index === 5 ? 2 * counter : counter)) }
      : row,
  );

/** Another one, which moves calls to other days: everybody lives in Auckland. */
const moved: Recompute = (account, ...document) => redefined({ ...account, timeZone: 'Pacific/Auckland' }, ...document);

const inOrder = (rows: readonly SumRow[]) => rows.map((row) => JSON.stringify(row)).sort();
const wholeTime = { first: -1e12, last: 1e12 };

/** Every row of sums of an account, and its distinct callers by day. */
async function figuresOf(store: Store, user: User) {
  const { accountId } = user.account;
  const numbers: NumberSet = { kind: 'owned', ownerId: user.userId };
  const sums = rollupNames.map((rollup) => ({ rollup, by: storedRollup(rollup).key, where: [], ...wholeTime }));
  const days = Array.from({ length: 40 }, (_, index) => ({
    first: monthDay - 20 + index,
    last: monthDay - 20 + index,
  }));
  const callers = [{ by: 'phone' as const, ranges: days }];
  const report = await store.calls.report({ accountId, numbers, sums, callers, mostRows: 100_000 });
  if (!report.ok) throw new Error(report.error.kind);
  return {
    owner: await daysOfOwner(store, user),
    callers: inOrder((report.value.callers[0] ?? []).map((row) => ({ key: [row.phone ?? ''], counters: row.callers }))),
    ...Object.fromEntries(rollupNames.map((rollup, index) => [rollup, inOrder(report.value.sums[index] ?? [])])),
  };
}

const isWhole = ({ rollup, key }: Difference): boolean =>
  Number(key[2]) >= (rollup.endsWith('_hours') ? firstWholeHour : firstWholeDay);

export function retentionContract(subject: Subject): void {
  async function storeWithCalls() {
    const { store, database } = await freshStore(subject);
    const users: User[] = [];
    for (const timeZone of zones) users.push(await addUser(store, { timeZone }));
    for (const user of users) {
      await record(
        store,
        senderOf(user),
        startsMs.map((startMs) => recordedFor(user, callAt(startMs))),
      );
    }
    const figures = () => Promise.all(users.map((user) => figuresOf(store, user)));
    const [ann] = users;
    if (ann === undefined) throw new Error('there are no users');
    return { store, database, users, ann, figures };
  }

  const old = startsMs.filter((startMs) => startMs < monthMs);

  describe('documents', () => {
    it('are all kept at first, and from a month on once those before were dropped', async () => {
      const { store } = await storeWithCalls();
      expect(await store.calls.keptFrom()).toBe(null);
      const documents = old.length * zones.length;
      expect(await store.calls.dropBefore(month)).toEqual({ keptFrom: month, documents });
      expect(await store.calls.keptFrom()).toBe(month);
      expect(await store.calls.count()).toBe((startsMs.length - old.length) * zones.length);
      expect(await store.calls.dropBefore(month)).toEqual({ keptFrom: month, documents: 0 });
    });

    it('that were dropped leave every figure as it was', async () => {
      const { store, figures } = await storeWithCalls();
      const before = await figures();
      await store.calls.dropBefore(month);
      expect(await figures()).toEqual(before);
    });

    it('are never kept again from an earlier month on', async () => {
      const { store } = await storeWithCalls();
      await store.calls.dropBefore(month);
      expect(await store.calls.dropBefore(month - 5)).toEqual({ keptFrom: month, documents: 0 });
      expect(await store.calls.keptFrom()).toBe(month);
      expect((await store.calls.dropBefore(month + 1)).keptFrom).toBe(month + 1);
    });

    it('of an empty store can be dropped', async () => {
      const { store } = await freshStore(subject);
      expect(await store.calls.dropBefore(month)).toEqual({ keptFrom: month, documents: 0 });
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 0, comparedFrom: firstWholeDay });
    });

    it('go on to be dropped where a run was interrupted', async () => {
      const { store, users, figures } = await storeWithCalls();
      for (const user of users) {
        const more = Array.from({ length: 2500 }, (_, index) =>
          recordedFor(user, callAt(monthMs - hourMs, { id: `more-${index}` })),
        );
        await record(store, senderOf(user), more);
      }
      const before = await figures();
      const stop = () => {
        throw new Error('that is enough');
      };
      await expect(store.calls.dropBefore(month, stop)).rejects.toThrow('that is enough');
      expect(await store.calls.keptFrom()).toBe(month);
      const verified = await store.calls.verify(recompute);
      expect(verified).toMatchObject({ documents: (startsMs.length - old.length) * zones.length, differences: 0 });
      await store.calls.rebuild(recompute);
      expect((await store.calls.dropBefore(month)).documents).toBeGreaterThan(0);
      expect(await store.calls.count()).toBe(verified.documents);
      expect(await figures()).toEqual(before);
    });
  });

  describe('a document that is older than those that are kept', () => {
    const reason = {
      path: '/started_at',
      error:
        'must not be before 2018-03, the first month (in UTC) whose calls are kept: the figures of the time before are final',
    };

    it.each([
      { name: 'late', call: callAt(monthMs - 1, { id: 'late' }) },
      { name: 'sent again', call: callAt(old[0] ?? 0) },
      { name: 'corrected', call: callAt(old[0] ?? 0, { revision: 1, events: [] }) },
      {
        name: 'a correction that moves a call back',
        call: callAt(monthMs - 1, { id: callAt(startsMs[50] ?? 0).id, revision: 1 }),
      },
    ])('and $name is kept as a reject, and changes nothing', async ({ call }) => {
      const { store, users, ann, figures } = await storeWithCalls();
      const before = await figures();
      await store.calls.dropBefore(month);
      const stored = await store.calls.count();
      for (const user of users) {
        const sent = recordedFor(user, call);
        expect(await record(store, senderOf(user), [sent])).toEqual(['tooOld']);
        const { accountId } = user.account;
        const rejects = await store.rejects.list({ accountId, afterId: 0, limit: 10 });
        const document = new Uint8Array(Buffer.from(sent.document));
        expect(rejects).toEqual([expect.objectContaining({ ...reason, document, callId: call.id })]);
      }
      expect(await figures()).toEqual(before);
      expect(await store.calls.count()).toBe(stored);
      const inFebruary = await store.calls.find(ann.account.accountId, callAt(startsMs[50] ?? 0).id);
      expect(inFebruary?.revision).toBe(0);
    });

    it('is refused beside others that are taken, and adds no number', async () => {
      const { store, ann } = await storeWithCalls();
      await store.calls.dropBefore(month);
      const calls = [
        callAt(monthMs, { id: 'first' }),
        callAt(monthMs - 1, { id: 'last', phone: '+1999' }),
        callAt(startsMs[50] ?? 0),
        callAt(startsMs[51] ?? 0, { revision: 1 }),
      ];
      const sent = calls.map((call) => recordedFor(ann, call));
      expect(await record(store, senderOf(ann), sent)).toEqual(['stored', 'tooOld', 'unchanged', 'replaced']);
      const numbers = await store.numbers.list(ann.account.accountId);
      expect(numbers.map(({ phone }) => phone)).toEqual([...phones].sort());
      expect(await record(store, senderOf(ann, true), sent.slice(1, 2))).toEqual(['tooOld']);
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });

    it('is refused by other processes too, from the moment on', async () => {
      const { store, database, ann } = await storeWithCalls();
      const other = await openFor(database);
      const sent = [recordedFor(ann, callAt(monthMs - 1, { id: 'late' }))];
      await store.calls.dropBefore(month);
      expect(await record(other, senderOf(ann), sent)).toEqual(['tooOld']);
      expect(await other.calls.keptFrom()).toBe(month);
    });
  });

  describe('verify, where documents were dropped', () => {
    it('finds nothing where nothing is wrong, and says from which day on it has compared', async () => {
      const { store } = await storeWithCalls();
      const all = await store.calls.verify(recompute);
      expect(all).toMatchObject({ differences: 0, comparedFrom: null });
      await store.calls.dropBefore(month);
      const report = await store.calls.verify(recompute);
      expect(report).toMatchObject({ differences: 0, examples: [], comparedFrom: firstWholeDay });
      expect(report.rows).toBeGreaterThan(50);
      expect(report.rows).toBeLessThan(all.rows);
    });

    it('finds what differs in the rows that have all their documents, and in no others', async () => {
      const { store } = await storeWithCalls();
      await store.calls.dropBefore(month);
      const { examples, differences } = await store.calls.verify((account, document, phone) =>
        redefined(account, document, phone).filter(({ rollup }) => rollup !== 'region_days'),
      );
      expect(differences).toBeGreaterThan(30);
      expect(examples.filter((difference) => !isWhole(difference))).toEqual([]);
      const found = new Set(examples.map(({ rollup }) => rollup));
      for (const rollup of ['number_days', 'number_hours']) expect(found).toContain(rollup);
    });
  });

  describe('rebuild, where documents were dropped', () => {
    it.each([
      { name: 'count otherwise', definition: redefined },
      { name: 'move calls to other days', definition: moved },
    ])(
      'makes the rows that have all their documents anew, by definitions that $name, and keeps the others',
      async ({ definition }) => {
        const { store, ann, figures } = await storeWithCalls();
        const before = await figures();
        const days = await daysOfOwner(store, ann);
        await store.calls.dropBefore(month);
        await store.calls.rebuild(definition);
        expect(await store.calls.verify(definition)).toMatchObject({ differences: 0 });
        const now = await daysOfOwner(store, ann);
        for (const [day, counted] of Object.entries(days)) {
          const logs = (counted.log_events ?? 0) * (Number(day) >= firstWholeDay ? 2 : 1);
          // Ann lives in Auckland, by any definition.
          expect({ day, ...now[Number(day)] }).toEqual({ day, ...counted, log_events: logs });
        }
        expect((await store.calls.verify(recompute)).differences).toBeGreaterThan(0);
        await store.calls.rebuild(recompute);
        expect(await figures()).toEqual(before);
      },
    );

    it('of sums that are right changes nothing', async () => {
      const { store, figures } = await storeWithCalls();
      await store.calls.dropBefore(month);
      const before = await figures();
      for (let times = 0; times < 2; times += 1) {
        expect(await store.calls.rebuild(recompute)).toEqual({
          documents: (startsMs.length - old.length) * zones.length,
        });
      }
      expect(await figures()).toEqual(before);
    });

    it('lets a later correction take back what was added, on the first days of the month too', async () => {
      const { store, users } = await storeWithCalls();
      await store.calls.dropBefore(month);
      await store.calls.rebuild(redefined);
      const kept = startsMs.filter((startMs) => startMs >= monthMs);
      for (const user of users) {
        const emptied = kept.map((startMs) => recordedFor(user, callAt(startMs, { events: [], revision: 1 })));
        const outcomes = await record(store, senderOf(user), emptied);
        expect(new Set(outcomes)).toEqual(new Set(['replaced']));
        const logs = Object.values(await daysOfOwner(store, user)).map((day) => day.log_events ?? 0);
        expect(logs.reduce((sum, each) => sum + each, 0)).toBe(old.length);
      }
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });
  });

  it('calls that come in while documents are dropped are all counted, and none of them is lost', async () => {
    const { store, ann } = await storeWithCalls();
    const more = Array.from({ length: 5000 }, (_, index) =>
      recordedFor(ann, callAt(monthMs - hourMs, { id: `more-${index}` })),
    );
    await record(store, senderOf(ann), more);
    const before = await daysOfOwner(store, ann);
    let isDropped = false;
    const steps: number[] = [];
    const dropping = store.calls
      .dropBefore(month, ({ documents }) => steps.push(documents))
      .finally(() => {
        isDropped = true;
      });
    let sent = 0;
    while (!isDropped || sent < 20) {
      const calls = [
        callAt(monthMs + 20 * 24 * hourMs, { id: `new-${sent}` }),
        callAt(monthMs - 1, { id: `late-${sent}` }),
      ];
      const outcomes = await record(
        store,
        senderOf(ann),
        calls.map((call) => recordedFor(ann, call)),
      );
      expect(outcomes[0]).toBe('stored');
      sent += 1;
    }
    const { documents } = await dropping;
    expect(steps).toEqual([...steps].sort((left, right) => left - right));
    expect(documents).toBeGreaterThanOrEqual(more.length);
    const taken = Object.values(await daysOfOwner(store, ann)).reduce((sum, { calls = 0 }) => sum + calls, 0);
    const counted = Object.values(before).reduce((sum, { calls = 0 }) => sum + calls, 0);
    // Late ones of before the month was set were taken and counted, and have gone with the others.
    expect(taken - counted - sent).toBeLessThanOrEqual(sent);
    expect(await store.calls.count()).toBe((startsMs.length - old.length) * zones.length + sent);
    expect((await store.calls.verify(recompute)).differences).toBe(0);
    expect(printMonth(month)).toBe('2018-03');
  });
}
