import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callDocument, dayOfCalls, logIn, report, send } from './client.ts';
import { type RunningServer, Workplace } from './workplace.ts';

/** Users are added and changed while the server runs, which must see it at once. */
const place = new Workplace({ environment: { VOXGAUGE_AUTH_ATTEMPTS_PER_WINDOW: '1000' } });
let server: RunningServer;
beforeAll(async () => {
  server = await place.serve();
});
afterAll(() => place.remove());

const generated = /^[A-Za-z0-9_-]{20}$/;

describe('user add', () => {
  it('takes the password from standard input, and makes an account with its zone and country', async () => {
    const words = ['user', 'add', '--tool', 'dev', '--login', 'plum', '--password-stdin'];
    const account = ['--time-zone', 'America/New_York', '--country', 'gb'];
    // Only the first line is the password, and its spaces belong to it.
    expect(await place.run([...words, ...account], { stdin: ' good  password \r\nrest' })).toEqual({
      code: 0,
      signal: null,
      stdout: 'added login plum of tool dev, new account plum (time zone America/New_York, country GB)\n',
      stderr: '',
    });
    expect(await logIn(server.address, { login: 'plum', password: ' good  password ' })).toMatchObject({ status: 200 });
    expect(await logIn(server.address, { login: 'plum', password: 'good  password' })).toMatchObject({ status: 401 });
  });

  it('makes a password and prints it once, where none is given', async () => {
    const words = ['user', 'add', '--login', 'pear', '--account', 'plum'];
    const [line, password = ''] = (await place.output(words)).split('\npassword: ');
    expect(line).toBe('added login pear of tool dev, account plum (time zone America/New_York, country GB)');
    expect(password).toMatch(generated);
    expect(await logIn(server.address, { login: 'pear', password })).toMatchObject({ status: 200 });
  });

  it('prints the same as JSON', async () => {
    const added = await place.json(['user', 'add', '--tool', 'insight', '--login', 'plum', '--account', 'fruit']);
    expect(added).toEqual({
      tool: 'insight',
      login: 'plum',
      account: 'fruit',
      time_zone: 'UTC',
      country: 'US',
      is_admin: true,
      is_disabled: false,
      is_new_account: true,
      password: expect.stringMatching(generated),
    });
  });

  it('refuses a login that is there, and settings that an account of the name does not have', async () => {
    const again = place.run(['user', 'add', '--login', 'pear']);
    const other = place.run(['user', 'add', '--login', 'fig', '--account', 'plum', '--time-zone', 'UTC']);
    expect(await again).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'voxgauge: login "pear" of tool dev exists; "voxgauge user passwd" sets a new password\n',
    });
    expect(await other).toMatchObject({
      code: 1,
      stdout: '',
      stderr:
        'voxgauge: account "plum" exists, with time zone America/New_York and country GB; leave --time-zone and --country out\n',
    });
  });
});

describe('user list', () => {
  it('shows every login in columns', async () => {
    expect(await place.output(['user', 'list'])).toBe(
      [
        'account  time zone         country  tool     login  role           state',
        'fruit    UTC               US       insight  plum   administrator  active',
        'plum     America/New_York  GB       dev      pear                  active',
        'plum     America/New_York  GB       dev      plum   administrator  active',
      ].join('\n'),
    );
  });

  it('prints the same as JSON', async () => {
    const plum = { account: 'plum', time_zone: 'America/New_York', country: 'GB', tool: 'dev', is_disabled: false };
    const fruit = { account: 'fruit', time_zone: 'UTC', country: 'US', tool: 'insight', is_disabled: false };
    expect(await place.json(['user', 'list'])).toEqual([
      { ...fruit, login: 'plum', is_admin: true },
      { ...plum, login: 'pear', is_admin: false },
      { ...plum, login: 'plum', is_admin: true },
    ]);
  });
});

