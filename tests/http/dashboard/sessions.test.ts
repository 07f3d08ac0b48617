import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Of } from '../../../src/secrets/tokens.ts';
import type { User } from '../../../src/store/access-store.ts';
import type { Session } from '../../../src/wire/dashboard/session.ts';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import type { Answer } from '../voicetrends/exchange.ts';
import { call, newOwner } from '../voicetrends/owner.ts';
import { askWith, cookieOf, jsonOf, newVisitor, refusalOf, visit } from './visitor.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ authAttemptsPerWindow: 5, authFailuresPerAddress: 1_000_000 });
});
afterAll(() => server.close());

const dayMs = 86_400_000;
const newUser = (account = randomUUID()): Promise<User> =>
  server.addUser({ login: randomUUID(), account, timeZone: 'America/New_York' });

const signIn = (
  { tool, login }: Pick<User, 'login'> & { readonly tool: string },
  password = testPassword,
  headers = {},
) => askWith(server, '/session', { method: 'POST', body: { tool, login, password }, headers });

const setCookie = ({ headers }: Answer): string => headers['set-cookie'] ?? headers['Set-Cookie'] ?? '';
const secretIn = (answer: Answer): string => /^voxgauge_session=([^;]*)/.exec(setCookie(answer))?.[1] ?? '';
const seen = (secret: string) => askWith(server, '/session', { headers: cookieOf(secret) });

describe('signing in', () => {
  it('gives a cookie that no script reads and no other site sends, for 7 days', async () => {
    const user = await newUser();
    const answer = await signIn(user);
    expect(answer.status).toBe(200);
    expect(secretIn(answer)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(setCookie(answer).replace(secretIn(answer), 'SECRET')).toBe(
      'voxgauge_session=SECRET; Max-Age=604800; Path=/; HttpOnly; SameSite=Lax',
    );
    expect(jsonOf<Session>(await seen(secretIn(answer)))).toEqual(jsonOf<Session>(answer));
  });

  it('answers who that is, and what there is to see', async () => {
    const owner = await newOwner(server, {
      calls: [call({ phone: '+16173990000' }), call({ id: 'c-2', phone: '+16173990001' })],
    });
    const { account } = owner.user;
    const other = await newOwner(server, {
      account: account.name,
      calls: [call({ id: 'c-3', phone: '+16173990002' })],
    });
    await newOwner(server, { account: account.name, calls: [call({ id: 'c-4', phone: '+16173990003' })] });
    await server.store.numbers.share(account.accountId, '+16173990002', owner.user.userId);
    const { tool, login, userId } = owner.user;
    expect(jsonOf<Session>(await signIn(owner.user))).toEqual({
      user: { id: userId, tool, login, is_admin: true },
      account: { name: account.name, time_zone: 'America/New_York', country: 'US', week_start: 1, allows_input: false },
      numbers: [
        { number: '+16173990000', is_owned: true },
        { number: '+16173990001', is_owned: true },
        { number: '+16173990002', is_owned: false },
      ],
      kept_from: null,
      version: '0.0.0-test',
    });
    const theirs = jsonOf<Session>(await signIn(other.user));
    expect([theirs.user.is_admin, theirs.numbers]).toEqual([false, [{ number: '+16173990002', is_owned: true }]]);
  });

  it('marks the cookie as secure where a trusted proxy was asked by https', async () => {
    const behind = await startTestServer({ trustedProxies: ['loopback'] });
    try {
      const { tool, login } = await behind.addUser({ login: 'plum' });
      const body = { tool, login, password: testPassword };
      const cookieWith = async (headers: Record<string, string>) =>
        setCookie(await askWith(behind, '/session', { method: 'POST', body, headers }));
      expect(await cookieWith({ 'x-forwarded-proto': 'https' })).toContain('; Secure');
      expect(await cookieWith({})).not.toContain('Secure');
    } finally {
      await behind.close();
    }
    expect(setCookie(await signIn(await newUser(), testPassword, { 'x-forwarded-proto': 'https' }))).not.toContain(
      'Secure',
    );
  });

  it('ends the session that the browser had', async () => {
    const user = await newUser();
    const first = secretIn(await signIn(user));
    const second = secretIn(await signIn(user, testPassword, cookieOf(first)));
    expect(second).not.toBe(first);
    expect([(await seen(first)).status, (await seen(second)).status]).toEqual([401, 200]);
  });

  it.each(['password', 'login', 'tool'] as const)(
    'is refused with a wrong %s, without saying which is wrong',
    async (part) => {
      const user = await newUser();
      const { tool, login, password } = {
        tool: part === 'tool' ? 'insight' : user.tool,
        login: part === 'login' ? randomUUID() : user.login,
        password: part === 'password' ? 'wrong' : testPassword,
      };
      const answer = await signIn({ tool, login }, password);
      expect([refusalOf(answer).code, setCookie(answer)]).toEqual(['loginInvalid', '']);
    },
  );

  it('is refused to who is disabled, who is signed out by it too', async () => {
    const account = randomUUID();
    await newUser(account);
    const user = await newUser(account);
    const secret = secretIn(await signIn(user));
    await server.store.accounts.setDisabled(user.userId, true);
    expect(refusalOf(await signIn(user)).code).toBe('loginInvalid');
    expect(refusalOf(await seen(secret)).code).toBe('sessionInvalid');
  });

  it('shares the attempts of the login with POST /api/auth', async () => {
    const { tool, login } = await newUser();
    const form = new URLSearchParams({ tool, login, password: 'wrong' });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect((await fetch(`${server.address}/api/auth`, { method: 'POST', body: form })).status).toBe(401);
    }
    expect((await signIn({ tool, login }, 'wrong')).status).toBe(401);
    expect((await signIn({ tool, login })).status).toBe(200);
    const refused = await signIn({ tool, login });
    expect(refusalOf(refused)).toMatchObject({ status: 429, code: 'tooMany' });
    // The clock stands still at 12:00, and windows are of 15 minutes.
    expect(refused.headers['retry-after']).toBe('900');
  });

  it('shares the failures of the address', async () => {
    const few = await startTestServer({ authFailuresPerAddress: 2 });
    try {
      const user = await few.addUser({ login: 'plum' });
      const attempt = (password: string) =>
        askWith(few, '/session', { method: 'POST', body: { tool: user.tool, login: user.login, password } });
      expect((await attempt('wrong')).status).toBe(401);
      const body = new URLSearchParams({ tool: 'dev', login: 'nobody', password: 'wrong' });
      expect((await fetch(`${few.address}/api/auth`, { method: 'POST', body })).status).toBe(401);
      expect(refusalOf(await attempt(testPassword)).code).toBe('tooMany');
    } finally {
      await few.close();
    }
  });
});

