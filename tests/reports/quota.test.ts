import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { type Answer, exchange, quota, quotaOf } from '../http/voicetrends/exchange.ts';
import { report as compatible, credentialsOf, newOwner } from '../http/voicetrends/owner.ts';
import { headerOf } from './ask.ts';
import { codeOf, problemOf } from './problem.ts';
import { newToken } from './token.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 6, logLevel: 'error' });
});
afterAll(() => server.close());

const path = '/api/v2/report?start=2018-02-01&end=2018-02-08';
const end = '2018-02-09T12:15:00Z';

/** The names of the headers are compared without regard to case. */
const quotaIn = (answer: Answer) => lowered(quotaOf(answer));
const lowered = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const left = (remaining: number) => lowered(quota(6, remaining, end));

describe('the quota of a login', () => {
  it('is one, whatever is asked and with whatever it comes', async () => {
    const { ask, user } = await newOwner(server);
    const with2 = { headers: { authorization: await credentialsOf(server, user) } };
    const withToken = { headers: { authorization: `Bearer ${(await newToken(server, user)).token}` } };
    const withToken2 = { headers: { authorization: `Bearer ${(await newToken(server, user)).token}` } };
    expect(quotaIn(await ask(path))).toEqual(left(5));
    expect(quotaIn(await ask(compatible))).toEqual(left(4));
    expect(quotaIn(await exchange(server.address, path, withToken))).toEqual(left(3));
    expect(quotaIn(await exchange(server.address, path, withToken2))).toEqual(left(2));
    expect(quotaIn(await exchange(server.address, path, with2))).toEqual(left(1));
    expect(quotaIn(await exchange(server.address, compatible, with2))).toEqual(left(0));
    for (const sent of [with2, withToken, withToken2]) {
      const refused = await exchange(server.address, path, sent);
      expect(quotaIn(refused)).toEqual(left(0));
      expect(headerOf(refused, 'retry-after')).toBe('900');
      expect(codeOf(problemOf(refused))).toBe('tooMany');
    }
    expect((await ask(compatible)).status).toBe(429);
  });

  it('is told with errors too, and is not that of another login', async () => {
    const account = 'one account';
    const [first, second] = [await newOwner(server, { account }), await newOwner(server, { account })];
    const refused = await first.ask(`${path}&by=nothing`);
    expect(refused.status).toBe(400);
    expect(quotaIn(refused)).toEqual(left(5));
    expect(quotaIn(await second.ask(path))).toEqual(left(5));
  });

  it('is refused before anything else about a request is, and new in the next window', async () => {
    const own = await startTestServer({ dataRequestsPerWindow: 1, logLevel: 'error' });
    try {
      const { ask } = await newOwner(own);
      own.clock.nowMs += 450_500;
      expect((await ask(path)).status).toBe(200);
      const refused = await ask(`${path}&by=nothing`);
      expect({ status: refused.status, after: headerOf(refused, 'retry-after') }).toEqual({
        status: 429,
        after: '450',
      });
      own.clock.nowMs += 450_000;
      expect((await ask(path)).status).toBe(200);
    } finally {
      await own.close();
    }
  });
});
