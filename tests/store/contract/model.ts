import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call.ts';
import { contributions } from '../../../src/domain/contribution.ts';
import { callCounters } from '../../../src/domain/rollups.ts';
import type { RecordOutcome } from '../../../src/store/call-store.ts';
import { anyCall, phones } from '../../data/calls.ts';
import { propertyRuns } from '../../data/property-runs.ts';
import { newYork } from '../../data/rollup-rows.ts';
import { type Counted, daysOfNumber, daysOfOwner, recompute, record, recorded, senderOf } from '../recorded-calls.ts';
import { addColleague, addUser, type Subject } from '../subject.ts';

type Step =
  | { readonly kind: 'record'; readonly calls: readonly Call[]; readonly sender: number; readonly isStrict: boolean }
  | { readonly kind: 'give'; readonly phone: string; readonly to: number }
  | { readonly kind: 'rebuild' };

const sender = fc.nat({ max: 1 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      calls: fc.array(anyCall, { maxLength: 5 }),
      sender,
      isStrict: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('give' as const), phone: fc.constantFrom(...phones), to: sender }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'rebuild' as const }) },
);

/** What a store does, in the simplest way: it keeps the documents, and counts when it is asked. */
class Model {
  readonly #documents = new Map<string, Call>();
  readonly #owners = new Map<string, number>();

  record(call: Call, { sender, isStrict }: { readonly sender: number; readonly isStrict: boolean }): RecordOutcome {
    if (isStrict && !this.#owners.has(call.phone)) return 'unknownNumber';
    const old = this.#documents.get(call.id);
    if (old !== undefined && call.revision < old.revision) return 'stale';
    if (!this.#owners.has(call.phone)) this.#owners.set(call.phone, sender);
    if (JSON.stringify(old) === JSON.stringify(call)) return 'unchanged';
    this.#documents.set(call.id, call);
    return old === undefined ? 'stored' : 'replaced';
  }

  give(phone: string, to: number): void {
    if (this.#owners.has(phone)) this.#owners.set(phone, to);
  }

  ofNumber = (phone: string) => this.#days((call) => call.phone === phone);
  ofOwner = (owner: number) => this.#days((call) => this.#owners.get(call.phone) === owner);

  #days(isMeant: (call: Call) => boolean): Readonly<Record<number, Counted>> {
    const days = new Map<number, Record<string, number>>();
    for (const call of [...this.#documents.values()].filter(isMeant)) {
      const row = contributions(call, newYork).find(({ rollup }) => rollup === 'number_days');
      const { day } = newYork.dayAndHourOf(call.startedAtMs);
      const counted = days.get(day) ?? {};
      for (const [index, counter] of callCounters.entries()) {
        const amount = row?.counters[index] ?? 0;
        if (amount !== 0) counted[counter] = (counted[counter] ?? 0) + amount;
      }
      days.set(day, counted);
    }
    return Object.fromEntries(days);
  }
}

export function modelContract(subject: Subject): void {
  describe('whatever is recorded, given away and rebuilt, in any order', () => {
    it('the store says what counting the documents says', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(anyStep, { maxLength: 12 }), async (steps) => {
          const { store } = subject;
          const ann = await addUser(store);
          const users = [ann, await addColleague(store, ann)];
          const model = new Model();
          for (const step of steps) {
            if (step.kind === 'rebuild') await store.calls.rebuild(recompute);
            if (step.kind === 'give') {
              await store.numbers.give(ann.account.accountId, step.phone, users[step.to]?.userId ?? 0);
              model.give(step.phone, step.to);
            }
            if (step.kind === 'record') {
              const from = senderOf(users[step.sender] ?? ann, step.isStrict);
              const outcomes = await record(
                store,
                from,
                step.calls.map((call) => recorded(call)),
              );
              expect(outcomes).toEqual(step.calls.map((call) => model.record(call, step)));
            }
          }
          for (const phone of phones) expect(await daysOfNumber(store, ann, phone)).toEqual(model.ofNumber(phone));
          for (const [owner, user] of users.entries())
            expect(await daysOfOwner(store, user)).toEqual(model.ofOwner(owner));
        }),
        propertyRuns(40),
      );
      expect((await subject.store.calls.verify(recompute)).differences).toBe(0);
    });
  });
}
