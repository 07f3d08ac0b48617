import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../../src/domain/call.ts';
import { type CallSearch, type CallsFound, searchCalls } from '../../../src/http/dashboard/call-search.ts';
import type { CallListQuery } from '../../../src/store/call-store.ts';
import { callWith } from '../../data/calls.ts';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, newOwner, type Owner, take } from '../voicetrends/owner.ts';
import { inOrder } from './call-model.ts';
import { randomCalls } from './random-calls.ts';

/** The walk through stored documents, with every budget of time there could be. */

let server: TestServer;
let owner: Owner;
const sent = randomCalls(450, 4);
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
  owner = await newOwner(server, { calls: sent });
});
afterAll(() => server.close());

const instant = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;
const [fromMs, toMs] = [instant('2018-02-01T00:00:00Z'), instant('2018-02-09T00:00:00Z')];

function searchWith(changes: Partial<CallSearch>): CallSearch {
  const { userId, account } = owner.user;
  const read = (record: { readonly callId: string }): Call | null =>
    record.callId.startsWith('a') ? callWith({ id: record.callId }) : null;
  const numbers = { kind: 'visible', userId } as const;
  return { accountId: account.accountId, numbers, spans: [{ fromMs, toMs }], after: null, limit: 10, read, ...changes };
}

/** Goes on until the end; each answer is of so many steps at the most. */
async function walk(steps: number, changes: Partial<CallSearch> = {}) {
  const answers: CallsFound[] = [];
  let after: CallSearch['after'] = null;
  do {
    let left = steps;
    const isSpent = () => {
      left -= 1;
      return left <= 0;
    };
    const found = await searchCalls(searchWith({ ...changes, after }), { store: server.store.calls, isSpent });
    answers.push(found);
    after = found.next;
  } while (after !== null);
  return answers;
}

const idsOf = (answers: readonly CallsFound[]) =>
  answers.flatMap(({ calls }) => calls.map(({ record }) => record.callId));
const wanted = (test: (startMs: number) => boolean) =>
  inOrder(sent.filter(({ id, started_at }) => id.startsWith('a') && test(instant(started_at)))).map(({ id }) => id);

describe('a search', () => {
  it.each([1, 2, 3, 17, 199, 200, 201, 1000])(
    'that has time for %i documents an answer comes to the end, and misses none',
    async (steps) => {
      const answers = await walk(steps);
      expect(idsOf(answers)).toEqual(wanted(() => true));
      expect(answers.at(-1)).toMatchObject({ next: null, searchedBackToMs: null });
      // Each but the last says how far it has come, or has found enough.
      for (const { calls, next, searchedBackToMs } of answers.slice(0, -1)) {
        expect(next).not.toBeNull();
        if (searchedBackToMs === null) expect(calls.length).toBe(10);
        else expect(searchedBackToMs).toBe(next?.startedAtMs);
      }
      if (steps < 3) expect(answers.length).toBeGreaterThan(sent.length / 3);
    },
  );

  it('says that it has found enough only when there is more', async () => {
    const count = wanted(() => true).length;
    const search = { limit: count };
    expect(await walk(10_000, search)).toMatchObject([{ next: null, searchedBackToMs: null }]);
    const [first] = await walk(10_000, { limit: count - 1 });
    expect([first?.calls.length, first?.searchedBackToMs]).toEqual([count - 1, null]);
    expect(first?.next).not.toBeNull();
  });

  it.each([1, 50, 10_000])('walks through spans one after the other, with time for %i documents', async (steps) => {
    const span = (from: string, to: string) => ({ fromMs: instant(from), toMs: instant(to) - 1 });
    const spans = [
      span('2018-02-06T05:00:00Z', '2018-02-07T05:00:00Z'),
      span('2018-02-04T05:00:00Z', '2018-02-05T05:00:00Z'),
      span('2018-02-01T05:00:00Z', '2018-02-02T12:30:00Z'),
    ];
    const isWithin = (atMs: number) => spans.some((each) => each.fromMs <= atMs && atMs <= each.toMs);
    const answers = await walk(steps, { spans });
    expect(wanted(isWithin).length).toBeGreaterThan(30);
    expect(idsOf(answers)).toEqual(wanted(isWithin));
  });

  it('finds nothing where there is nowhere to look', async () => {
    expect(await walk(1, { spans: [] })).toEqual([{ calls: [], next: null, searchedBackToMs: null }]);
  });

  it('reads pages that get longer, and short ones where documents are large', async () => {
    const pagesOf = async ({ user }: Owner) => {
      const limits: number[] = [];
      const { calls } = server.store;
      const store = {
        list: (query: CallListQuery) => {
          limits.push(query.limit);
          return calls.list(query);
        },
      };
      const numbers = { kind: 'visible', userId: user.userId } as const;
      const search = searchWith({ accountId: user.account.accountId, numbers, read: () => null });
      await searchCalls(search, { store, isSpent: () => false });
      return limits;
    };
    expect(await pagesOf(owner)).toEqual([64, 128, 256, 512]);
    const text = 'x'.repeat(300_000);
    const large = Array.from({ length: 70 }, (_, index) =>
      call({ id: `large-${index}`, events: [{ type: 'note', at: 0, text }] }),
    );
    const sender = await newOwner(server);
    for (let index = 0; index < large.length; index += 10)
      await take(server, sender.key, large.slice(index, index + 10));
    expect(await pagesOf(sender)).toEqual([64, 3, 3, 3]);
  });

  it('lets others have their turn', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 0);
    await walk(10_000, { read: () => null });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });
});
