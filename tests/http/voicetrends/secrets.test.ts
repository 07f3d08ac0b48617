import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import { exchange } from './exchange.ts';
import { basic, call, logIn, newOwner, report } from './owner.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'trace' });
});
afterAll(() => server.close());

const phone = '+16173990000';
const digits = '6173990000';
const caller = '+12125550187';

/** Lines that came while something was done. */
async function logOf(work: () => Promise<unknown>): Promise<string> {
  const before = server.log.length;
  await work();
  // A line may be written after the answer has gone; the next request's line comes after it.
  await exchange(server.address, '/api/the-last-line');
  const hasEnded = () => JSON.stringify(server.log.slice(before)).includes('404');
  while (!hasEnded()) await new Promise(setImmediate);
  return JSON.stringify(server.log.slice(before));
}

/** A secret as it is, and as it may be spelled on the way. */
const spellings = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  new URLSearchParams({ '': secret }).toString().slice(1),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(secret).toString('hex'),
  JSON.stringify(secret).slice(1, -1),
];
const found = (log: string, secrets: readonly string[]) =>
  secrets.filter((secret) => spellings(secret).some((spelling) => log.includes(spelling)));

const secret = 's3cret & 密码/+%';
const boundary = '------------------------d74496d66958873e';
const multipart = (fields: Readonly<Record<string, string>>) => {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${parts.join('')}--${boundary}--\r\n`,
  };
};

describe('no secret is in the log', () => {
  it('of a login that is right, wrong or malformed, wherever its fields stand', async () => {
    const { user } = await newOwner(server);
    const good = { tool: 'dev', login: user.login, password: testPassword };
    const wrong = { ...good, password: secret };
    const query = (fields: Readonly<Record<string, string>>) => `/api/auth?${new URLSearchParams(fields)}`;
    const given: string[] = [];
    const note = async (answer: Promise<{ readonly status: number; readonly text: string }>) => {
      const { status, text } = await answer;
      if (status === 200) given.push(...Object.values<string>(JSON.parse(text)));
      return status;
    };
    const log = await logOf(async () => {
      const post = { method: 'POST' };
      const statuses = [
        await note(logIn(server, good)),
        await note(logIn(server, wrong)),
        await note(logIn(server, { ...wrong, tool: 'none' })),
        await note(exchange(server.address, query(good), post)),
        await note(exchange(server.address, query(wrong), post)),
        await note(exchange(server.address, query({ password: secret }), post)),
        await note(exchange(server.address, query(wrong), { method: 'GET' })),
        await note(exchange(server.address, query(wrong).replace('/api/auth', '/api/aut'), post)),
        await note(exchange(server.address, '/api/auth', { ...post, ...multipart(good) })),
        await note(exchange(server.address, '/api/auth', { ...post, ...multipart(wrong) })),
        await note(
          exchange(server.address, '/api/auth', {
            ...post,
            headers: { 'content-type': 'application/json' },
            body: `{"password":${JSON.stringify(secret)}`,
          }),
        ),
      ];
      expect(statuses).toEqual([200, 401, 400, 200, 401, 400, 405, 404, 200, 401, 400]);
    });
    expect(given.length).toBe(6);
    expect(found(log, [secret, testPassword, ...given])).toEqual([]);
  });

  it('of a data request, wherever its credentials stand', async () => {
    const { authorization, key } = await newOwner(server);
    const encoded = authorization.slice(6);
    const [login = '', password = ''] = Buffer.from(encoded, 'base64').toString().split(':');
    const ask = async (headers: Record<string, string>, path = report) =>
      (await exchange(server.address, path, { headers })).status;
    const log = await logOf(async () => {
      const statuses = [
        await ask({ authorization }),
        await ask({ authorization: basic(login, secret) }),
        await ask({ authorization: basic(secret, password) }),
        await ask({ authorization: `Bearer ${key}` }),
        await ask({ authorization: `${encoded} garbage` }),
        await ask({}, `${report}?login=${login}&password=${password}&key=${key}`),
        await ask({ authorization }, `${report}?${new URLSearchParams({ password: secret })}`),
        await ask({ authorization, cookie: `session=${password}` }, '/api/performance/x/y/day/ALL'),
        await ask({ authorization }, `/api/performance/20180201/20180208/day/%ZZ?password=${password}`),
      ];
      expect(statuses).toEqual([200, 401, 401, 401, 401, 401, 200, 400, 400]);
    });
    expect(found(log, [secret, login, password, encoded, key])).toEqual([]);
  });

  it('of what is no HTTP, or too much of it', async () => {
    const { authorization } = await newOwner(server);
    const log = await logOf(async () => {
      const headers = { authorization, 'x-filler': 'x'.repeat(20_000) };
      await exchange(server.address, `${report}?phone=${digits}`, { headers });
      const { hostname, port } = new URL(server.address);
      const socket = connect(Number(port), hostname);
      socket.end(`GET ${report}?phone=${digits} HTTP/1.1\r\nAuthorization: ${authorization}\r\nno header\r\n\r\n`);
      expect((await buffer(socket)).toString()).toMatch(/^HTTP\/1\.1 400 /);
    });
    expect(found(log, [authorization.slice(6), digits])).toEqual([]);
  });

  it('nor is a telephone number, of the account or of a caller', async () => {
    const owner = await newOwner(server);
    const log = await logOf(async () => {
      expect((await server.send(owner.key, [call({ phone, caller })])).status).toBe(200);
      expect((await server.send(owner.key, [call({ phone, caller, started_at: caller })])).status).toBe(400);
      const statuses = await Promise.all(
        [digits, phone, '617-399-0000', caller, `${digits}%ZZ`, `${digits}/more`, `ALL?phone=${digits}`].map(
          async (part) => (await owner.ask(`/api/performance/20180201/20180208/day/${part}`)).status,
        ),
      );
      expect(statuses).toEqual([200, 200, 200, 400, 400, 404, 200]);
    });
    expect(found(log, [phone, digits, '617-399-0000', caller, caller.slice(2)])).toEqual([]);
  });

  it('but a line for each request is, so that nothing was found for want of lines', async () => {
    const { ask } = await newOwner(server);
    const log = await logOf(async () => {
      await ask(report);
      await ask('/api/performance/x/y/day/ALL');
    });
    for (const status of ['200', '400']) expect(log).toContain(status);
    expect(log).toContain('GET');
  });
});
