import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call.ts';
import type { User } from '../../../src/store/access-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { anyCall, callWith, phones } from '../../data/calls.ts';
import { propertyRuns } from '../../data/property-runs.ts';
import { calendarOf } from '../../data/rollup-rows.ts';
import { everyRowOf } from '../every-row.ts';
import { recompute, record, recorded, senderOf } from '../recorded-calls.ts';
import { addColleague, addUser, freshStore, nowMs, openFor, type Subject } from '../subject.ts';

/** Some days from New York, some hours that are no whole ones, and both sides of the date line. */
const zones = ['America/New_York', 'Pacific/Auckland', 'Pacific/Honolulu', 'Asia/Kathmandu', 'UTC'] as const;

/** Those of nearly all calls of {@link anyCall}. */
const days = { first: 17_820, last: 17_860 } as const;

const movedTo = (user: User, timeZone: string): User => ({ ...user, account: { ...user.account, timeZone } });
const recordedFor = ({ account }: User, call: Call) => recorded(call, calendarOf(account.timeZone));

export function zoneWorldContract(subject: Subject): void {
  describe('whatever is recorded, given away, rebuilt, counted anew and moved to another zone, in any order', () => {
    it('figures are those of an account that had the last zone from the start', async () => {
      const { store, database } = await freshStore(subject);
      const stores = [store, await openFor(database)] as const;
      await fc.assert(
        fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 14 }), async (steps) => {
          const ann = await addUser(store);
          const world = new World(stores, [ann, await addColleague(store, ann)]);
          for (const step of steps) await world.take(step);
          await world.expectFigures();
        }),
        propertyRuns(20),
      );
      expect(await store.calls.verify(recompute)).toMatchObject({ differences: 0, recounting: [] });
    });
  });
}

type Step = { readonly by: 0 | 1 } & (
  | { readonly kind: 'record'; readonly calls: readonly Call[] }
  | { readonly kind: 'zone'; readonly zone: (typeof zones)[number] }
  | { readonly kind: 'recount'; readonly documents: number }
  | { readonly kind: 'give'; readonly phone: string; readonly to: 0 | 1 }
  | { readonly kind: 'rebuild' | 'verify' | 'late' }
);

const by = fc.constantFrom(0 as const, 1 as const);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ by, kind: fc.constant('record' as const), calls: fc.array(anyCall, { maxLength: 7 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ by, kind: fc.constant('give' as const), phone: fc.constantFrom(...phones), to: by }),
  },
  { weight: 3, arbitrary: fc.record({ by, kind: fc.constant('zone' as const), zone: fc.constantFrom(...zones) }) },
  {
    weight: 6,
    arbitrary: fc.record({ by, kind: fc.constant('recount' as const), documents: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ by, kind: fc.constantFrom('rebuild' as const, 'verify' as const, 'late' as const) }),
  },
);

/** An account of two users that two processes work on. */
class World {
  readonly #stores: readonly [Store, Store];
  readonly #calls = new Map<string, Call>();
  #users: readonly [User, User];

  constructor(stores: readonly [Store, Store], users: readonly [User, User]) {
    this.#stores = stores;
    this.#users = users;
  }

  async take(step: Step): Promise<void> {
    const store = this.#stores[step.by];
    const [ann] = this.#users;
    const { accountId, timeZone } = ann.account;
    switch (step.kind) {
      case 'record':
        return this.#record(store, step.calls);
      case 'give':
        return store.numbers.give(accountId, step.phone, this.#users[step.to].userId);
      case 'zone':
        expect(await store.accounts.setTimeZone(accountId, step.zone)).toBe(step.zone !== timeZone);
        this.#users = [movedTo(ann, step.zone), movedTo(this.#users[1], step.zone)];
        return;
      case 'recount':
        await store.calls.recountNext(accountId, recompute, { documents: step.documents, bytes: 1_000_000 });
        return;
      case 'rebuild':
        await store.calls.rebuild(recompute);
        return;
      case 'verify':
        expect((await store.calls.verify(recompute)).differences).toBe(0);
        return;
      case 'late': {
        const batch = { calls: [recorded(callWith({}))], rejects: [], timeZone: 'Europe/London' };
        const outcome = await store.calls.record(senderOf(ann), batch, nowMs);
        expect(outcome).toEqual({ ok: false, error: { kind: 'zoneChanged' } });
        return;
      }
      default:
        step satisfies never;
    }
  }

  async #record(store: Store, calls: readonly Call[]): Promise<void> {
    const [ann] = this.#users;
    const outcomes = await record(
      store,
      senderOf(ann),
      calls.map((call) => recordedFor(ann, call)),
    );
    for (const [place, call] of calls.entries()) {
      if (outcomes[place] !== 'stale') this.#calls.set(call.id, call);
    }
  }

  async expectFigures(): Promise<void> {
    const [store, other] = this.#stores;
    const [ann] = this.#users;
    while ((await store.calls.recountNext(ann.account.accountId, recompute)) !== null);
    const twins = await this.#twins();
    for (const place of [0, 1] as const) {
      expect(await everyRowOf(other, this.#users[place], days)).toEqual(await everyRowOf(store, twins[place], days));
    }
  }

  /** Users of an account that has the same calls, and has had this zone from the start. */
  async #twins(): Promise<readonly [User, User]> {
    const [store] = this.#stores;
    const [ann, bob] = this.#users;
    const twin = await addUser(store, { timeZone: ann.account.timeZone });
    const other = await addColleague(store, twin);
    for (const number of await store.numbers.list(ann.account.accountId)) {
      const { userId } = number.owner.userId === bob.userId ? other : twin;
      await store.numbers.add(twin.account.accountId, userId, number.phone, nowMs);
    }
    const sent = [...this.#calls.values()].map((call) => recordedFor(twin, call));
    await record(store, senderOf(twin), sent);
    return [twin, other];
  }
}
