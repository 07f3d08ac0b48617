import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import { exchange, quota, quotaOf } from './exchange.ts';
import { basic, call, credentialsOf, logIn, newOwner, report } from './owner.ts';

let folder: string;
let server: TestServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'voxgauge-restart-'));
  server = await startTestServer({}, { folder });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Closes the server, and opens another in the folder at the same time of the clock. */
async function restart(): Promise<void> {
  const { nowMs } = server.clock;
  await server.close();
  server = await startTestServer({}, { folder });
  server.clock.nowMs = nowMs;
}
const ask = (authorization: string) => exchange(server.address, report, { headers: { authorization } });

it('keeps what users have used of their quotas', async () => {
  const { user, authorization } = await newOwner(server);
  const fields = { tool: 'dev', login: user.login, password: testPassword };
  for (let times = 0; times < 3; times++) await ask(authorization);
  await logIn(server, fields);
  await logIn(server, { ...fields, password: 'wrong' });
  await logIn(server, { ...fields, login: 'nobody' });
  await restart();
  expect(quotaOf(await ask(authorization))).toEqual(quota(150, 146, '2018-02-09T12:15:00Z'));
  expect(quotaOf(await logIn(server, fields))).toEqual(quota(15, 12, '2018-02-09T12:15:00Z'));
  server.clock.nowMs += 900_000;
  await restart();
  expect(quotaOf(await ask(authorization))).toEqual(quota(150, 149, '2018-02-09T12:30:00Z'));
});

it('keeps a user refused who was refused', async () => {
  const { authorization } = await newOwner(server);
  await Promise.all(Array.from({ length: 150 }, () => ask(authorization)));
  expect((await ask(authorization)).status).toBe(429);
  await restart();
  expect((await ask(authorization)).status).toBe(429);
});

it('keeps the failures of an address', async () => {
  await server.close();
  server = await startTestServer({ authFailuresPerAddress: 2 }, { folder });
  const guess = async (login: string) => (await logIn(server, { tool: 'dev', login, password: 'x' })).status;
  expect([await guess('a'), await guess('b'), await guess('c')]).toEqual([401, 401, 429]);
  await server.close();
  server = await startTestServer({ authFailuresPerAddress: 2 }, { folder });
  expect(await guess('d')).toBe(429);
});

it('keeps credentials, and when they were last used', async () => {
  const { user } = await newOwner(server);
  const { text } = await logIn(server, { tool: 'dev', login: user.login, password: testPassword });
  const used = basic(JSON.parse(text).login, JSON.parse(text).password);
  const unused = await credentialsOf(server, user);
  const hourMs = 3_600_000;
  server.clock.nowMs += 23 * hourMs;
  expect((await ask(used)).status).toBe(200);
  await restart();
  server.clock.nowMs += hourMs + 1000;
  expect((await ask(unused)).status).toBe(401);
  server.clock.nowMs += 22 * hourMs;
  expect((await ask(used)).status).toBe(200);
  await restart();
  server.clock.nowMs += 24 * hourMs + 1000;
  expect((await ask(used)).status).toBe(401);
});

it('keeps credentials dead that were ended', async () => {
  const { user, authorization } = await newOwner(server);
  await server.store.accounts.setDisabled(user.userId, true, { mayLeaveNoAdmin: true });
  await server.store.accounts.setDisabled(user.userId, false);
  await restart();
  expect((await ask(authorization)).status).toBe(401);
});

it('answers the same bytes as before', async () => {
  const { authorization } = await newOwner(server, { calls: [call(), call({ id: 'c-2', ended_at: null })] });
  const { text } = await ask(authorization);
  await restart();
  expect((await ask(authorization)).text).toBe(text);
});
