import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../../src/secrets/passwords.ts';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import { type Answer, errorOf, exchange, type Sent } from './exchange.ts';
import { basic, type LogIn, logIn, newOwner, report } from './owner.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ authAttemptsPerWindow: 1_000_000, authFailuresPerAddress: 1_000_000 });
  await server.addUser({ login: 'ann@example.com' });
  await server.addUser({ login: 'ann@example.com', tool: 'insight', account: 'insight' });
  await server.addUser({ login: 'plus', tool: 'fuseplus' });
});
afterAll(() => server.close());

const good = { tool: 'dev', login: 'ann@example.com', password: testPassword };
const urlencoded = 'application/x-www-form-urlencoded';
const query = (fields: LogIn) => `?${new URLSearchParams(fields)}`;
const post = (path: string, sent: Sent = {}) => exchange(server.address, path, { method: 'POST', ...sent });

function multipart(fields: LogIn): Sent {
  const boundary = '------------------------d74496d66958873e';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  return { method: 'POST', headers, body: `${parts.join('')}--${boundary}--\r\n` };
}

/** Asks for a report with what an answer of auth gives. */
async function isGranted({ text }: Answer): Promise<boolean> {
  const { login, password } = JSON.parse(text);
  const authorization = basic(login, password);
  return (await exchange(server.address, report, { headers: { authorization } })).status === 200;
}

