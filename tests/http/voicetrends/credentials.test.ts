import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../../src/secrets/passwords.ts';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import { errorOf, exchange } from './exchange.ts';
import { basic, credentialsOf, logIn, newOwner, report } from './owner.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const hourMs = 3_600_000;
const pass = (ms: number) => {
  server.clock.nowMs += ms;
};
const statusWith = async (authorization: string, path = report) =>
  (await exchange(server.address, path, { headers: { authorization } })).status;

describe('401', () => {
  it('is for whatever are not the credentials, and says which scheme is asked for', async () => {
    const { user, key, authorization } = await newOwner(server);
    const [login = '', password = ''] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
    const encoded = authorization.slice(6);
    const other = await newOwner(server);
    const [, otherPassword = ''] = Buffer.from(other.authorization.slice(6), 'base64').toString().split(':');
    const wrong = {
      none: null,
      empty: '',
      'a scheme alone': 'Basic',
      'a scheme and a space': 'Basic ',
      Bearer: `Bearer ${encoded}`,
      'a bearer of an ingest key': `Bearer ${key}`,
      Digest: `Digest ${encoded}`,
      'no scheme': encoded,
      'garbage that is not Base64': 'Basic !!!§§§',
      'Base64 of bytes that are not UTF-8': `Basic ${Buffer.from([0xff, 0xfe, 0x3a, 0xff]).toString('base64')}`,
      'no colon': `Basic ${Buffer.from(`${login}${password}`).toString('base64')}`,
      'a colon alone': basic('', ''),
      'no login': basic('', password),
      'no password': basic(login, ''),
      'a wrong password': basic(login, '0'.repeat(32)),
      'a password in capitals': basic(login, `${password.slice(0, -1)}X`),
      'more after the password': basic(login, `${password}:`),
      'the password of another': basic(login, otherPassword),
      'an unknown login': basic('0'.repeat(32), password),
      'login and password exchanged': basic(password, login),
      'the tool login': basic(user.login, testPassword),
      'four thousand characters': basic('x'.repeat(4000), 'y'),
    };
    for (const [name, value] of Object.entries(wrong)) {
      const headers: Record<string, string> =
        value === null ? {} : { authorization: Buffer.from(value).toString('latin1') };
      const answer = await exchange(server.address, report, { headers });
      expect({ name, status: answer.status, type: answer.headers['Content-Type'] }).toEqual({
        name,
        status: 401,
        type: 'application/json',
      });
      expect(answer.headers['WWW-Authenticate']).toMatch(/^Basic realm="[^"]+"/);
      expect(answer.headers['Content-Length']).toBe(String(answer.body.length));
      errorOf(answer);
    }
    expect(await statusWith(authorization)).toBe(200);
  });

  it('does not tell an unknown login from a wrong password', async () => {
    const { authorization } = await newOwner(server);
    const [login = ''] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
    const textOf = async (authorization: string) =>
      (await exchange(server.address, report, { headers: { authorization } })).text;
    const zeros = '0'.repeat(32);
    expect(await textOf(basic(login, zeros))).toBe(await textOf(basic(zeros, zeros)));
  });

  it('is not for the scheme in other capitals (RFC 9110 11.1)', async () => {
    const { authorization } = await newOwner(server);
    for (const scheme of ['basic', 'BASIC']) expect(await statusWith(authorization.replace('Basic', scheme))).toBe(200);
  });

  it('takes nothing of the quota of the user whose login was used', async () => {
    const { ask, authorization } = await newOwner(server);
    const [login = ''] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
    for (let times = 0; times < 3; times++) expect(await statusWith(basic(login, 'x'))).toBe(401);
    expect((await ask(report)).headers['X-RateLimit-Remaining']).toBe('149');
  });

  it('is for all credentials of a user who is disabled, also after the user is enabled', async () => {
    const { user, authorization } = await newOwner(server);
    const second = await credentialsOf(server, user);
    const other = await newOwner(server, { account: user.account.name });
    expect([await statusWith(authorization), await statusWith(second)]).toEqual([200, 200]);
    await server.store.accounts.setDisabled(user.userId, true, { mayLeaveNoAdmin: true });
    expect([await statusWith(authorization), await statusWith(second)]).toEqual([401, 401]);
    expect(await statusWith(other.authorization)).toBe(200);
    await server.store.accounts.setDisabled(user.userId, false);
    expect([await statusWith(authorization), await statusWith(second)]).toEqual([401, 401]);
  });

  it('is for the credentials that were given before the password was changed', async () => {
    const { user, authorization } = await newOwner(server);
    expect(await statusWith(authorization)).toBe(200);
    await server.store.accounts.setPassword(user.userId, await hashPassword('new password'));
    expect(await statusWith(authorization)).toBe(401);
    const { text } = await logIn(server, { tool: 'dev', login: user.login, password: 'new password' });
    const { login, password } = JSON.parse(text);
    expect(await statusWith(basic(login, password))).toBe(200);
  });
});

describe('24 hours after their last use', () => {
  it('credentials that were never used are dead', async () => {
    const { user, authorization } = await newOwner(server);
    const used = await credentialsOf(server, user);
    pass(23 * hourMs + 59 * 60_000);
    expect(await statusWith(used)).toBe(200);
    pass(60_000 + 1000);
    expect(await statusWith(authorization)).toBe(401);
    expect(await statusWith(used)).toBe(200);
  });

  it('credentials live on from each use, whatever it asked for', async () => {
    const { authorization } = await newOwner(server);
    const paths = [
      [report, 200],
      ['/api/performance/20180230/20180301/day/ALL', 400],
      ['/api/performance/20180201/20180208/day/6175550199', 400],
      [report, 200],
    ] as const;
    for (const [path, status] of paths) {
      pass(23 * hourMs + 59 * 60_000);
      expect(await statusWith(authorization, path)).toBe(status);
    }
    pass(24 * hourMs + 1000);
    expect(await statusWith(authorization)).toBe(401);
  });

  it('dead credentials do not come to life by being tried', async () => {
    const { authorization } = await newOwner(server);
    pass(24 * hourMs + 1000);
    expect([await statusWith(authorization), await statusWith(authorization)]).toEqual([401, 401]);
    pass(23 * hourMs);
    expect(await statusWith(authorization)).toBe(401);
  });

  it('a wrong password is no use of the login', async () => {
    const { authorization } = await newOwner(server);
    const [login = ''] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
    pass(23 * hourMs);
    expect(await statusWith(basic(login, 'wrong'))).toBe(401);
    pass(hourMs + 1000);
    expect(await statusWith(authorization)).toBe(401);
  });
});
