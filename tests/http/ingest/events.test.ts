import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, notes } from './call.ts';
import { keptRejects, noSums, type Sums, storedDocuments, sumsOf } from './database.ts';
import { counted, newSender, post } from './post.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

type Event = Readonly<Record<string, unknown>>;
const event = (type: string, fields: Event = {}): Event => ({ type, at: 0, ...fields });
const visit = (item: string, outcome = 'filled'): Event =>
  event('form_item', {
    page: 'main.php',
    form: 'menu',
    item,
    outcome,
    input_mode: 'dtmf',
    confidence: 0.5,
    duration_ms: 9,
  });
const load = (duration_ms: number, fields: Event = {}): Event =>
  event('page_load', { url: 'https://ivr.example/main.php', duration_ms, ...fields });

describe('events count', () => {
  const oneCall = { ...noSums, calls: 1, call_ms: 60_000 };
  const rows: { name: string; events: readonly unknown[]; sums: Partial<Sums> }[] = [
    { name: 'nothing without events', events: [], sums: {} },
    { name: 'a page load', events: [load(45, { cached: false })], sums: { page_loads: 1, page_load_ms: 45 } },
    { name: 'a cached page load', events: [load(2, { cached: true })], sums: { page_loads: 1, page_load_ms: 2 } },
    { name: 'a page load of no time', events: [load(0)], sums: { page_loads: 1 } },
    {
      name: 'a failed fetch, which is no page load',
      events: [
        event('fetch_error', {
          url: 'https://a.example/',
          event: 'error.badfetch.http.404',
          status: 404,
          message: 'x',
        }),
      ],
      sums: { fetch_errors: 1 },
    },
    {
      name: 'an error of a script',
      events: [event('js_error', { url: 'https://a.example/', line: 3, message: 'x is not defined' })],
      sums: { js_errors: 1 },
    },
    ...['filled', 'nomatch', 'noinput', 'transfer', 'disconnect'].map((outcome) => ({
      name: `a visit that ends in ${outcome}`,
      events: [visit('choice', outcome)],
      sums: { form_items: 1 },
    })),
    {
      name: 'loops',
      events: ['a', 'a', 'a', 'b', 'a', 'a'].map((item) => visit(item)),
      sums: { form_items: 6, loops: 3 },
    },
    {
      name: 'a transfer without a result, which is completed',
      events: [event('transfer', { to: '+12125550199', duration_ms: 30_000 })],
      sums: { transfers: 1, transfer_ms: 30_000, transferred_calls: 1 },
    },
    {
      name: 'two completed transfers of one call',
      events: [1_000, 2_000].map((duration_ms) => event('transfer', { to: 'x', duration_ms, result: 'completed' })),
      sums: { transfers: 2, transfer_ms: 3_000, transferred_calls: 1 },
    },
    ...['busy', 'noanswer', 'failed'].map((result) => ({
      name: `no transfer that is ${result}`,
      events: [event('transfer', { to: '+12125550199', duration_ms: 5_000, result })],
      sums: {},
    })),
    { name: 'a log', events: [event('log', { label: 'a', message: 'b' })], sums: { log_events: 1 } },
    { name: 'no note', events: [event('note', { anything: [1, null, { at: 'all' }], type2: 5 })], sums: {} },
    { name: 'no unknown type', events: [event('hologram', { duration_ms: -5, outcome: 7 })], sums: {} },
    {
      name: 'no unknown field',
      events: [load(45, { ttfb_ms: -3, log: 'x' })],
      sums: { page_loads: 1, page_load_ms: 45 },
    },
    {
      name: 'events whenever they happened',
      events: [load(45, { at: '2018-02-07T10:00:01.5-05:00' }), load(45, { at: 1_500 }), load(45, { at: 0.5 })],
      sums: { page_loads: 3, page_load_ms: 135 },
    },
    {
      name: '10,000 events',
      events: [...notes(9_999), event('log')],
      sums: { log_events: 1 },
    },
  ];
  it.each(rows)('$name', async ({ events, sums }) => {
    const sender = await newSender(server);
    const text = JSON.stringify(call({ events }));
    expect((await post(server, sender.key, text)).json).toEqual(counted({ stored: 1 }));
    expect(sumsOf(server.folder, sender.accountId)).toEqual({ ...oneCall, ...sums });
    expect(storedDocuments(server.folder, sender.accountId)).toEqual([{ id: 'c-1', revision: 0, document: text }]);
  });
});

