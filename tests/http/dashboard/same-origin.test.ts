import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import { exchange } from '../voicetrends/exchange.ts';
import { cookieOf, newVisitor, refusalOf, type Visitor } from './visitor.ts';

let server: TestServer;
let visitor: Visitor;
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
  visitor = await newVisitor(server);
});
afterAll(() => server.close());

/** A change that is refused for nothing but where it comes from; no header is added. */
const change = (headers: Record<string, string>, { method = 'POST', path = '/dashboard/numbers' } = {}) =>
  exchange(server.address, path, {
    method,
    headers: { ...cookieOf(visitor.secret), 'content-type': 'application/json', ...headers },
    body: '{"number":"letters"}',
  });

const host = () => new URL(server.address).host;

describe('a change', () => {
  it.each([
    ['a page of ours', () => ({ 'sec-fetch-site': 'same-origin' })],
    ['the bar of addresses', () => ({ 'sec-fetch-site': 'none' })],
    ['a page of ours in an older browser', () => ({ origin: `http://${host()}` })],
    ['what is no browser', () => ({})],
    [
      'a page of ours, whatever Origin says',
      () => ({ 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }),
    ],
  ])('is taken from %s', async (_name, headers) => {
    // It gets as far as its field.
    expect(refusalOf(await change(headers()))).toMatchObject({ status: 400, parameter: 'number' });
  });

  it.each([
    ['another site', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['a neighbour in the domain', () => ({ 'sec-fetch-site': 'same-site' })],
    ['what browsers never say', () => ({ 'sec-fetch-site': 'SAME-ORIGIN ' })],
    ['another site in an older browser', () => ({ origin: 'https://evil.example' })],
    ['another port', () => ({ origin: 'http://127.0.0.1:1' })],
    ['a page that hides its origin', () => ({ origin: 'null' })],
    ['what is no origin', () => ({ origin: host() })],
    ['another site, whatever Origin says', () => ({ 'sec-fetch-site': 'cross-site', origin: `http://${host()}` })],
  ])('is refused from %s', async (_name, headers) => {
    expect(refusalOf(await change(headers()))).toMatchObject({ status: 403, code: 'otherOrigin' });
  });

  it('is refused from a file, also where the request names no host', async () => {
    const headers = { host: '', origin: 'file:///home/plum/page.html' };
    expect(refusalOf(await change(headers))).toMatchObject({ status: 403, code: 'otherOrigin' });
  });

  it.each(['DELETE', 'PATCH', 'PUT', 'PROPFIND'])('by %s is refused too', async (method) => {
    const answer = await change({ 'sec-fetch-site': 'cross-site' }, { method, path: '/dashboard/session' });
    expect(answer.status).toBe(403);
  });

  it('is refused before anybody is signed in', async () => {
    const answer = await exchange(server.address, '/dashboard/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
      body: JSON.stringify({ tool: 'dev', login: visitor.user.login, password: testPassword }),
    });
    expect(refusalOf(answer).code).toBe('otherOrigin');
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'nonsense', ''])(
    'is JSON, and not %j',
    async (type) => {
      const answer = await change({ 'content-type': type, 'sec-fetch-site': 'same-origin' });
      expect(refusalOf(answer)).toMatchObject({ status: 415, code: 'mediaType' });
      expect(refusalOf(answer).detail).toContain(`got "${type}"`);
    },
  );
});

describe('reading', () => {
  it.each(['GET', 'HEAD'])('by %s is not refused, for the answer stays where it is', async (method) => {
    const headers = { ...cookieOf(visitor.secret), 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    const answer = await exchange(server.address, '/dashboard/session', { method, headers });
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.headers).filter((name) => /^access-control/i.test(name))).toEqual([]);
  });
});
