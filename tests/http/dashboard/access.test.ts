import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/wire/dashboard/session.ts';
import type { MadeSecret, NumberList, Secret, SecretList, UserList } from '../../../src/wire/dashboard/settings.ts';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import { exchange } from '../voicetrends/exchange.ts';
import { call } from '../voicetrends/owner.ts';
import { askWith, jsonOf, newVisitor, refusalOf, type Visitor, visit } from './visitor.ts';

/** Numbers, keys, tokens and users: who sees what, and who changes it. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** An account with its administrator, two users without rights, and a stranger. */
async function newAccount() {
  const admin = await newVisitor(server);
  const { name } = admin.user.account;
  const [plum, pear, stranger] = [
    await newVisitor(server, { account: name }),
    await newVisitor(server, { account: name }),
    await newVisitor(server),
  ];
  return { admin, plum, pear, stranger };
}

const post = ({ ask }: Visitor, path: string, body: unknown) => ask(path, { method: 'POST', body });
const nameOf = ({ user: { userId, tool, login } }: Visitor) => ({ id: userId, tool, login });
const numbersOf = async ({ ask }: Visitor) => jsonOf<NumberList>(await ask('/numbers')).numbers;

describe('numbers', () => {
  it('are added in any spelling, owned by who adds them, once in an account', async () => {
    const { admin, plum, stranger } = await newAccount();
    const answer = jsonOf(await post(plum, '/numbers', { number: '(617) 399-0000' }));
    expect(answer).toEqual({ number: '+16173990000', owner: nameOf(plum), shared_with: [], can_change: true });
    expect(refusalOf(await post(admin, '/numbers', { number: '6173990000' }))).toEqual({
      status: 409,
      code: 'conflict',
      parameter: null,
      detail: 'the account has +16173990000 already; its owner or an administrator can share it',
    });
    expect((await post(stranger, '/numbers', { number: '6173990000' })).status).toBe(200);
  });

  it('are listed to their owners, to who sees them, and to administrators', async () => {
    const { admin, plum, pear, stranger } = await newAccount();
    await post(plum, '/numbers', { number: '+16173990000' });
    await post(pear, '/numbers', { number: '+16173990001' });
    expect((await post(plum, '/numbers/share', { number: '617-399-0000', user_id: pear.user.userId })).status).toBe(
      200,
    );
    const [zero, one] = [
      { number: '+16173990000', owner: nameOf(plum), shared_with: [nameOf(pear)], can_change: true },
      { number: '+16173990001', owner: nameOf(pear), shared_with: [], can_change: true },
    ];
    expect(await numbersOf(admin)).toEqual([zero, one]);
    expect(await numbersOf(plum)).toEqual([zero]);
    expect(await numbersOf(pear)).toEqual([{ ...zero, shared_with: [], can_change: false }, one]);
    expect(await numbersOf(stranger)).toEqual([]);
  });

  it.each(['share', 'unshare', 'give'])('are not for others to %s', async (verb) => {
    const { admin, plum, pear, stranger } = await newAccount();
    await post(plum, '/numbers', { number: '+16173990000' });
    const change = { number: '+16173990000', user_id: pear.user.userId };
    expect(refusalOf(await post(pear, `/numbers/${verb}`, change))).toMatchObject({ status: 404, code: 'unknown' });
    await post(plum, '/numbers/share', change);
    const refused = refusalOf(await post(pear, `/numbers/${verb}`, change));
    expect(refused).toMatchObject({ status: 403, code: 'forbidden' });
    expect(refused.detail).toContain(plum.user.login);
    expect(refusalOf(await post(stranger, `/numbers/${verb}`, change)).code).toBe('unknown');
    expect(refusalOf(await post(plum, `/numbers/${verb}`, { ...change, user_id: stranger.user.userId }))).toMatchObject(
      { status: 404, code: 'unknown' },
    );
    expect(refusalOf(await post(plum, `/numbers/${verb}`, { ...change, number: '+16173990009' })).code).toBe('unknown');
    expect((await post(admin, `/numbers/${verb}`, change)).status).toBe(200);
  });

  it('are neither shared with nor given to who cannot sign in, and are taken back from them', async () => {
    const { admin, plum, pear } = await newAccount();
    const change = { number: '+16173990000', user_id: pear.user.userId };
    await post(plum, '/numbers', { number: change.number });
    await post(plum, '/numbers/share', change);
    await admin.ask(`/users/${pear.user.userId}`, { method: 'PATCH', body: { is_disabled: true } });
    for (const verb of ['share', 'give']) {
      expect(refusalOf(await post(plum, `/numbers/${verb}`, change))).toEqual({
        status: 409,
        code: 'conflict',
        parameter: 'user_id',
        detail: `${pear.user.login} is disabled, and would not see +16173990000; choose another user`,
      });
    }
    expect(jsonOf(await post(plum, '/numbers/unshare', change))).toMatchObject({
      owner: nameOf(plum),
      shared_with: [],
    });
  });

  it('are shared, not any more, and given away', async () => {
    const { admin, plum, pear } = await newAccount();
    const change = { number: '+16173990000', user_id: pear.user.userId };
    await post(plum, '/numbers', change.number === '' ? {} : { number: change.number });
    const seen = async (who: Visitor) => jsonOf<Session>(await who.ask('/session')).numbers;
    await post(admin, '/numbers/share', change);
    expect(await seen(pear)).toEqual([{ number: change.number, is_owned: false }]);
    await post(plum, '/numbers/unshare', change);
    expect(await seen(pear)).toEqual([]);
    expect((await post(plum, '/numbers/give', change)).status).toBe(204);
    expect([await seen(plum), await seen(pear)]).toEqual([[], [{ number: change.number, is_owned: true }]]);
    expect(jsonOf(await post(admin, '/numbers/give', { ...change, user_id: plum.user.userId }))).toMatchObject({
      owner: nameOf(plum),
    });
  });
});

