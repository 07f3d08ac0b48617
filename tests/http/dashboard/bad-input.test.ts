import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propertyRuns } from '../../data/property-runs.ts';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { exchange } from '../voicetrends/exchange.ts';
import { call, newOwner } from '../voicetrends/owner.ts';
import { askWith, cookieOf, refusalOf, type Visitor, visit } from './visitor.ts';

/** Whatever is sent, the answer says what is wrong with it, and is never a failure. */

let server: TestServer;
let visitor: Visitor;
beforeAll(async () => {
  server = await startTestServer({ authAttemptsPerWindow: 1_000_000, authFailuresPerAddress: 1_000_000 });
  const owner = await newOwner(server, { calls: [call()] });
  await server.send(owner.key, [{ ...call({ id: 'wrong' }), end_reason: 'bored' }]);
  visitor = await visit(server, owner.user);
});
afterAll(() => server.close());

/** Each change with what it needs to be right, but for what a test makes wrong. */
const changes = [
  { method: 'POST', path: '/session', body: { tool: 'dev', login: 'x', password: 'y' } },
  { method: 'POST', path: '/numbers', body: { number: '+16173990001' } },
  { method: 'POST', path: '/numbers/share', body: { number: '+16173990000', user_id: 1 } },
  { method: 'POST', path: '/numbers/unshare', body: { number: '+16173990000', user_id: 1 } },
  { method: 'POST', path: '/numbers/give', body: { number: '+16173990000', user_id: 1 } },
  { method: 'POST', path: '/keys', body: { label: 'x', is_strict: true } },
  { method: 'POST', path: '/tokens', body: { label: 'x' } },
  { method: 'POST', path: '/users', body: { tool: 'dev', login: 'x', password: 'eight or more', is_admin: false } },
  { method: 'PATCH', path: '/users/1', body: { is_admin: true, is_disabled: false, password: 'eight or more' } },
  { method: 'POST', path: '/password', body: { current: 'x', password: 'eight or more' } },
  { method: 'PATCH', path: '/account', body: { time_zone: 'UTC', week_start: 1, allows_input: false } },
  { method: 'POST', path: '/rejects/1/retry', body: { document: '{}' } },
  { method: 'POST', path: '/retention', body: { kept_from: '2018-01' } },
] as const;
const names = changes.map(({ method, path }) => `${method} ${path}`);

const send = (index: number, body: unknown) => {
  server.clock.nowMs += 1000;
  const { method, path } = changes[index] ?? changes[0];
  return visitor.ask(path, { method, body: typeof body === 'string' ? body : JSON.stringify(body) });
};

describe.each(names)('%s', (name) => {
  const index = names.indexOf(name);
  const right: Readonly<Record<string, unknown>> = changes[index]?.body ?? {};

  it.each(Object.keys(right))('says what %s must be', async (field) => {
    for (const value of [null, {}, [], typeof right[field] === 'string' ? 5 : 'text']) {
      const refused = refusalOf(await send(index, { ...right, [field]: value }));
      expect(refused).toMatchObject({ status: 400, code: 'badRequest', parameter: field });
      expect(refused.detail).toMatch(new RegExp(`^${field} must be `));
      if (!['password', 'current'].includes(field)) expect(refused.detail).toContain(', got ');
    }
  });

  it('refuses a field that it does not know', async () => {
    const refused = refusalOf(await send(index, { ...right, is_admni: true }));
    expect(refused).toMatchObject({ status: 400, parameter: 'is_admni' });
    expect(refused.detail).toBe(
      `is_admni is no field of this request; its fields are ${[...new Set([...Object.keys(right), ...(name === 'POST /tokens' ? ['is_strict'] : [])])].join(', ')}`,
    );
  });

  it('is JSON', async () => {
    for (const body of ['', '{', '{"a":1}}', 'null', '[]', '"text"', '5', '\ufeff{}x']) {
      const refused = refusalOf(await send(index, body));
      expect(refused.status).toBe(400);
      expect(['notJson', 'badRequest']).toContain(refused.code);
    }
    const { method, path } = changes[index] ?? changes[0];
    const headers = { ...cookieOf(visitor.secret), 'content-type': 'application/json' };
    const latin = await exchange(server.address, `/dashboard${path}`, {
      method,
      headers,
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect(refusalOf(latin)).toMatchObject({ status: 400, code: 'notJson' });
  });
});

describe('anything at all', () => {
  it('as a body is no failure', async () => {
    const index = fc.integer({ min: 0, max: changes.length - 1 });
    await fc.assert(
      fc.asyncProperty(index, fc.anything({ withNullPrototype: false }), async (at, value) => {
        const answer = await send(at, JSON.stringify(value) ?? '');
        // Nothing to change is no mistake.
        if (JSON.stringify(value) === '{}' && answer.status < 300) return;
        expect(answer.status).toBe(400);
        refusalOf(answer);
      }),
      propertyRuns(200),
    );
  });

  it('as a value of a field is no failure', async () => {
    const index = fc.integer({ min: 0, max: changes.length - 1 });
    // Those that nothing comes of but a refusal, or a change that harms no other test.
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.integer(),
      fc.constant('\0'),
      fc.constant('\ud800'),
    );
    await fc.assert(
      fc.asyncProperty(index, fc.nat(3), value, async (at, place, given) => {
        const body = changes[at]?.body ?? {};
        const field = Object.keys(body)[place % Object.keys(body).length] ?? '';
        const answer = await send(at, { ...body, [field]: given });
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400) refusalOf(answer);
      }),
      propertyRuns(300),
    );
  });

  it('in a query is no failure', async () => {
    const path = fc.constantFrom('/calls', '/call', '/report', '/rejects', '/session', '/numbers');
    const name = fc.constantFrom(
      'start',
      'end',
      'from',
      'until',
      'number',
      'id',
      'caller',
      'page',
      'to_item',
      'region',
      'cursor',
      'limit',
      'after',
      'format',
      'x',
    );
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('2018-02-07', '\0', '-1', '1e9', '%', '+', 'c-1', '2018-02-07T00:00:00Z'),
    );
    await fc.assert(
      fc.asyncProperty(path, fc.array(fc.tuple(name, value), { maxLength: 4 }), async (asked, pairs) => {
        server.clock.nowMs += 1000;
        const query = new URLSearchParams(
          [['start', '2018-02-01'], ['end', '2018-02-08'], ...pairs].slice(asked === '/call' ? 2 : 0),
        );
        const answer = await visitor.ask(`${asked}?${query}`);
        expect(answer.status).toBeLessThan(500);
        if (answer.status >= 400) refusalOf(answer);
      }),
      propertyRuns(300),
    );
  });

  it('as a cookie is no failure', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme-ascii' }), async (text) => {
        const cookie = `voxgauge_session=${text.replace(/[^ -~]/g, '')}`;
        expect(refusalOf(await askWith(server, '/session', { headers: { cookie } })).status).toBe(401);
      }),
      propertyRuns(100),
    );
  });
});