describe('an administrator', () => {
  const inAccount = (login: string) => ['--login', login, '--tool', 'dev'];
  const refusal =
    'voxgauge: login "plum" of tool dev is the only administrator of account "plum" who can log in; make another login one with "voxgauge user set --admin on"';

  it('is whoever is added as one', async () => {
    const added = await place.json(['user', 'add', '--login', 'fig', '--account', 'plum', '--admin']);
    expect(added).toMatchObject({ login: 'fig', is_admin: true, is_new_account: false });
    await place.output(['user', 'disable', '--login', 'fig']);
  });

  it('that is the only one who can log in stays one, and is disabled only where that is meant', async () => {
    expect(await place.run(['user', 'set', ...inAccount('plum'), '--admin', 'off'])).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr: `${refusal}\n`,
    });
    expect(await place.run(['user', 'disable', ...inAccount('plum')])).toEqual({
      code: 1,
      signal: null,
      stdout: '',
      stderr: `${refusal}, or disable it with --leave-no-admin\n`,
    });
    expect((await place.output(['user', 'list'])).split('\n').slice(-3)).toEqual([
      'plum     America/New_York  GB       dev      fig    administrator  disabled',
      'plum     America/New_York  GB       dev      pear                  active',
      'plum     America/New_York  GB       dev      plum   administrator  active',
    ]);
    const disabled = await place.output(['user', 'disable', ...inAccount('plum'), '--leave-no-admin']);
    expect(disabled).toBe('disabled login plum of tool dev');
    expect(await place.output(['user', 'enable', ...inAccount('plum')])).toBe('enabled login plum of tool dev');
  });

  it('is made and unmade', async () => {
    expect(await place.output(['user', 'set', ...inAccount('pear'), '--admin', 'on'])).toBe(
      'login pear of tool dev is now an administrator of account plum',
    );
    expect(await place.output(['user', 'set', ...inAccount('plum'), '--admin', 'off'])).toBe(
      'login plum of tool dev is now no administrator of account plum',
    );
    expect(await place.json(['user', 'set', ...inAccount('plum'), '--admin', 'on'])).toMatchObject({
      login: 'plum',
      is_admin: true,
    });
    expect(await place.run(['user', 'set', ...inAccount('plum'), '--admin', 'yes'])).toMatchObject({
      code: 2,
      stderr: 'voxgauge: --admin must be on or off, got "yes"\n',
    });
  });
});

describe('a running server', () => {
  const login = { login: 'grape', password: 'sweet' };
  const reportStatus = async (authorization: string) =>
    (await report(server.address, authorization, dayOfCalls)).status;

  it('locks a disabled login and its key out at once, also where it is logged in, and lets it in again', async () => {
    await place.output(['user', 'add', '--login', 'grape', '--password-stdin'], { stdin: 'sweet' });
    const key = await place.output(['key', 'add', '--login', 'grape']);
    const { authorization } = await logIn(server.address, login);
    expect(await reportStatus(authorization)).toBe(200);

    const disabled = await place.output(['user', 'disable', '--login', 'grape', '--leave-no-admin']);
    expect(disabled).toBe('disabled login grape of tool dev');
    expect(await reportStatus(authorization)).toBe(401);
    expect(await logIn(server.address, login)).toMatchObject({ status: 401 });
    expect((await send(server.address, key, callDocument('c-1'))).status).toBe(401);

    expect(await place.json(['user', 'enable', '--login', 'grape'])).toMatchObject({
      login: 'grape',
      is_disabled: false,
    });
    expect(await reportStatus(authorization)).toBe(401);
    expect(await logIn(server.address, login)).toMatchObject({ status: 200 });
    expect((await send(server.address, key, callDocument('c-1'))).status).toBe(200);
  });

  it('takes a new password at once, and ends what was logged in with the old one', async () => {
    const { authorization } = await logIn(server.address, login);
    const changed = await place.output(['user', 'passwd', '--login', 'grape', '--password-stdin'], { stdin: 'sour\n' });
    expect(changed).toBe('set a new password for login grape of tool dev');
    expect(await reportStatus(authorization)).toBe(401);
    expect(await logIn(server.address, login)).toMatchObject({ status: 401 });
    expect(await logIn(server.address, { ...login, password: 'sour' })).toMatchObject({ status: 200 });
  });

  it('takes a password that was made', async () => {
    const changed = await place.output(['user', 'passwd', '--login', 'grape']);
    const [, password = ''] = changed.split('\npassword: ');
    expect(password).toMatch(generated);
    expect(await logIn(server.address, { ...login, password })).toMatchObject({ status: 200 });
  });
});

describe('a login', () => {
  it('that is not there is refused with the command that lists those that are', async () => {
    expect(await place.run(['user', 'disable', '--login', 'melon'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'voxgauge: there is no login "melon"; "voxgauge user list" shows those that are\n',
    });
  });

  it('that lives in two tools needs the tool to be said', async () => {
    expect(await place.run(['user', 'passwd', '--login', 'plum'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'voxgauge: login "plum" lives in insight, dev; say which with --tool\n',
    });
    const changed = await place.json(['user', 'passwd', '--login', 'plum', '--tool', 'insight']);
    expect(changed).toMatchObject({ tool: 'insight', login: 'plum', password: expect.stringMatching(generated) });
  });
});
