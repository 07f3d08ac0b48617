import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallList, CallSummary } from '../../../src/wire/dashboard/calls.ts';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, newOwner, type Owner, pageLoad, take } from '../voicetrends/owner.ts';
import { inOrder, isAskedFor, movesIn, type Query } from './call-model.ts';
import { questions } from './call-questions.ts';
import { phones, randomCalls, randomFrom } from './random-calls.ts';
import { jsonOf, refusalOf, type Visitor, visit } from './visitor.ts';

let server: TestServer;
let owner: Owner;
let visitor: Visitor;
const sent = randomCalls(900, 1);
const days = 'start=2018-02-01&end=2018-02-07';

beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
  owner = await newOwner(server, { calls: sent });
  visitor = await visit(server, owner.user);
});
afterAll(() => server.close());

/** A new minute, so that a test may ask as often as it likes. */
const nextMinute = () => {
  server.clock.nowMs += 60_000;
};

/** All calls of a query, page by page; none may come twice, and a page that is not the last one is full or says how far it has come. */
async function allOf(query: Query, { limit = 200, who = visitor } = {}): Promise<readonly CallSummary[]> {
  const found: CallSummary[] = [];
  let cursor: string | null = null;
  do {
    nextMinute();
    const parameters = new URLSearchParams({ ...query, limit: `${limit}`, ...(cursor === null ? {} : { cursor }) });
    const list: CallList = jsonOf(await who.ask(`/calls?${days}&${parameters}`));
    if (list.next !== null) expect(list.searched_back_to !== null || list.calls.length === limit).toBe(true);
    found.push(...list.calls);
    cursor = list.next;
  } while (cursor !== null);
  return found;
}

const idsOf = async (query: Query, limit = 200) => (await allOf(query, { limit })).map(({ id }) => id);
const expected = (query: Query) => inOrder(sent.filter((each) => isAskedFor(each, query))).map(({ id }) => id);