describe('a session', () => {
  it('is missing, or is none that there is', async () => {
    expect(refusalOf(await askWith(server, '/session')).code).toBe('sessionMissing');
    expect(refusalOf(await seen('nonsense')).code).toBe('sessionInvalid');
    expect(refusalOf(await seen('')).code).toBe('sessionMissing');
    const { secret } = await newVisitor(server);
    expect(refusalOf(await seen(sha256Of(secret))).code).toBe('sessionInvalid');
  });

  it('lives for 7 days after its last use', async () => {
    const { ask } = await newVisitor(server);
    const begunMs = server.clock.nowMs;
    try {
      server.clock.nowMs = begunMs + 7 * dayMs;
      expect((await ask('/numbers')).status).toBe(200);
      server.clock.nowMs = begunMs + 14 * dayMs;
      const again = await ask('/session');
      expect(setCookie(again)).toContain('Max-Age=604800');
      server.clock.nowMs = begunMs + 21 * dayMs + 1;
      const ended = await ask('/session');
      expect(refusalOf(ended).code).toBe('sessionInvalid');
      // What answers late takes no cookie away that has come meanwhile.
      expect(setCookie(ended)).toBe('');
    } finally {
      server.clock.nowMs = begunMs;
    }
  });

  it('ends where it is signed out, and no other one with it', async () => {
    const here = await newVisitor(server);
    const there = await visit(server, here.user);
    const answer = await here.ask('/session', { method: 'DELETE' });
    expect([answer.status, setCookie(answer)]).toEqual([
      204,
      'voxgauge_session=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
    ]);
    expect([(await here.ask('/session')).status, (await there.ask('/session')).status]).toEqual([401, 200]);
    expect((await here.ask('/session', { method: 'DELETE' })).status).toBe(204);
  });

  it('ends everywhere, and those of nobody else', async () => {
    const here = await newVisitor(server);
    const there = await visit(server, here.user);
    const colleague = await newVisitor(server, { account: here.user.account.name });
    expect((await here.ask('/sessions', { method: 'DELETE' })).status).toBe(204);
    const statuses = [here, there, colleague].map(async ({ ask }) => (await ask('/session')).status);
    expect(await Promise.all(statuses)).toEqual([401, 401, 200]);
  });

  it('is kept by no cache, and is no way into the API', async () => {
    const { ask, secret } = await newVisitor(server);
    const { headers } = await ask('/session');
    expect([headers['cache-control'], headers['vary']]).toEqual(['no-store', 'Accept, Cookie']);
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    const api = await fetch(`${server.address}/api/v2/report?start=2018-02-01&end=2018-02-08`, {
      headers: cookieOf(secret),
    });
    expect(api.status).toBe(401);
  });

  it('may ask 600 times in a minute, whatever the quota of the API', async () => {
    const { ask, user } = await newVisitor(server);
    const credentials = await server.logIn(user);
    for (let count = 0; count < 12; count += 1) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => ask('/account')));
      expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    }
    const refused = await ask('/account');
    expect(refusalOf(refused)).toMatchObject({ status: 429, code: 'tooMany' });
    expect(refused.headers['retry-after']).toBe('60');
    const api = await fetch(`${server.address}/api/v2/report?start=2018-02-01&end=2018-02-08`, {
      headers: { authorization: credentials },
    });
    expect([api.status, api.headers.get('x-ratelimit-remaining')]).toEqual([200, '149']);
    const atMs = server.clock.nowMs;
    try {
      server.clock.nowMs = atMs + 60_000;
      expect((await ask('/account')).status).toBe(200);
    } finally {
      server.clock.nowMs = atMs;
    }
  });
});

describe('the log', () => {
  it('says who has signed in, and has neither secrets nor passwords', async () => {
    const user = await newUser();
    const secret = secretIn(await signIn(user));
    await signIn(user, 'a wrong password');
    const lines = JSON.stringify(server.log);
    expect(server.log).toContainEqual(
      expect.objectContaining({ msg: 'changed in the dashboard', change: 'signed in', userId: user.userId }),
    );
    for (const hidden of [secret, testPassword, 'a wrong password', sha256Of(secret)])
      expect(lines).not.toContain(hidden);
  });
});