describe('a bad event rejects its document', () => {
  const rows = [
    { name: 'null', event: null, path: '', error: /must be .*object.*got null/ },
    { name: 'text', event: 'log', path: '', error: /must be .*object.*got "log"/ },
    { name: 'an array', event: [], path: '', error: /must be .*object.*got an? array/ },
    { name: 'no type', event: { at: 0 }, path: '/type', error: /must be/ },
    { name: 'a type that is no string', event: { at: 0, type: 5 }, path: '/type', error: /must be .*string.*got 5/ },
    { name: 'no time', event: { type: 'log' }, path: '/at', error: /must be/ },
    { name: 'no time of an unknown type', event: { type: 'hologram' }, path: '/at', error: /must be/ },
    {
      name: 'a time of null',
      event: event('log', { at: null }),
      path: '/at',
      error: /must be .*number.*string.*got null/,
    },
    {
      name: 'a time in words',
      event: event('note', { at: 'noon' }),
      path: '/at',
      error: /must be .*RFC 3339.*got "noon"/,
    },
    {
      name: 'a time of a day',
      event: event('log', { at: '2018-02-07' }),
      path: '/at',
      error: /must be .*RFC 3339.*got "2018-02-07"/,
    },
    { name: 'a negative duration', event: load(-4), path: '/duration_ms', error: /^must be >= 0, got -4$/ },
    {
      name: 'a duration in quotes',
      event: event('page_load', { url: 'x', duration_ms: '45' }),
      path: '/duration_ms',
      error: /must be .*got "45"/,
    },
    {
      name: 'a duration of null',
      event: event('page_load', { url: 'x', duration_ms: null }),
      path: '/duration_ms',
      error: /must be .*got null/,
    },
    {
      name: 'cached in words',
      event: load(4, { cached: 'yes' }),
      path: '/cached',
      error: /must be .*(boolean|true).*got "yes"/,
    },
    { name: 'a URL that is no string', event: load(4, { url: 5 }), path: '/url', error: /must be .*string.*got 5/ },
    {
      name: 'an unknown outcome',
      event: visit('a', 'maybe'),
      path: '/outcome',
      error: /must be .*filled.*disconnect.*got "maybe"/,
    },
    {
      name: 'an unknown input mode',
      event: { ...visit('a'), input_mode: 'touch' },
      path: '/input_mode',
      error: /must be .*voice.*dtmf.*got "touch"/,
    },
    {
      name: 'a confidence over 1',
      event: { ...visit('a'), confidence: 1.5 },
      path: '/confidence',
      error: /must be .*1.*got 1\.5/,
    },
    {
      name: 'a confidence under 0',
      event: { ...visit('a'), confidence: -0.1 },
      path: '/confidence',
      error: /must be .*0.*got -0\.1/,
    },
    {
      name: 'a confidence in words',
      event: { ...visit('a'), confidence: 'high' },
      path: '/confidence',
      error: /must be .*got "high"/,
    },
    {
      name: 'an item that is no string',
      event: { ...visit('a'), item: 5 },
      path: '/item',
      error: /must be .*string.*got 5/,
    },
    {
      name: 'an unknown result',
      event: event('transfer', { result: 'ok' }),
      path: '/result',
      error: /must be .*completed.*failed.*got "ok"/,
    },
    {
      name: 'a transfer of negative length',
      event: event('transfer', { duration_ms: -1 }),
      path: '/duration_ms',
      error: /^must be >= 0, got -1$/,
    },
  ];
  it.each(rows)('$name', async ({ event: bad, path, error }) => {
    const sender = await newSender(server);
    const text = JSON.stringify(call({ events: [...notes(3), bad, ...notes(1)] }));
    const { status, json } = await post(server, sender.key, text);
    const problem = { id: 'c-1', path: `/events/3${path}`, error: expect.stringMatching(error) };
    expect({ status, json }).toEqual({ status: 400, json: counted({ rejected: [{ index: 0, ...problem }] }) });
    expect(keptRejects(server.folder, sender.accountId)).toEqual([
      { ...problem, times: 1, document: Buffer.from(text) },
    ]);
    expect(sumsOf(server.folder, sender.accountId)).toEqual(noSums);
  });

  it('answers exactly as the documentation shows', async () => {
    const { key } = await newSender(server);
    await post(server, key, JSON.stringify(call({ id: 'c-5' })));
    const documents = Array.from({ length: 500 }, (_, index) => call({ id: `c-${index}`, revision: 1 }));
    documents[17] = call({ id: 'c-17', events: [...notes(3), load(-4)] });
    const { status, text } = await post(server, key, JSON.stringify(documents));
    const rejected = '[{"index":17,"id":"c-17","path":"/events/3/duration_ms","error":"must be >= 0, got -4"}]';
    const counts = '"stored":498,"replaced":1,"unchanged":0,"stale":0';
    expect({ status, text }).toEqual({ status: 207, text: `{${counts},"rejected":${rejected}}` });
  });
});