describe('the list of calls', () => {
  it.each(questions)('has exactly those that are asked for: %j', async (query) => {
    expect(await idsOf(query)).toEqual(expected(query));
  });

  it('is asked for something by most of these', () => {
    const counts = questions.map((query) => expected(query).length);
    expect(counts.filter((count) => count === 0).length).toBe(4);
    expect(counts.filter((count) => count > 0 && count < sent.length).length).toBe(questions.length - 5);
  });

  it('has exactly those that any questions at once ask for', async () => {
    const random = randomFrom(2);
    const sizes: number[] = [];
    for (let round = 0; round < 80; round += 1) {
      const chosen = Array.from(
        { length: 1 + Math.floor(random() * 3) },
        () => questions[Math.floor(random() * questions.length)] ?? {},
      );
      const query: Query = Object.assign({}, ...chosen);
      const want = expected(query);
      sizes.push(want.length);
      expect({ query, ids: await idsOf(query) }).toEqual({ query, ids: want });
    }
    expect(sizes.filter((size) => size > 0).length).toBeGreaterThan(30);
  });

  it.each([1, 7, 50])('misses none in pages of %i', async (limit) => {
    for (const query of [
      { region: 'GB', outcome: 'transfer' },
      { error: 'js', page: 'pay.php' },
      { number: phones[2] ?? '', from: '2018-02-06T05:00:00Z' },
    ]) {
      const want = expected(query);
      expect(want.length).toBeGreaterThan(10);
      expect(await idsOf(query, limit)).toEqual(want);
    }
  });

  it('has no more than is wanted, and says where the next ones are only if there are any', async () => {
    const query = { region: 'GB', outcome: 'transfer' };
    const count = expected(query).length;
    const ask = (limit: number) =>
      visitor.ask(`/calls?${days}&${new URLSearchParams({ ...query, limit: `${limit}` })}`);
    expect(jsonOf<CallList>(await ask(count))).toMatchObject({ next: null, searched_back_to: null });
    const short: CallList = jsonOf(await ask(count - 1));
    expect([short.calls.length, short.searched_back_to, typeof short.next]).toEqual([count - 1, null, 'string']);
    const usual: CallList = jsonOf(await visitor.ask(`/calls?${days}`));
    expect(usual.calls.length).toBe(50);
  });

  it('has one call where its whole id is given, also if others begin with it', async () => {
    const longer = sent.find(({ id }) => /-\d{3}$/.test(id))?.id ?? '';
    const shorter = longer.slice(0, -1);
    const isCall = sent.some(({ id }) => id === shorter);
    expect(await idsOf({ id: longer })).toEqual([longer]);
    expect(await idsOf({ id: shorter })).toEqual(isCall ? [shorter] : expected({ id: shorter }));
    expect(await idsOf({ id: longer, outcome: 'error', until: '2018-02-01T05:00:00Z' })).toEqual([]);
  });

  it('has local days of the account', async () => {
    const ids = async (range: string) => {
      nextMinute();
      const list: CallList = jsonOf(await visitor.ask(`/calls?${range}&limit=200`));
      return list.calls.map(({ id }) => id);
    };
    const within = (first: string, until: string) =>
      inOrder(sent.filter(({ started_at }) => started_at >= first && started_at < until)).map(({ id }) => id);
    expect(await ids('start=2018-02-02&end=2018-02-02')).toEqual(
      within('2018-02-02T05:00:00Z', '2018-02-03T05:00:00Z'),
    );
    expect(await ids('start=2018-02-04&end=2018-02-04')).toEqual([]);
    expect(await ids('start=2018-02-03&end=2018-02-03&from=2018-02-04T05:00:00Z')).toEqual([]);
  });

  it('has what comes in between two pages, or not, and all others once', async () => {
    const late = await newOwner(server, {
      calls: Array.from({ length: 9 }, (_, index) =>
        call({ id: `c-${index}`, started_at: `2018-02-05T1${index}:00:00Z`, ended_at: null }),
      ),
    });
    const who = await visit(server, late.user);
    const first: CallList = jsonOf(await who.ask(`/calls?${days}&limit=4`));
    await take(server, late.key, [
      call({ id: 'new', started_at: '2018-02-06T10:00:00Z', ended_at: null }),
      call({ id: 'old', started_at: '2018-02-02T10:00:00Z', ended_at: null }),
    ]);
    const second: CallList = jsonOf(await who.ask(`/calls?${days}&limit=20&cursor=${first.next}`));
    expect([...first.calls, ...second.calls].map(({ id }) => id)).toEqual([
      'c-8',
      'c-7',
      'c-6',
      'c-5',
      'c-4',
      'c-3',
      'c-2',
      'c-1',
      'c-0',
      'old',
    ]);
  });
});

describe('a figure and the calls behind it', () => {
  const rowsOf = async (query: string): Promise<readonly Readonly<Record<string, string | number>>[]> =>
    jsonOf<{ rows: Record<string, string | number>[] }>(await visitor.ask(`/report?${days}&${query}&limit=1000`)).rows;
  const byId = new Map(sent.map((each) => [each.id, each]));
  const part = (name: string, value: unknown) => (value === '' ? {} : { [name]: `${value}` });

  it('are the same for every link of the flow', async () => {
    const rows = await rowsOf('metrics=moves&by=link');
    expect(rows.length).toBeGreaterThan(200);
    const random = randomFrom(3);
    const some = rows.filter((row) => row['from_page'] === '' || row['to_page'] === '' || random() < 0.25);
    expect(some.length).toBeGreaterThan(100);
    for (const row of some) {
      const node = (end: string) => `${row[`${end}_page`]}/${row[`${end}_form`]}/${row[`${end}_item`]}`;
      const query = {
        application: `${row['application']}`,
        ...part('page', row['from_page']),
        ...part('form', row['from_form']),
        ...part('item', row['from_item']),
        ...part('to_page', row['to_page']),
        ...part('to_form', row['to_form']),
        ...part('to_item', row['to_item']),
      };
      const ids = await idsOf(query);
      const moves = ids
        .flatMap((id) =>
          movesIn(byId.get(id) ?? { ...call(), id, direction: '', application: '', ended_at: null, events: [] }),
        )
        .filter((move) => move === `${node('from')}>${node('to')}`);
      expect({ query, moves: moves.length, idle: ids.length > moves.length }).toEqual({
        query,
        moves: row['moves'],
        idle: false,
      });
    }
  });

  it('are the same by region, application and page', async () => {
    for (const row of await rowsOf('metrics=calls&by=region')) {
      expect((await idsOf({ region: `${row['region']}` })).length).toBe(row['calls']);
    }
    for (const row of await rowsOf('metrics=calls,transfers,js_errors,form_items,page_loads&by=application')) {
      const list = await allOf({ application: `${row['application']}` });
      const sum = (name: 'transfers' | 'js_errors' | 'form_items' | 'page_loads') =>
        list.reduce((total, each) => total + each[name], 0);
      expect([list.length, sum('transfers'), sum('js_errors'), sum('form_items'), sum('page_loads')]).toEqual(
        ['calls', 'transfers', 'js_errors', 'form_items', 'page_loads'].map((name) => row[name]),
      );
    }
  });
});