describe('a login', () => {
  it.each<[string, () => Promise<Answer>]>([
    ['in a form', () => logIn(server, good)],
    ['in a form with a charset', () => logIn(server, good, formOf(`${urlencoded}; charset=UTF-8`))],
    ['in a form whose type is in capitals', () => logIn(server, good, formOf(urlencoded.toUpperCase()))],
    ['in a form with fields of its own besides', () => logIn(server, { ...good, submit: 'Log in' })],
    ['in the query string', () => post(`/api/auth${query(good)}`)],
    ['in the query string, with an empty form', () => post(`/api/auth${query(good)}`, formOf(urlencoded))],
    ['in a multipart form', () => exchange(server.address, '/api/auth', multipart(good))],
    ['of the tool insight', () => logIn(server, { ...good, tool: 'insight' })],
    ['of the tool fuseplus', () => logIn(server, { ...good, tool: 'fuseplus', login: 'plus' })],
  ])('%s gives credentials with which data is granted', async (_, ask) => {
    const answer = await ask();
    expect({ status: answer.status, type: answer.headers['Content-Type'] }).toEqual({
      status: 200,
      type: 'application/json',
    });
    expect(await isGranted(answer)).toBe(true);
  });

  it.each(['pass+word', 'a b', '100%&more=less', 'Ünïcödé 密码', ' leading and trailing '])(
    'may have the password "%s", in a form, in the query string and in a multipart form',
    async (password) => {
      const { user } = await newOwner(server);
      await server.store.accounts.setPassword(user.userId, await hashPassword(password));
      const fields = { tool: 'dev', login: user.login, password };
      const answers = await Promise.all([
        logIn(server, fields),
        post(`/api/auth${query(fields)}`),
        exchange(server.address, '/api/auth', multipart(fields)),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    },
  );

  it('answers in XML when asked for', async () => {
    const { status, headers, text } = await logIn(server, good, { headers: { accept: 'application/xml' } });
    expect({ status, type: headers['Content-Type'], length: headers['Content-Length'] }).toEqual({
      status: 200,
      type: 'application/xml',
      length: String(Buffer.byteLength(text)),
    });
    expect(text).toMatch(
      /^<\?xml version="1\.0"\?><result><login>[0-9a-f]{32}<\/login><password>[0-9a-f]{32}<\/password><\/result>$/,
    );
  });

  it('leaves the credentials of earlier logins as they are', async () => {
    const answers = [await logIn(server, good), await logIn(server, good), await logIn(server, good)];
    expect(await Promise.all(answers.map(isGranted))).toEqual([true, true, true]);
  });
});

describe('400', () => {
  const { tool, login, password } = good;
  it.each<[string, LogIn]>([
    ['nothing', {}],
    ['no tool', { login, password }],
    ['no login', { tool, password }],
    ['no password', { tool, login }],
    ['an empty tool', { ...good, tool: '' }],
    ['an unknown tool', { ...good, tool: 'crm' }],
    ['the name of a property of objects as the tool', { ...good, tool: 'constructor' }],
  ])('is for %s', async (_, fields) => {
    const answer = await logIn(server, fields);
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatch(/tool|login|password/);
  });

  it.each<[string, Sent]>([
    ['JSON', { headers: { 'content-type': 'application/json' }, body: JSON.stringify(good) }],
    ['broken JSON', { headers: { 'content-type': 'application/json' }, body: '{' }],
    ['text', { headers: { 'content-type': 'text/plain' }, body: new URLSearchParams(good).toString() }],
    ['a form that is not called one', { body: new URLSearchParams(good).toString() }],
    ['a content type that is none', { headers: { 'content-type': ';;;' }, body: 'x' }],
    ['a multipart form without a boundary', { headers: { 'content-type': 'multipart/form-data' }, body: 'x' }],
    ['two megabytes', { ...formOf(urlencoded), body: `login=${'x'.repeat(2_000_000)}` }],
  ])('is for a body of %s: no other status stands for what a client has sent wrong', async (_, sent) => {
    const answer = await post('/api/auth', sent);
    expect({ status: answer.status, type: answer.headers['Content-Type'] }).toEqual({
      status: 400,
      type: 'application/json',
    });
    errorOf(answer);
  });
});

describe('401', () => {
  const refusals: readonly [string, LogIn][] = [
    ['a wrong password', { ...good, password: 'wrong' }],
    ['a password in other capitals', { ...good, password: testPassword.toUpperCase() }],
    ['an unknown login', { ...good, login: 'nobody' }],
    ['a login of another tool', { ...good, login: 'plus' }],
    ['a login that reads like SQL', { ...good, login: "' OR 1=1 --" }],
    ['a login of a hundred characters', { ...good, login: 'x'.repeat(100) }],
  ];
  it.each(refusals)('is for %s', async (_, fields) => {
    const answer = await logIn(server, fields);
    expect({ status: answer.status, realm: answer.headers['WWW-Authenticate'] }).toEqual({
      status: 401,
      realm: expect.stringMatching(/^Basic realm="[^"]+"/),
    });
    errorOf(answer);
  });

  it('does not tell a wrong password from an unknown login, nor from a disabled one', async () => {
    const { user } = await newOwner(server);
    await server.store.accounts.setDisabled(user.userId, true, { mayLeaveNoAdmin: true });
    const guesses = [good.login, 'nobody at all', user.login].map((login) =>
      logIn(server, { ...good, login, password: 'wrong' }),
    );
    const [known, unknown, disabled] = (await Promise.all(guesses)).map(({ text, headers }) => ({
      text,
      names: Object.keys(headers),
    }));
    expect(unknown).toEqual(known);
    expect(disabled).toEqual(known);
  });

  it('is for the right password of a disabled user, until the user is enabled', async () => {
    const { user } = await newOwner(server);
    const statusOf = async () => (await logIn(server, { ...good, login: user.login })).status;
    expect(await statusOf()).toBe(200);
    await server.store.accounts.setDisabled(user.userId, true, { mayLeaveNoAdmin: true });
    expect(await statusOf()).toBe(401);
    await server.store.accounts.setDisabled(user.userId, false);
    expect(await statusOf()).toBe(200);
  });

  it('is for the old password after a change', async () => {
    const { user } = await newOwner(server);
    await server.store.accounts.setPassword(user.userId, await hashPassword('new password'));
    const statusOf = async (password: string) => (await logIn(server, { ...good, login: user.login, password })).status;
    expect([await statusOf(testPassword), await statusOf('new password')]).toEqual([401, 200]);
  });

  it('is XML when asked for', async () => {
    const answer = await logIn(server, { ...good, password: 'x' }, { headers: { accept: 'application/xml' } });
    expect(answer.headers['Content-Type']).toBe('application/xml');
    expect(answer.text).toMatch(/^<\?xml version="1\.0"\?><result><error>[^<]{10,}<\/error><\/result>$/);
  });
});

function formOf(type: string): Sent {
  return { headers: { 'content-type': type } };
}
