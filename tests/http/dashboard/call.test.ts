import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, newOwner, type Owner } from '../voicetrends/owner.ts';
import { jsonOf, refusalOf, visit } from './visitor.ts';

let server: TestServer;
let owner: Owner;
const document = call({
  id: 'c/1 ?#ä',
  revision: 3,
  labels: { version: '2', language: 'en' },
  events: [
    { type: 'page_load', at: 0, url: 'https://ivr.example/a/main.php?session=1', duration_ms: 45, cached: true },
    {
      type: 'form_item',
      at: '2018-02-07T10:20:02.5-05:00',
      page: 'main.php',
      form: 'menu',
      item: 'selection',
      outcome: 'filled',
      input_mode: 'dtmf',
      duration_ms: 1200,
    },
    { type: 'js_error', at: 1000, message: 'x is not defined', line: 3 },
    { type: 'transfer', at: 4000, to: '+16175550100', duration_ms: 500, result: 'busy' },
    { type: 'weather', at: -5, sky: { is: ['blue'] } },
  ],
});
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
  owner = await newOwner(server, { calls: [document] });
});
afterAll(() => server.close());

const path = `/call?id=${encodeURIComponent(document.id)}`;

describe('a call', () => {
  it('is everything that was sent, in the order in which it was', async () => {
    const { ask } = await visit(server, owner.user);
    const detail = jsonOf<Record<string, unknown>>(await ask(path));
    expect({ ...detail, document: JSON.parse(`${detail['document']}`) }).toEqual({
      summary: {
        id: document.id,
        number: '+16173990000',
        caller: '+18005550100',
        region: 'US-TOLLFREE',
        direction: 'inbound',
        application: 'https://ivr.example/start.php',
        started_at: '2018-02-07T10:20:00-05:00',
        duration: 60,
        outcome: 'caller_hangup',
        js_errors: 1,
        fetch_errors: 0,
        page_loads: 1,
        slowest_page_load: 0.045,
        form_items: 1,
        transfers: 0,
        last_item: { page: 'main.php', form: 'menu', item: 'selection' },
      },
      ended_at: '2018-02-07T10:21:00-05:00',
      revision: 3,
      stored_at: '2018-02-09T07:00:00-05:00',
      labels: { version: '2', language: 'en' },
      events: [
        {
          at: 0,
          type: 'page_load',
          page: 'main.php',
          duration: 0.045,
          fields: { url: 'https://ivr.example/a/main.php?session=1', duration_ms: 45, cached: true },
        },
        {
          at: 2.5,
          type: 'form_item',
          page: 'main.php',
          duration: 1.2,
          fields: {
            page: 'main.php',
            form: 'menu',
            item: 'selection',
            outcome: 'filled',
            input_mode: 'dtmf',
            duration_ms: 1200,
          },
        },
        { at: 1, type: 'js_error', page: null, duration: null, fields: { message: 'x is not defined', line: 3 } },
        {
          at: 4,
          type: 'transfer',
          page: null,
          duration: 0.5,
          fields: { to: '+16175550100', duration_ms: 500, result: 'busy' },
        },
        { at: -0.005, type: 'weather', page: null, duration: null, fields: { sky: { is: ['blue'] } } },
      ],
      document,
    });
  });

  it('is unknown to who does not see its number, like one that is not there', async () => {
    const { account } = owner.user;
    const colleague = await newOwner(server, { account: account.name });
    const theirs = await visit(server, colleague.user);
    const stranger = await visit(server, (await newOwner(server)).user);
    const refusal = refusalOf(await theirs.ask(path));
    expect(refusal).toMatchObject({ status: 404, code: 'unknown' });
    expect(refusalOf(await stranger.ask(path))).toEqual(refusal);
    const missing = refusalOf(await theirs.ask('/call?id=missing'));
    expect(missing.detail.replace('missing', document.id)).toBe(refusal.detail);
    await server.store.numbers.share(account.accountId, '+16173990000', colleague.user.userId);
    expect((await theirs.ask(path)).status).toBe(200);
  });

  it.each(['', '?id=', '?id=a&id=b', '?call=a'])('needs its id, and once: %s', async (query) => {
    const { ask } = await visit(server, owner.user);
    expect(refusalOf(await ask(`/call${query}`))).toMatchObject({ status: 400, parameter: 'id' });
  });
});