describe('a call in the list', () => {
  it('is summed up', async () => {
    const visitOf = (item: string, outcome: string) => ({
      type: 'form_item',
      at: 1,
      page: 'https://ivr.example/main.php',
      form: 'menu',
      item,
      outcome,
    });
    const { user } = await newOwner(server, {
      calls: [
        call({
          caller: '(617) 555-0142',
          direction: 'outbound',
          ended_at: '2018-02-07T15:21:00.5Z',
          events: [
            pageLoad(45),
            pageLoad(1500),
            { type: 'js_error', at: 2, message: 'x' },
            { type: 'fetch_error', at: 2, url: 'https://ivr.example/gone' },
            visitOf('one', 'nomatch'),
            visitOf('two', 'filled'),
            { type: 'transfer', at: 3 },
            { type: 'transfer', at: 4, result: 'busy' },
            { type: 'note', at: 5 },
          ],
        }),
        call({
          id: 'c-2',
          caller: 'anonymous',
          started_at: '2018-02-07T15:19:00.25Z',
          ended_at: null,
          end_reason: undefined,
        }),
      ],
    });
    const who = await visit(server, user);
    expect(jsonOf(await who.ask(`/calls?${days}`))).toEqual({
      calls: [
        {
          id: 'c-1',
          number: '+16173990000',
          caller: '+16175550142',
          region: 'US-MA',
          direction: 'outbound',
          application: 'https://ivr.example/start.php',
          started_at: '2018-02-07T10:20:00-05:00',
          duration: 60.5,
          outcome: 'caller_hangup',
          js_errors: 1,
          fetch_errors: 1,
          page_loads: 2,
          slowest_page_load: 1.5,
          form_items: 2,
          transfers: 1,
          last_item: { page: 'main.php', form: 'menu', item: 'two' },
        },
        {
          id: 'c-2',
          number: '+16173990000',
          caller: null,
          region: null,
          direction: 'inbound',
          application: 'https://ivr.example/start.php',
          started_at: '2018-02-07T10:19:00.25-05:00',
          duration: null,
          outcome: 'in_progress',
          js_errors: 0,
          fetch_errors: 0,
          page_loads: 0,
          slowest_page_load: null,
          form_items: 0,
          transfers: 0,
          last_item: null,
        },
      ],
      next: null,
      searched_back_to: null,
    });
  });
});

