import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, bearer, type CallDocument, createClient, logIn, VoxgaugeError } from '../../src/client/client.ts';
import { keyHint, newApiToken, sha256Of } from '../../src/secrets/tokens.ts';
import type { User } from '../../src/store/access-store.ts';
import { startTestServer, type TestServer, testPassword } from '../harness/server.ts';

const call: CallDocument = {
  id: 'c-1',
  phone: '6173990000',
  caller: '8005550142',
  application: 'https://ivr.example/start.php',
  started_at: '2018-02-07T10:00:00-05:00',
  ended_at: '2018-02-07T10:00:30-05:00',
  end_reason: 'caller_hangup',
  events: [{ type: 'page_load', at: 0, url: 'https://ivr.example/main.php', duration_ms: 45 }],
};

let server: TestServer;
let user: User;
let token: string;
beforeAll(async () => {
  server = await startTestServer();
  user = await server.addUser({ login: 'plum', timeZone: 'America/New_York' });
  token = newApiToken();
  await server.store.tokens.add({ user, sha256: sha256Of(token), hint: keyHint(token), label: '' }, server.clock.nowMs);
});
afterAll(() => server.close());

const client = (authorization?: string) =>
  createClient({ baseUrl: server.address, ...(authorization === undefined ? {} : { authorization }) });

describe('the typed client', () => {
  it('sends calls with an ingest key', async () => {
    const sender = client(bearer(await server.addKey(user)));
    const { data } = await sender.POST('/ingest/v1/calls', {
      body: [call, { ...call, id: 'c-2', phone: '6173990001' }],
    });
    expect(data).toEqual({ stored: 2, replaced: 0, unchanged: 0, stale: 0, rejected: [] });
  });

  it('logs in, and reads the compatible API with what it got', async () => {
    const login = { tool: 'dev', login: 'plum', password: testPassword } as const;
    const { GET } = client(basic(await logIn({ baseUrl: server.address }, login)));
    const path = { start: '20180207', end: '20180207', phone: 'ALL' };
    const performance = await GET('/api/performance/{start}/{end}/{period}/{phone}', {
      params: { path: { ...path, period: 'day' } },
    });
    expect(performance.data?.average_page_load).toEqual({ 1517979600: 0.045 });
    const profile = await GET('/api/profile/{start}/{end}/{phone}', { params: { path } });
    expect(profile.data?.US).toMatchObject({ MA: 0, 'US Toll-Free': 2 });
    const one = await GET('/api/profile/{start}/{end}/{period}/{phone}', {
      params: { path: { ...path, period: 'month', phone: '+1 (617) 399-0001' } },
    });
    expect(one.data).toEqual({ calls: { 1517461200: 1 }, callers: { 1517461200: 1 } });
  });

  it('reads reports with a token, lists and all', async () => {
    const { data } = await client(bearer(token)).GET('/api/v2/report', {
      params: {
        query: {
          start: '2018-02-07',
          end: '2018-02-07',
          metrics: ['calls', 'callers'],
          by: 'number',
          number: ['6173990000', '617-399-0001'],
        },
      },
    });
    expect(data?.rows.map(({ number, calls, callers }) => [number, calls, callers])).toEqual([
      ['+16173990000', 1, 1],
      ['+16173990001', 1, 1],
    ]);
  });

  it('knows the fields of events, and maps by their names', async () => {
    // @ts-expect-error: a page load has an address and a duration.
    const wrong: CallDocument = { ...call, events: [{ type: 'page_load', at: 0 }] };
    const sender = client(bearer(await server.addKey(user)));
    const { error } = await sender.POST('/ingest/v1/calls', { body: wrong });
    expect(error).toMatchObject({ stored: 0, rejected: [{ path: '/events/0/url' }] });
    const credentials = await logIn(
      { baseUrl: server.address },
      { tool: 'dev', login: 'plum', password: testPassword },
    );
    const path = { start: '20180207', end: '20180207', phone: 'ALL' };
    const { data } = await client(basic(credentials)).GET('/api/path/{start}/{end}/{phone}', { params: { path } });
    expect(data?.applications['https://ivr.example/start.php']?.map(({ item }) => item)).toBe(undefined);
  });

  it('reads texts as they are', async () => {
    const { data } = await client(bearer(token)).GET('/api/v2/report', {
      params: { query: { start: '2018-02-07', end: '2018-02-07' } },
      headers: { accept: 'text/csv' },
      parseAs: 'text',
    });
    expect(data).toBe('start,calls\r\n2018-02-07T00:00:00-05:00,2\r\n');
  });

  it('has errors as the server tells them', async () => {
    const query = { start: '2018-02-08', end: '2018-02-07' };
    const { error, data } = await client(bearer(token)).GET('/api/v2/report', { params: { query } });
    expect([data, error?.status, error?.parameter]).toEqual([undefined, 400, 'end']);
    const refused = logIn({ baseUrl: server.address }, { tool: 'dev', login: 'plum', password: 'wrong' });
    await expect(refused).rejects.toThrow(VoxgaugeError);
    await expect(refused).rejects.toThrow('tool, login or password is wrong');
  });
});