describe('input of callers', () => {
  const secret = '4929-1234-5678';
  const rows = [
    { name: 'text', input: secret },
    { name: 'a number', input: 492912345678 },
    { name: 'an object', input: { value: secret } },
    { name: 'an empty text', input: '' },
  ];
  it.each(rows)('is refused as $name, until the account allows it', async ({ input }) => {
    const { key, accountId } = await newSender(server);
    const text = JSON.stringify(call({ events: [event('log'), { ...visit('card'), input }] }));
    const problem = { id: 'c-1', path: '/events/1/input', error: expect.stringMatching(/allow/) };
    const { status, json } = await post(server, key, text);
    expect({ status, json }).toEqual({ status: 400, json: counted({ rejected: [{ index: 0, ...problem }] }) });
    expect(keptRejects(server.folder, accountId)).toEqual([{ ...problem, times: 1, document: Buffer.from(text) }]);

    await server.store.accounts.setAllowsInput(accountId, true);
    expect((await post(server, key, text)).json).toEqual(counted({ stored: 1 }));
    expect(storedDocuments(server.folder, accountId)).toEqual([{ id: 'c-1', revision: 0, document: text }]);

    await server.store.accounts.setAllowsInput(accountId, false);
    expect((await post(server, key, text)).status).toBe(400);
  });

  it('is allowed to one account only', async () => {
    const [one, other] = [await newSender(server), await newSender(server)];
    await server.store.accounts.setAllowsInput(one.accountId, true);
    const text = JSON.stringify(call({ events: [{ ...visit('card'), input: secret }] }));
    expect([(await post(server, one.key, text)).status, (await post(server, other.key, text)).status]).toEqual([
      200, 400,
    ]);
  });

  it('is in no answer and no line of the log, and neither is who called', async () => {
    const { key } = await newSender(server);
    const caller = '+12125550187';
    const bad = JSON.stringify(call({ caller, events: [{ ...visit('card'), input: secret }] }));
    const { text } = await post(server, key, bad);
    await post(server, key, bad.slice(1));
    const log = JSON.stringify(server.log);
    expect({ text: text.includes(secret), log: log.includes(secret) }).toEqual({ text: false, log: false });
    expect(log).not.toContain(caller);
    expect(log).not.toContain(key);
  });
});