describe('who sees a number', () => {
  it('sees its calls, and nobody else does', async () => {
    const { account } = owner.user;
    const colleague = await newOwner(server, { account: account.name });
    const theirs = await visit(server, colleague.user);
    const stranger = await visit(server, (await newOwner(server)).user);
    const count = async (who: Visitor, query: Query = {}) => (await allOf(query, { who })).length;
    expect([await count(theirs), await count(stranger)]).toEqual([0, 0]);
    expect(refusalOf(await theirs.ask(`/calls?${days}&number=${phones[0]?.slice(2)}`))).toMatchObject({
      status: 400,
      parameter: 'number',
    });
    await server.store.numbers.share(account.accountId, phones[0] ?? '', colleague.user.userId);
    expect(await count(theirs)).toBe(expected({ number: phones[0] ?? '' }).length);
    expect(await count(theirs, { region: 'GB' })).toBe(expected({ number: phones[0] ?? '', region: 'GB' }).length);
    const hidden = sent.find(({ id, phone }) => phone === phones[1] && /-\d{3}$/.test(id))?.id ?? '';
    expect([
      await count(theirs, { id: hidden }),
      await count(stranger, { id: hidden }),
      await count(visitor, { id: hidden }),
    ]).toEqual([0, 0, 1]);
    await server.store.numbers.unshare(account.accountId, phones[0] ?? '', colleague.user.userId);
  });
});

describe('the whole id of a call that somebody does not see', () => {
  it('is the beginning of others like any text', async () => {
    const { user } = await newOwner(server, { calls: [call({ id: 'x' })] });
    const colleague = await newOwner(server, {
      account: user.account.name,
      calls: [call({ id: 'x-1', phone: '+16173990001' })],
    });
    const who = await visit(server, colleague.user);
    const list: CallList = jsonOf(await who.ask(`/calls?${days}&id=x`));
    expect(list.calls.map(({ id }) => id)).toEqual(['x-1']);
  });
});

describe('a question that cannot be answered', () => {
  it.each([
    ['end=2018-02-07', 'start', 'start is missing; it must be given'],
    ['start=2018-02-30&end=2018-03-01', 'start', 'start must be a day of the calendar'],
    ['start=2018-02-07&end=2018-02-01', 'end', 'end must not be before start, got 2018-02-07 to 2018-02-01'],
    ['start=1900-01-01&end=2018-02-01', 'start', 'must be at most 3660 days'],
    [
      `${days}&from=yesterday`,
      'from',
      'from must be an RFC 3339 instant such as 2018-02-07T10:00:00-05:00, got "yesterday"',
    ],
    [`${days}&until=2018-02-07T10:00:00`, 'until', 'until must be an RFC 3339 instant'],
    [`${days}&outcome=hangup`, 'outcome', 'got "hangup"'],
    [`${days}&error=all`, 'error', 'error must be one of any, js, fetch, got "all"'],
    [`${days}&item_outcome=done`, 'item_outcome', 'got "done"'],
    [`${days}&slower_than=-1`, 'slower_than', 'slower_than must be a number, got "-1"'],
    [`${days}&limit=0`, 'limit', 'limit must be >= 1, got 0'],
    [`${days}&limit=201`, 'limit', 'limit must be <= 200, got 201'],
    [`${days}&limit=ten`, 'limit', 'limit must be a whole number, got "ten"'],
    [`${days}&caller=nobody`, 'caller', 'caller must have digits, got "nobody"'],
    [`${days}&number=12`, 'number', 'number must be a number that you own or that is shared with you, got "12"'],
    [`${days}&page=`, 'page', 'page must be not empty, got ""'],
    [`${days}&pages=x`, 'pages', 'pages is no parameter of the list of calls; its parameters are start, end, '],
    [`${days}&id=a&id=b`, 'id', 'id must be given once, and was given twice'],
    [
      `${days}&cursor=nonsense`,
      'cursor',
      'cursor must be "next" of an answer to the same question, got "nonsense"; leave it out',
    ],
  ])('says what is wrong with it: %s', async (query, parameter, detail) => {
    nextMinute();
    const refused = refusalOf(await visitor.ask(`/calls?${query}`));
    expect(refused).toMatchObject({ status: 400, code: 'badRequest', parameter });
    expect(refused.detail).toContain(detail);
  });

  it('has the cursor of another one', async () => {
    const { next }: CallList = jsonOf(await visitor.ask(`/calls?${days}&limit=5`));
    expect((await visitor.ask(`/calls?${days}&limit=9&cursor=${next}`)).status).toBe(200);
    expect(refusalOf(await visitor.ask(`/calls?${days}&limit=5&outcome=error&cursor=${next}`)).parameter).toBe(
      'cursor',
    );
  });
});
