import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUserWithKey, callDocument, send } from './client.ts';
import { type RunningServer, Workplace } from './workplace.ts';

/** Tokens are made and revoked while the server runs, which must see it at once. */
const place = new Workplace();
let server: RunningServer;
let key: string;
beforeAll(async () => {
  key = await addUserWithKey(place.data, 'plum');
  server = await place.serve();
});
afterAll(() => place.remove());

const instant = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const report = '/api/v2/report?start=2018-02-01&end=2018-02-28';
const read = (token: string, path = report) =>
  fetch(`${server.address}${path}`, { headers: { authorization: `Bearer ${token}` } });

describe('token', () => {
  it('add prints the token alone, and reports can be read with it', async () => {
    await send(server.address, key, callDocument('c-1'));
    const added = await place.run(['token', 'add', '--login', 'plum', '--label', 'wall board']);
    expect(added).toEqual({ code: 0, signal: null, stderr: '', stdout: expect.stringMatching(/^vgt_[\w-]{43}\n$/) });
    const answer = await read(added.stdout.trim());
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({ status: 200, body: { by: null } });
  });

  it('opens nothing else: neither ingest nor the compatible API', async () => {
    const token = await place.output(['token', 'add', '--login', 'plum']);
    expect((await send(server.address, token, callDocument('c-2'))).status).toBe(401);
    expect((await read(token, '/api/performance/20180201/20180208/day/ALL')).status).toBe(401);
    expect((await read(key)).status).toBe(401);
  });

  it('list shows labels and last uses, and never a token', async () => {
    const expected = [
      { id: 1, label: 'wall board', last_used_at: expect.stringMatching(instant) },
      { id: 2, label: '', last_used_at: null },
    ].map((token) => ({
      ...token,
      hint: expect.stringMatching(/^vgt_.{4}$/),
      account: 'plum',
      login: 'plum',
      created_at: expect.stringMatching(instant),
      revoked_at: null,
    }));
    await expect.poll(() => place.json(['token', 'list']), { timeout: 20_000 }).toEqual(expected);
    const [headings = '', first = '', second = ''] = (await place.output(['token', 'list'])).split('\n');
    expect(headings).toMatch(/^id +token +account +login +label +made +last used +revoked$/);
    expect(first).toContain('wall board');
    expect(second).toContain('never');
  });

  it('revoke makes a token worthless at once', async () => {
    const added: { id: number; token: string } = JSON.parse(
      await place.output(['token', 'add', '--login', 'plum', '--json']),
    );
    expect((await read(added.token)).status).toBe(200);
    expect(await place.output(['token', 'revoke', `${added.id}`])).toBe(`revoked token ${added.id}`);
    expect((await read(added.token)).status).toBe(401);
    expect(await place.run(['token', 'revoke', `${added.id}`])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `voxgauge: there is no token ${added.id} that could be revoked; "voxgauge token list" shows those that are\n`,
    });
  });

  it('add refuses a label without end', async () => {
    expect(await place.run(['token', 'add', '--login', 'plum', '--label', 'x'.repeat(201)])).toMatchObject({
      code: 2,
      stderr: 'voxgauge: --label must be at most 200 characters long, got 201\n',
    });
  });
});
