import { request } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, lines } from './call.ts';
import { storedDocuments } from './database.ts';
import { answerOf, counted, newSender, post, postLines, type Sender } from './post.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const isError = (text: string) => ({ error: expect.stringContaining(text) });
const a = JSON.stringify(call({ id: 'a' }));
const storedOf = (given: TestServer, { accountId }: Sender) => storedDocuments(given.folder, accountId).length;

describe('401', () => {
  it.each(['application/json', 'application/x-ndjson'])(
    'is for %s without a good key; nothing is taken',
    async (type) => {
      const sender = await newSender(server);
      const { key } = sender;
      const wrong = key.slice(0, -1) + (key.endsWith('0') ? '1' : '0');
      const headers = [null, '', 'Bearer', 'Bearer ', key, `Basic ${key}`, `Bearer ${wrong}`, `Bearer ${key}${key}`];
      const basic = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
      for (const authorization of [...headers, basic, 'Bearer __proto__', `Bearer ${'x'.repeat(4000)}`]) {
        const { status, json, headers } = await post(server, '', a, { authorization, 'content-type': type });
        expect({ authorization, status, json }).toEqual({ authorization, status: 401, json: isError('key') });
        expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
      }
      expect(storedOf(server, sender)).toBe(0);
    },
  );

  it('does not depend on the case of the scheme', async () => {
    const { key } = await newSender(server);
    expect((await post(server, '', a, { authorization: `bearer ${key}` })).status).toBe(200);
  });

  it('is for a revoked key at once', async () => {
    const sender = await newSender(server);
    const other = await server.addKey(sender.user);
    expect((await post(server, sender.key, a)).status).toBe(200);
    const keys = await server.store.keys.list();
    const mine = keys.find(({ user, hint }) => user.userId === sender.user.userId && sender.key.startsWith(hint));
    expect(await server.store.keys.revoke(mine?.keyId ?? 0, server.clock.nowMs)).toBe(true);
    expect((await post(server, sender.key, a)).status).toBe(401);
    expect((await post(server, other, a)).status).toBe(200);
  });

  it('is for the keys of a disabled user, until the user is enabled', async () => {
    const { user, key } = await newSender(server);
    expect((await post(server, key, a)).status).toBe(200);
    await server.store.accounts.setDisabled(user.userId, true, { mayLeaveNoAdmin: true });
    expect((await post(server, key, a)).status).toBe(401);
    await server.store.accounts.setDisabled(user.userId, false);
    expect((await post(server, key, a)).json).toEqual(counted({ unchanged: 1 }));
  });

  it('comes before the other refusals, so that a stranger learns nothing', async () => {
    const headers = { authorization: null, 'content-type': 'text/plain', 'content-encoding': 'nonsense' };
    expect((await post(server, '', 'x', headers)).status).toBe(401);
  });
});

describe('404 and 405', () => {
  it('answers 405 to the other methods, and says which are allowed', async () => {
    const { key } = await newSender(server);
    const answers = ['GET', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'OPTIONS'].map(async (method) => {
      const headers = { authorization: `Bearer ${key}` };
      const response = await fetch(`${server.address}/ingest/v1/calls`, { method, headers });
      return { method, allow: response.headers.get('allow'), ...(await answerOf(response)) };
    });
    for (const { method, allow, status, json } of await Promise.all(answers)) {
      const allowed = (allow ?? '').split(', ');
      expect(allowed).toContain('POST');
      expect({ method, isAllowed: allowed.includes(method) }).toEqual({ method, isAllowed: method === 'OPTIONS' });
      if (method !== 'OPTIONS')
        expect({ method, status, json }).toEqual({ method, status: 405, json: isError('POST') });
      else expect(status).toBe(204);
    }
  });

  it.each(['/ingest', '/ingest/v1', '/ingest/v2/calls', '/ingest/v1/calls/c-1', '/ingest/v1/Calls'])(
    'answers 404 to POST %s',
    async (path) => {
      const { key } = await newSender(server);
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const response = await fetch(`${server.address}${path}`, { method: 'POST', headers, body: a });
      expect((await answerOf(response)).status).toBe(404);
    },
  );
});

