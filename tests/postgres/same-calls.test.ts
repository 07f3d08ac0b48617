import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questions } from '../http/dashboard/call-questions.ts';
import { randomCalls } from '../http/dashboard/random-calls.ts';
import { jsonOf, type Visitor, visit } from '../http/dashboard/visitor.ts';
import { newOwner } from '../http/voicetrends/owner.ts';
import { type Both, onBoth, type Pair, startPair } from './pair.ts';

/** What is stored in PostgreSQL and in SQLite is found by the same questions, in the same order. */

let pair: Pair;
let visitors: Both<Visitor>;
beforeAll(async () => {
  pair = await startPair();
  const calls = randomCalls(400, 5);
  visitors = await onBoth(pair, async (server) =>
    visit(server, (await newOwner(server, { login: 'plum', calls })).user),
  );
});
afterAll(() => pair.close());

/** All calls of a question, page by page. */
async function idsOf({ ask }: Visitor, query: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const more: Record<string, string> = cursor === '' ? {} : { cursor };
    const parameters = new URLSearchParams({ start: '2018-02-01', end: '2018-02-07', ...query, limit: '70', ...more });
    const list = jsonOf<{ calls: { id: string }[]; next: string | null }>(await ask(`/calls?${parameters}`));
    ids.push(...list.calls.map(({ id }) => id));
    cursor = list.next;
  }
  return ids;
}

describe('the list of calls', () => {
  it.each(questions)('is the same: %j', async (query) => {
    for (const server of [pair.sqlite, pair.postgres]) server.clock.nowMs += 60_000;
    expect(await idsOf(visitors.postgres, query)).toEqual(await idsOf(visitors.sqlite, query));
  });
});

describe('reports of all numbers that a user sees', () => {
  it('are the same, also of shared ones', async () => {
    const colleagues = await onBoth(pair, async (server) => {
      const user = await server.addUser({ login: 'pear', account: 'plum' });
      await server.store.numbers.share(user.account.accountId, '+16173990001', user.userId);
      return visit(server, user);
    });
    for (const query of [
      'metrics=calls,callers&by=number',
      'metrics=moves&by=link',
      'metrics=page_load_p95&period=day',
    ]) {
      const path = `/report?start=2018-02-01&end=2018-02-07&${query}`;
      const answer = await colleagues.sqlite.ask(path);
      expect(answer.text).toContain('2018-02-01T00:00:00-05:00');
      expect((await colleagues.postgres.ask(path)).text).toBe(answer.text);
    }
  });
});
