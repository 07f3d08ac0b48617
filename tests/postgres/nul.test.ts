import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { newVisitor, refusalOf } from '../http/dashboard/visitor.ts';
import { exchange } from '../http/voicetrends/exchange.ts';
import { basic } from '../http/voicetrends/owner.ts';
import { newToken } from '../reports/token.ts';
import { newPostgresDatabase, type PostgresDatabase } from './database.ts';

/** PostgreSQL has no NUL in its texts: whoever sends one is answered as on SQLite, and never 500. */
describe('NUL', () => {
  let database: PostgresDatabase;
  let server: TestServer;
  beforeAll(async () => {
    database = await newPostgresDatabase();
    server = await startTestServer({}, { url: database.url });
  });
  afterAll(async () => {
    await server.close();
    await database.remove();
  });

  it('in a login is refused', async () => {
    const body = 'tool=dev&login=a%00b&password=x';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { status, body: answer } = await exchange(server.address, '/api/auth', { method: 'POST', body, headers });
    expect([status, answer.toString()]).toEqual([400, '{"error":"login must not contain NUL"}']);
  });

  it('in temporary credentials is in none that were given', async () => {
    const headers = { authorization: basic('a\0b', 'x') };
    const { status } = await exchange(server.address, '/api/performance/20180201/20180208/day/ALL', { headers });
    expect(status).toBe(401);
  });

  it('in a filter is in the name of nothing', async () => {
    const { token } = await newToken(server, await server.addUser({ login: 'ann' }));
    const query = 'start=2018-02-01&end=2018-02-08&application=a%00b';
    const headers = { authorization: `Bearer ${token}`, accept: 'text/csv' };
    const { status } = await exchange(server.address, `/api/v2/report?${query}`, { headers });
    expect(status).toBe(200);
  });

  it.each([
    { path: '/session', body: { tool: 'dev', login: 'a\0b', password: 'x' }, parameter: 'login' },
    {
      path: '/users',
      body: { tool: 'dev', login: 'a\0b', password: 'eight or more', is_admin: false },
      parameter: 'login',
    },
    { path: '/keys', body: { label: 'a\0b' }, parameter: 'label' },
    { path: '/tokens', body: { label: 'a\0b' }, parameter: 'label' },
  ])('in a change at $path of the dashboard is refused', async ({ path, body, parameter }) => {
    const { ask } = await newVisitor(server);
    expect(refusalOf(await ask(path, { method: 'POST', body }))).toEqual({
      status: 400,
      code: 'badRequest',
      parameter,
      detail: `${parameter} must not contain NUL, got "a\\u0000b"`,
    });
  });
});