describe('413', () => {
  const maxBodyBytes = 2048;
  let small: TestServer;
  beforeAll(async () => {
    small = await startTestServer({ maxBodyBytes });
  });
  afterAll(() => small.close());

  const padded = (byteLength: number) => Buffer.from(`[${a}${' '.repeat(byteLength - a.length - 2)}]`);
  async function* chunksOf(body: Buffer) {
    for (let from = 0; from < body.length; from += 500) yield body.subarray(from, from + 500);
  }

  it('is for a JSON body over the limit, announced or not, and nothing is taken', async () => {
    const sender = await newSender(small);
    for (const body of [padded(maxBodyBytes + 1), chunksOf(padded(maxBodyBytes + 1)), padded(1_000_000)]) {
      const { status, json } = await post(small, sender.key, body);
      expect({ status, json }).toEqual({ status: 413, json: isError(`${maxBodyBytes}`) });
    }
    expect(storedOf(small, sender)).toBe(0);
  });

  it('counts what the body is when it is decoded', async () => {
    const sender = await newSender(small);
    const bombs = [
      { encoding: 'gzip', body: gzipSync(padded(maxBodyBytes + 1)) },
      { encoding: 'gzip', body: gzipSync(padded(50_000_000)) },
      { encoding: 'zstd', body: zstdCompressSync(padded(50_000_000)) },
    ];
    for (const { encoding, body } of bombs) {
      const { status } = await post(small, sender.key, body, { 'content-encoding': encoding });
      expect(status).toBe(413);
    }
    expect(storedOf(small, sender)).toBe(0);
  });

  it('is not for a body of exactly the limit', async () => {
    const sender = await newSender(small);
    const plain = await post(small, sender.key, padded(maxBodyBytes));
    const packed = await post(small, sender.key, gzipSync(padded(maxBodyBytes)), { 'content-encoding': 'gzip' });
    expect([plain.json, packed.json]).toEqual([counted({ stored: 1 }), counted({ unchanged: 1 })]);
  });

  it('is not for NDJSON, however long', async () => {
    const sender = await newSender(small);
    const documents = Array.from({ length: 100 }, (_, index) => call({ id: `c-${index}` }));
    expect((await postLines(small, sender.key, lines(documents))).json).toEqual(counted({ stored: 100 }));
  });

  it('leaves a server that works', async () => {
    const sender = await newSender(small);
    expect((await post(small, sender.key, a)).status).toBe(200);
  });
});

describe('429', () => {
  let limited: TestServer;
  beforeAll(async () => {
    limited = await startTestServer({ ingestRequestsPerWindow: 2 });
  });
  afterAll(() => limited.close());

  it('is for requests over the limit until the window ends; nothing of them is taken', async () => {
    const sender = await newSender(limited);
    const other = await newSender(limited);
    limited.clock.nowMs = Date.parse('2018-02-09T12:05:00Z');
    const send = ({ key }: Sender, id: string) => post(limited, key, JSON.stringify(call({ id })));
    expect([(await send(sender, 'a')).status, (await send(sender, 'b')).status]).toEqual([200, 200]);
    const { status, json, headers } = await send(sender, 'c');
    expect({ status, json }).toEqual({ status: 429, json: { error: expect.any(String) } });
    expect(headers.get('retry-after')).toBe('600');
    expect((await postLines(limited, sender.key, lines([call({ id: 'd' })]))).status).toBe(429);
    expect(storedOf(limited, sender)).toBe(2);
    expect((await send(other, 'a')).status).toBe(200);
    limited.clock.nowMs = Date.parse('2018-02-09T12:15:00Z');
    expect((await send(sender, 'c')).json).toEqual(counted({ stored: 1 }));
  });
});

describe('503', () => {
  /** More than the store lets wait at once, so that not one document more is taken until these are written. */
  const manyCalls = 17_000;
  const batch = (name: string, length: number) =>
    Array.from({ length }, (_, index) => call({ id: `${name}-${index}` }));

  it('is for what the store cannot take now; nothing of it is taken, and it can be sent again', async () => {
    const sender = await newSender(server);
    const [first, second, third] = [batch('a', manyCalls), batch('b', 2), batch('c', 2)];
    // Another process at work on the database: writes wait for it.
    const blocker = new DatabaseSync(join(server.folder, 'voxgauge.db'), { timeout: 5_000 });
    blocker.exec('BEGIN IMMEDIATE');
    const waiting = post(server, sender.key, JSON.stringify(first));
    while (server.store.waitingDocuments() === 0) await delay(1);
    const refused = [
      await post(server, sender.key, JSON.stringify(second)),
      await postLines(server, sender.key, lines(third)),
    ];
    blocker.exec('ROLLBACK');
    blocker.close();
    for (const { status, json, headers } of refused) {
      expect({ status, json }).toEqual({ status: 503, json: { error: expect.any(String) } });
      expect(headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    }
    expect((await waiting).json).toEqual(counted({ stored: manyCalls }));
    expect(storedOf(server, sender)).toBe(manyCalls);
    expect((await post(server, sender.key, JSON.stringify(second))).json).toEqual(counted({ stored: 2 }));
    expect((await postLines(server, sender.key, lines(third))).json).toEqual(counted({ stored: 2 }));
  });
});

describe('a connection', () => {
  it('goes on after each refusal, so that a sender need not connect anew', async () => {
    const { key } = await newSender(server);
    const statuses: number[] = [];
    for (const body of ['nonsense', '[', a, 'x'.repeat(100_000), a]) {
      statuses.push(
        await new Promise<number>((resolve, reject) => {
          const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
          request(`${server.address}/ingest/v1/calls`, { method: 'POST', headers }, (response) => {
            response.resume().once('end', () => resolve(response.statusCode ?? 0));
          })
            .once('error', reject)
            .end(body);
        }),
      );
    }
    expect(statuses).toEqual([400, 400, 200, 400, 200]);
  });
});
