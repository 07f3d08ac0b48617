import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUserWithKey, callDocument, callsIn, dayOfCalls, logIn, password, report, send } from './client.ts';
import { type RunningServer, Workplace } from './workplace.ts';

/** Keys and numbers are changed while the server runs, which must see it at once. */
const place = new Workplace();
let server: RunningServer;
beforeAll(async () => {
  await addUserWithKey(place.data, 'plum');
  await place.output(['user', 'add', '--login', 'pear', '--account', 'plum', '--password-stdin'], { stdin: password });
  server = await place.serve();
});
afterAll(() => place.remove());

const instant = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

describe('key', () => {
  it('add prints the key alone, and the server takes calls with it', async () => {
    const added = await place.run(['key', 'add', '--login', 'plum']);
    expect(added).toEqual({ code: 0, signal: null, stderr: '', stdout: expect.stringMatching(/^vgk_[\w-]{43}\n$/) });
    const response = await send(server.address, added.stdout.trim(), callDocument('c-1'));
    expect(await response.json()).toEqual({ stored: 1, replaced: 0, unchanged: 0, stale: 0, rejected: [] });
  });

  it('add --strict makes one that refuses calls of numbers that the account does not have', async () => {
    const added: { id: number; key: string } = JSON.parse(
      await place.output(['key', 'add', '--login', 'plum', '--strict', '--label', 'PBX', '--json']),
    );
    const made = { id: 3, key: expect.stringMatching(/^vgk_/), login: 'plum', strict: true, label: 'PBX' };
    expect(added).toEqual(made);
    const documents = [callDocument('c-2'), callDocument('c-3', { phone: '6173990009' })];
    const response = await send(server.address, added.key, documents);
    expect(await response.json()).toMatchObject({ stored: 1, rejected: [{ index: 1, id: 'c-3', path: '/phone' }] });
  });

  it('add refuses a label that is too long', async () => {
    expect(await place.run(['key', 'add', '--login', 'plum', '--label', 'x'.repeat(201)])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'voxgauge: --label must be at most 200 characters long, got 201\n',
    });
  });

  it('list shows the beginning of each key, what it is for and its last use, and never the key', async () => {
    // Last uses are saved once a second.
    await expect.poll(async () => (await place.output(['key', 'list'])).match(/never/g)?.length).toBe(1);
    const [headings = '', ...lines] = (await place.output(['key', 'list'])).split('\n');
    expect(headings).toMatch(/^id +key +account +login +kind +label +made +last used +revoked$/);
    const rows = lines.map((line) => line.split(/ {2,}/));
    const [hint, atInstant] = [expect.stringMatching(/^vgk_.{4}…$/), expect.stringMatching(instant)];
    expect(rows).toEqual([
      ['1', hint, 'plum', 'plum', atInstant, 'never'],
      ['2', hint, 'plum', 'plum', atInstant, atInstant],
      ['3', hint, 'plum', 'plum', 'strict', 'PBX', atInstant, atInstant],
    ]);
  });

  it('revoke makes a key worthless at once', async () => {
    const added: { id: number; key: string } = JSON.parse(
      await place.output(['key', 'add', '--login', 'pear', '--json']),
    );
    expect((await send(server.address, added.key, callDocument('c-1'))).status).toBe(200);
    expect(await place.output(['key', 'revoke', `${added.id}`])).toBe(`revoked key ${added.id}`);
    expect((await send(server.address, added.key, callDocument('c-1'))).status).toBe(401);
    expect(await place.run(['key', 'revoke', `${added.id}`])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `voxgauge: there is no key ${added.id} that could be revoked; "voxgauge key list" shows those that are\n`,
    });
  });

  it('list --json has the revoked ones too', async () => {
    const key = { hint: expect.stringMatching(/^vgk_.{4}$/), account: 'plum', login: 'plum', strict: false, label: '' };
    const atInstant = expect.stringMatching(instant);
    const used = { created_at: atInstant, last_used_at: atInstant, revoked_at: null };
    await expect.poll(async () => (await place.output(['key', 'list'])).match(/never/g)?.length).toBe(1);
    expect(await place.json(['key', 'list'])).toEqual([
      { id: 1, ...key, ...used, last_used_at: null },
      { id: 2, ...key, ...used },
      { id: 3, ...key, ...used, strict: true, label: 'PBX' },
      { id: 4, ...key, ...used, login: 'pear', revoked_at: atInstant },
    ]);
  });
});

describe('number', () => {
  const first = '+16173990000';
  const second = '+16175550100';
  const callsOf = async (login: string): Promise<number> => {
    const { authorization } = await logIn(server.address, { login });
    return callsIn((await report(server.address, authorization, dayOfCalls)).text);
  };

  it('add takes any usual spelling, once', async () => {
    const added = await place.output(['number', 'add', '(617) 555-0100', '--login', 'plum']);
    expect(added).toBe(`added ${second}, owned by plum`);
    expect(await place.run(['number', 'add', '1 617 555 0100', '--login', 'pear'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `voxgauge: account plum has ${second} already; "voxgauge number list" shows its owner\n`,
    });
  });

  it('share and unshare change who sees it, and no figure of the API', async () => {
    const words = (verb: string) => ['number', verb, '6173990000', '--login', 'plum', '--with', 'pear'];
    expect(await place.json(words('share'))).toEqual({ phone: first, owner: 'plum', shared_with: ['pear'] });
    expect(await callsOf('pear')).toBe(0);
    const listed = (await place.output(['number', 'list', '--login', 'pear'])).split('\n');
    expect(listed).toEqual(['number        owner  shared with', `${first}  plum   pear`, `${second}  plum`]);
    expect(await place.output(words('unshare'))).toBe(`${first} is no longer shared with pear`);
  });

  it('give moves all calls so far to the new owner at once', async () => {
    expect([await callsOf('plum'), await callsOf('pear')]).toEqual([2, 0]);
    const given = await place.output(['number', 'give', '6173990000', '--login', 'plum', '--to', 'pear']);
    expect(given).toBe(`${first} is now owned by pear`);
    expect([await callsOf('plum'), await callsOf('pear')]).toEqual([0, 2]);
    expect(await place.json(['number', 'list', '--login', 'plum'])).toEqual([
      { phone: first, owner: 'pear', shared_with: [] },
      { phone: second, owner: 'plum', shared_with: [] },
    ]);
  });

  it('says what to do about a number or a login that the account does not have', async () => {
    const noNumber = place.run(['number', 'give', '6175550199', '--login', 'plum', '--to', 'pear']);
    const noLogin = place.run(['number', 'share', '6173990000', '--login', 'plum', '--with', 'melon']);
    const noDigits = place.run(['number', 'add', 'office', '--login', 'plum']);
    expect(
      [await noNumber, await noLogin, await noDigits].map(({ code, stdout, stderr }) => [code, stdout, stderr]),
    ).toEqual([
      [1, '', 'voxgauge: account plum has no number +16175550199; "voxgauge number add" adds it\n'],
      [1, '', 'voxgauge: account plum has no login "melon"; "voxgauge user list" shows those that are\n'],
      [2, '', 'voxgauge: a telephone number must have digits, got "office"\n'],
    ]);
  });
});