describe('keys and tokens', () => {
  const listOf = async ({ ask }: Visitor, path: string) => jsonOf<SecretList>(await ask(path)).secrets;
  const make = async (who: Visitor, path: string, body: unknown) => jsonOf<MadeSecret>(await post(who, path, body));

  /** Uses are saved within a second. */
  async function usedOne(who: Visitor, path: string): Promise<Secret> {
    for (;;) {
      const used = (await listOf(who, path)).find(({ last_used_at }) => last_used_at !== null);
      if (used !== undefined) return used;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('of the dashboard send calls, and say when they did', async () => {
    const { plum } = await newAccount();
    const { id, secret } = await make(plum, '/keys', { label: 'Asterisk', is_strict: false });
    expect(secret).toMatch(/^vgk_[\w-]{43}$/);
    const [made] = await listOf(plum, '/keys');
    const entry = { id, user: nameOf(plum), hint: secret.slice(0, 8), label: 'Asterisk', is_strict: false };
    expect(made).toMatchObject({ ...entry, last_used_at: null, revoked_at: null });
    expect((await server.send(secret, [call()])).status).toBe(200);
    const used = await usedOne(plum, '/keys');
    expect(used.last_used_at).toBe(used.created_at);
    expect((await plum.ask(`/keys/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await server.send(secret, [call()])).status).toBe(401);
    expect((await listOf(plum, '/keys'))[0]?.revoked_at).not.toBeNull();
    expect((await plum.ask(`/keys/${id}`, { method: 'DELETE' })).status).toBe(204);
  });

  it('may be strict', async () => {
    const { plum } = await newAccount();
    const { secret } = await make(plum, '/keys', { label: '', is_strict: true });
    expect((await server.send(secret, [call()])).status).toBe(400);
    expect((await listOf(plum, '/keys'))[0]?.is_strict).toBe(true);
    expect(refusalOf(await post(plum, '/tokens', { label: '', is_strict: true }))).toMatchObject({
      status: 400,
      parameter: 'is_strict',
    });
  });

  it('of the dashboard read reports', async () => {
    const { plum } = await newAccount();
    const { id, secret } = await make(plum, '/tokens', { label: 'wallboard' });
    expect(secret).toMatch(/^vgt_[\w-]{43}$/);
    const read = () =>
      exchange(server.address, '/api/v2/report?start=2018-02-01&end=2018-02-08', {
        headers: { authorization: `Bearer ${secret}` },
      });
    expect((await read()).status).toBe(200);
    const used = await usedOne(plum, '/tokens');
    expect(used.last_used_at).toBe(used.created_at);
    await plum.ask(`/tokens/${id}`, { method: 'DELETE' });
    expect((await read()).status).toBe(401);
  });

  it.each(['/keys', '/tokens'])('at %s are their users’, and administrators’', async (path) => {
    const { admin, plum, pear, stranger } = await newAccount();
    const { id } = await make(plum, path, { label: '' });
    const ids = async (who: Visitor) => (await listOf(who, path)).map((each) => each.id);
    expect([await ids(plum), await ids(admin), await ids(pear), await ids(stranger)]).toEqual([[id], [id], [], []]);
    for (const who of [pear, stranger]) {
      expect(refusalOf(await who.ask(`${path}/${id}`, { method: 'DELETE' }))).toMatchObject({
        status: 404,
        code: 'unknown',
      });
    }
    expect((await listOf(plum, path))[0]?.revoked_at).toBeNull();
    expect((await admin.ask(`${path}/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await listOf(plum, path))[0]?.revoked_at).not.toBeNull();
  });

  it('are nowhere in lists and log', async () => {
    const { plum } = await newAccount();
    const { secret } = await make(plum, '/keys', { label: '' });
    expect((await plum.ask('/keys')).text).not.toContain(secret);
    expect(JSON.stringify(server.log)).not.toContain(secret);
    expect(server.log).toContainEqual(expect.objectContaining({ change: 'key added', userId: plum.user.userId }));
  });
});

describe('users', () => {
  const usersOf = async ({ ask }: Visitor) => jsonOf<UserList>(await ask('/users'));
  const patch = ({ ask }: Visitor, { user }: Visitor, body: unknown) =>
    ask(`/users/${user.userId}`, { method: 'PATCH', body });
  const signIn = (login: string, password: string) =>
    askWith(server, '/session', { method: 'POST', body: { tool: 'dev', login, password } });

  it('are those of the account', async () => {
    const { admin, plum, pear } = await newAccount();
    const listed = (who: Visitor, you: Visitor) => ({
      ...nameOf(who),
      is_admin: who === admin,
      is_disabled: false,
      is_you: who === you,
    });
    const sorted = [admin, plum, pear].toSorted((a, b) => (a.user.login < b.user.login ? -1 : 1));
    expect(await usersOf(plum)).toEqual({ users: sorted.map((each) => listed(each, plum)), can_change: false });
    expect(await usersOf(admin)).toEqual({ users: sorted.map((each) => listed(each, admin)), can_change: true });
  });

  it('are added by administrators to their own account', async () => {
    const { admin, plum } = await newAccount();
    const login = randomUUID();
    const body = { tool: 'insight', login, password: 'eight or more', is_admin: false };
    expect(refusalOf(await post(plum, '/users', body))).toMatchObject({ status: 403, code: 'forbidden' });
    const added = jsonOf<{ id: number }>(await post(admin, '/users', body));
    expect(added).toMatchObject({ tool: 'insight', login, is_admin: false, is_disabled: false, is_you: false });
    expect((await usersOf(plum)).users.map(({ id }) => id)).toContain(added.id);
    expect(refusalOf(await post(admin, '/users', body))).toMatchObject({ status: 409, code: 'conflict' });
    const signedIn = await askWith(server, '/session', {
      method: 'POST',
      body: { tool: 'insight', login, password: 'eight or more' },
    });
    expect(jsonOf<Session>(signedIn).account.name).toBe(admin.user.account.name);
    expect(refusalOf(await post(admin, '/users', { ...body, login: 'x', tool: 'excel' })).parameter).toBe('tool');
    const short = refusalOf(await post(admin, '/users', { ...body, login: 'x', password: 'seven77' }));
    expect([short.parameter, short.detail]).toEqual(['password', 'password must be at least 8 characters long']);
  });

  it('are changed by administrators of their account', async () => {
    const { admin, plum, pear, stranger } = await newAccount();
    expect(refusalOf(await patch(plum, pear, { is_admin: true })).code).toBe('forbidden');
    expect(refusalOf(await patch(stranger, pear, { is_admin: true }))).toMatchObject({ status: 404, code: 'unknown' });
    expect(jsonOf(await patch(admin, plum, { is_admin: true }))).toMatchObject({ is_admin: true });
    expect(jsonOf(await patch(plum, pear, { is_disabled: true }))).toMatchObject({ is_disabled: true });
    expect(refusalOf(await pear.ask('/session')).code).toBe('sessionInvalid');
    expect(jsonOf(await patch(plum, pear, { is_disabled: false, password: 'another one' }))).toMatchObject({
      is_disabled: false,
    });
    expect((await signIn(pear.user.login, testPassword)).status).toBe(401);
    expect((await signIn(pear.user.login, 'another one')).status).toBe(200);
  });

  it('do not lock themselves out', async () => {
    const { admin, plum } = await newAccount();
    for (const change of [{ is_admin: false }, { is_disabled: true }, { password: 'another one' }]) {
      const refused = refusalOf(await patch(admin, admin, change));
      expect(refused).toMatchObject({ status: 409, code: 'conflict', parameter: Object.keys(change)[0] });
    }
    await patch(admin, plum, { is_admin: true });
    expect(jsonOf(await patch(plum, admin, { is_admin: false }))).toMatchObject({ is_admin: false });
    expect(refusalOf(await patch(admin, plum, { is_admin: false })).code).toBe('forbidden');
  });

  it('are not both demoted when two administrators do so at once', async () => {
    const { admin, plum } = await newAccount();
    await patch(admin, plum, { is_admin: true });
    await Promise.all([patch(admin, plum, { is_admin: false }), patch(plum, admin, { is_admin: false })]);
    const { users } = await usersOf(admin);
    expect(users.filter(({ is_admin }) => is_admin).length).toBe(1);
  });

  it('change their own password, which ends all sessions but this one', async () => {
    const { plum } = await newAccount();
    const there = await visit(server, plum.user);
    const wrong = refusalOf(await post(plum, '/password', { current: 'wrong one', password: 'another one' }));
    expect(wrong).toEqual({
      status: 403,
      code: 'forbidden',
      parameter: 'current',
      detail: 'current must be your password of now, and is not',
    });
    const answer = await post(plum, '/password', { current: testPassword, password: 'another one' });
    expect(answer.status).toBe(204);
    const secret = /voxgauge_session=([^;]+)/.exec(answer.headers['set-cookie'] ?? '')?.[1] ?? '';
    expect((await askWith(server, '/session', { headers: { cookie: `voxgauge_session=${secret}` } })).status).toBe(200);
    expect([(await plum.ask('/session')).status, (await there.ask('/session')).status]).toEqual([401, 401]);
    expect([
      (await signIn(plum.user.login, testPassword)).status,
      (await signIn(plum.user.login, 'another one')).status,
    ]).toEqual([401, 200]);
  });

  it('guess their own password no more often than others do', async () => {
    const { plum } = await newAccount();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 16; attempt += 1) {
      statuses.push((await post(plum, '/password', { current: 'wrong one', password: 'another one' })).status);
    }
    expect([statuses.slice(0, 15).every((status) => status === 403), statuses[15]]).toEqual([true, 429]);
  });
});
