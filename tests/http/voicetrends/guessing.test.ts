import { describe, expect, it } from 'vitest';
import type { Config } from '../../../src/config.ts';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import { quotaOf } from './exchange.ts';
import { logIn, newOwner } from './owner.ts';

const failures = 4;

/** Lets a test work with a server where an address may fail so often. */
async function withServer(changes: Partial<Config>, use: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startTestServer({ authFailuresPerAddress: failures, ...changes });
  try {
    await use(server);
  } finally {
    await server.close();
  }
}

/** Statuses of guesses, each at another login. */
async function guesses(server: TestServer, count: number, addressOf?: (index: number) => string) {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) {
    const headers: Record<string, string> = addressOf === undefined ? {} : { 'x-forwarded-for': addressOf(index) };
    const guess = { tool: 'dev', login: `guess-${statuses.length}-${count}`, password: '123456' };
    statuses.push((await logIn(server, guess, { headers })).status);
  }
  return statuses;
}

const known = async (server: TestServer, from?: string) => {
  const headers: Record<string, string> = from === undefined ? {} : { 'x-forwarded-for': from };
  return logIn(server, { tool: 'dev', login: 'known', password: testPassword }, { headers });
};

describe('an address that guesses at many logins', () => {
  it('is stopped, even when it is right at last, until the window has ended', () =>
    withServer({}, async (server) => {
      const { ask } = await newOwner(server, { login: 'known' });
      expect(await guesses(server, failures + 2)).toEqual([401, 401, 401, 401, 429, 429]);
      const refused = await known(server);
      expect({ status: refused.status, after: refused.headers['Retry-After'] }).toEqual({ status: 429, after: '900' });
      expect(quotaOf(refused)).toMatchObject({ 'X-RateLimit-Remaining': '0' });
      expect((await ask('/api/performance/20180201/20180208/day/ALL')).status).toBe(200);
      server.clock.nowMs += 900_000;
      expect((await known(server)).status).toBe(200);
    }));

  it("uses up nobody else's attempts once it is stopped", () =>
    withServer({ authAttemptsPerWindow: 5, trustedProxies: ['127.0.0.1'] }, async (server) => {
      await newOwner(server, { login: 'known' });
      await guesses(server, failures, () => '192.0.2.1');
      for (let times = 0; times < 6; times++) expect((await known(server, '192.0.2.1')).status).toBe(429);
      expect(quotaOf(await known(server, '192.0.2.2'))).toMatchObject({ 'X-RateLimit-Remaining': '4' });
    }));

  it('is its network, where it is one of IPv6', () =>
    withServer({ trustedProxies: ['127.0.0.1'] }, async (server) => {
      const statuses = await guesses(server, failures + 1, (index) => `2001:db8:0:1::${index}`);
      expect(statuses).toEqual([401, 401, 401, 401, 429]);
      expect(await guesses(server, 1, () => '2001:db8:0:2::1')).toEqual([401]);
    }));

  it('is not stopped by attempts that are right', () =>
    withServer({}, async (server) => {
      await newOwner(server, { login: 'known' });
      for (let times = 0; times < failures + 2; times++) expect((await known(server)).status).toBe(200);
      expect(await guesses(server, failures - 1)).toEqual([401, 401, 401]);
      expect((await known(server)).status).toBe(200);
    }));

  it('is stopped when it guesses at all of them at the same time', () =>
    withServer({}, async (server) => {
      const all = Array.from({ length: 12 }, (_, index) =>
        logIn(server, { tool: 'dev', login: `guess-${index}`, password: 'x' }),
      );
      const statuses = (await Promise.all(all)).map(({ status }) => status);
      expect(statuses.sort((a, b) => a - b)).toEqual([...Array(failures).fill(401), ...Array(8).fill(429)]);
    }));

  it('cannot help itself by claiming to be a proxy', () =>
    withServer({}, async (server) => {
      expect(await guesses(server, failures + 1, (index) => `192.0.2.${index}`)).toEqual([401, 401, 401, 401, 429]);
    }));

  it('is told from others behind a trusted proxy', () =>
    withServer({ trustedProxies: ['127.0.0.1'] }, async (server) => {
      await newOwner(server, { login: 'known' });
      expect(await guesses(server, failures + 1, () => '192.0.2.1')).toEqual([401, 401, 401, 401, 429]);
      expect((await known(server, '192.0.2.1')).status).toBe(429);
      expect((await known(server, '192.0.2.2')).status).toBe(200);
      expect((await known(server, '192.0.2.1, 192.0.2.2')).status).toBe(200);
    }));
});
