import { describe, expect, it } from 'vitest';
import type { User } from '../../../src/store/access-store.ts';
import type { Recompute } from '../../../src/store/call-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { callWith, visit } from '../../data/calls.ts';
import { calendarOf } from '../../data/rollup-rows.ts';
import { daysOfNumber, daysOfOwner, recompute, record, recorded, senderOf } from '../recorded-calls.ts';
import { addUser, freshStore, type Subject } from '../subject.ts';

const phone = '+16173990000';
const day = 17_569;

/** Another definition: days are those of Auckland, and logs count twice. */
const redefined: Recompute = (account, document, number) =>
  recompute({ ...account, timeZone: 'Pacific/Auckland' }, document, number).map((row) =>
    row.rollup === 'number_days' || row.rollup === 'number_hours' || row.rollup === 'application_days'
      ? { ...row, counters: row.counters.map((counter, index) => (index === 5 ? 2 * counter : counter)) }
      : row,
  );

const callOf = (id: string, caller = '+16175550101') =>
  recorded(callWith({ id, caller, callerRegion: 'US-MA', events: [{ kind: 'log' }, visit('a/b/c')] }));

export function recountContract(subject: Subject): void {
  async function storeWithCalls(): Promise<{ readonly store: Store; readonly ann: User }> {
    const { store } = await freshStore(subject);
    const ann = await addUser(store);
    await record(store, senderOf(ann), [callOf('a'), callOf('b', '+16175550102')]);
    return { store, ann };
  }

  describe('verify', () => {
    it('of an empty store finds nothing', async () => {
      const { store } = await freshStore(subject);
      expect(await store.calls.verify(recompute)).toEqual({
        documents: 0,
        rows: 0,
        differences: 0,
        examples: [],
        comparedFrom: null,
        recounting: [],
      });
    });

    it('finds no difference where the sums are what the documents say', async () => {
      const { store } = await storeWithCalls();
      const report = await store.calls.verify(recompute);
      const found = { documents: 2, differences: 0, examples: [], comparedFrom: null, recounting: [] };
      expect(report).toEqual({ ...found, rows: expect.any(Number) });
      expect(report.rows).toBeGreaterThan(5);
    });

    it('names each row that differs, with what is stored and what is expected', async () => {
      const { store, ann } = await storeWithCalls();
      const { accountId } = ann.account;
      const report = await store.calls.verify((account, document, number) =>
        recompute(account, document, number).map((row) =>
          row.rollup === 'region_days' ? { ...row, key: [...row.key.slice(0, 2), 'GB'] } : row,
        ),
      );
      expect({ ...report, rows: 0 }).toEqual({
        documents: 2,
        rows: 0,
        differences: 2,
        comparedFrom: null,
        recounting: [],
        examples: expect.arrayContaining([
          { rollup: 'region_days', key: [accountId, phone, day, 'US-MA'], stored: [2], expected: null },
          { rollup: 'region_days', key: [accountId, phone, day, 'GB'], stored: null, expected: [2] },
        ]),
      });
    });

    it('names the counters of a row that is on both sides', async () => {
      const { store, ann } = await storeWithCalls();
      const { examples } = await store.calls.verify((account, document, number) =>
        recompute(account, document, number).filter(
          (row) => row.rollup !== 'caller_days' || row.key[2] !== '+16175550102',
        ),
      );
      const key = [ann.account.accountId, phone, day, '+16175550102'];
      expect(examples).toEqual([{ rollup: 'caller_days', key, stored: [1], expected: null }]);
      const doubled = await store.calls.verify((account, document, number) =>
        recompute(account, document, number).map((row) =>
          row.rollup === 'region_days' ? { ...row, counters: [3] } : row,
        ),
      );
      expect(doubled.examples).toEqual([
        { rollup: 'region_days', key: [ann.account.accountId, phone, day, 'US-MA'], stored: [2], expected: [6] },
      ]);
    });

    it('counts all rows that differ, and shows a hundred', async () => {
      const { store } = await freshStore(subject);
      const calls = Array.from({ length: 130 }, (_, index) => callOf(`c-${index}`, `+1617555${1000 + index}`));
      await record(store, senderOf(await addUser(store)), calls);
      const report = await store.calls.verify((account, document, number) =>
        recompute(account, document, number).filter((row) => row.rollup !== 'caller_days'),
      );
      expect([report.differences, report.examples.length]).toEqual([130, 100]);
    });

    it('reads each document in the settings of its account', async () => {
      const { store } = await freshStore(subject);
      const [ann, zoe] = [await addUser(store), await addUser(store, { timeZone: 'Pacific/Auckland' })];
      await record(store, senderOf(ann), [callOf('a')]);
      await record(store, senderOf(zoe), [recorded(callWith({ id: 'a' }), calendarOf('Pacific/Auckland'))]);
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });

    it('changes nothing, also where it finds differences', async () => {
      const { store, ann } = await storeWithCalls();
      await store.calls.verify(redefined);
      expect(await daysOfNumber(store, ann, phone)).toEqual({ [day]: { calls: 2, log_events: 2, form_items: 2 } });
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });

    it('sees one moment while calls come in', async () => {
      const { store, ann } = await storeWithCalls();
      const calls = Array.from({ length: 200 }, (_, index) => callOf(`late-${index % 150}`));
      const recording = calls.map((call) => record(store, senderOf(ann), [call]));
      const reports = [await store.calls.verify(recompute), await store.calls.verify(recompute)];
      await Promise.all(recording);
      expect(reports.map(({ differences }) => differences)).toEqual([0, 0]);
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 152, differences: 0 });
    });
  });

  describe('rebuild', () => {
    it('of sums that are right changes nothing', async () => {
      const { store, ann } = await storeWithCalls();
      const before = [await daysOfNumber(store, ann, phone), await daysOfOwner(store, ann)];
      expect(await store.calls.rebuild(recompute)).toEqual({ documents: 2 });
      expect([await daysOfNumber(store, ann, phone), await daysOfOwner(store, ann)]).toEqual(before);
      expect((await store.calls.verify(recompute)).differences).toBe(0);
    });

    it('makes all sums anew, by the definitions of now', async () => {
      const { store, ann } = await storeWithCalls();
      await store.calls.rebuild(redefined);
      const want = { [day + 1]: { calls: 2, log_events: 4, form_items: 2 } };
      expect([await daysOfNumber(store, ann, phone), await daysOfOwner(store, ann)]).toEqual([want, want]);
      expect((await store.calls.verify(redefined)).differences).toBe(0);
      expect((await store.calls.verify(recompute)).differences).toBeGreaterThan(0);
    });

    it('lets a later correction take back what was added by the definitions of the rebuild', async () => {
      const { store, ann } = await storeWithCalls();
      await store.calls.rebuild(redefined);
      const corrected = recorded(callWith({ id: 'a', revision: 1 }), calendarOf('Pacific/Auckland'));
      expect(await record(store, senderOf(ann), [corrected])).toEqual(['replaced']);
      expect(await daysOfNumber(store, ann, phone)).toEqual({ [day + 1]: { calls: 2, log_events: 2, form_items: 1 } });
      expect((await store.calls.verify(redefined)).differences).toBe(0);
    });

    it('reads large documents too, of which few fit into one step', async () => {
      const { store } = await storeWithCalls();
      const application = 'y'.repeat(1_048_576);
      const ann = await addUser(store);
      const calls = Array.from({ length: 20 }, (_, index) => recorded(callWith({ id: `large-${index}`, application })));
      for (const call of calls) await record(store, senderOf(ann), [call, callOf(`small-${call.callId}`)]);
      const before = await daysOfOwner(store, ann);
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 42, differences: 0 });
      expect(await store.calls.rebuild(recompute)).toEqual({ documents: 42 });
      expect(await daysOfOwner(store, ann)).toEqual(before);
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 42, differences: 0 });
    });

    it('between calls that come in loses none of them', async () => {
      const { store, ann } = await storeWithCalls();
      const calls = Array.from({ length: 100 }, (_, index) => callOf(`late-${index}`));
      const recording = calls.map((call) => record(store, senderOf(ann), [call]));
      await store.calls.rebuild(recompute);
      await Promise.all(recording);
      expect(await daysOfOwner(store, ann)).toEqual({ [day]: { calls: 102, log_events: 102, form_items: 102 } });
      expect(await store.calls.verify(recompute)).toMatchObject({ documents: 102, differences: 0 });
    });
  });
}