describe('what there is not', () => {
  it.each(['/', '/nothing', '/users/1/x', '/keys/1/2', '/report/x', '/numbers/sell', '/Session'])(
    'at %s is told as problem details',
    async (path) => {
      expect(refusalOf(await visitor.ask(path))).toMatchObject({ status: 404, code: 'notFound' });
    },
  );

  it.each(['/%zz', '/session/%', '/rejects/%ff/retry'])('can be at %s, which is no path', async (path) => {
    const answer = await visitor.ask(path);
    expect(refusalOf(answer)).toEqual({
      status: 400,
      code: 'badRequest',
      parameter: null,
      detail: 'the path must be UTF-8 in percent-encoding, with two hex digits after each %',
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['/session', 'GET, HEAD, POST, DELETE, OPTIONS'],
    ['/sessions', 'DELETE, OPTIONS'],
    ['/report', 'GET, HEAD, OPTIONS'],
    ['/users/1', 'PATCH, OPTIONS'],
    ['/rejects/1', 'GET, HEAD, DELETE, OPTIONS'],
    ['/account', 'GET, HEAD, PATCH, OPTIONS'],
  ])('at %s are methods other than %s', async (path, allow) => {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'PROPFIND'].filter(
      (each) => !allow.split(', ').includes(each),
    )) {
      const answer = await visitor.ask(path, { method });
      expect([refusalOf(answer).code, answer.headers['allow']]).toEqual(['methodNotAllowed', allow]);
    }
    const options = await visitor.ask(path, { method: 'OPTIONS' });
    expect([options.status, options.headers['allow']]).toEqual([204, allow]);
  });

  it('is no text where a name has half a character', async () => {
    const body = { tool: 'dev', login: 'x\ud800', password: 'eight or more', is_admin: false };
    const refused = refusalOf(await visitor.ask('/users', { method: 'POST', body }));
    expect(refused).toMatchObject({ status: 400, parameter: 'login' });
    expect(refused.detail).toBe('login must be Unicode text, got a lone surrogate in "x\\ud800"');
  });

  it.each(['/users/x', '/users/0', '/users/99999999999999999999', '/users/1e3'])('is a user at %s', async (path) => {
    const answer = await visitor.ask(path, { method: 'PATCH', body: {} });
    expect(refusalOf(answer)).toMatchObject({ status: 404, code: 'unknown' });
  });
});

describe('the log', () => {
  it('has no failure of all this', () => {
    expect(
      server.log.filter(
        (line) => typeof line === 'object' && line !== null && 'level' in line && Number(line.level) >= 40,
      ),
    ).toEqual([]);
  });
});
