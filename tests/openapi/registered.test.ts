import { METHODS } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { type Answer, exchange } from '../http/voicetrends/exchange.ts';
import type { Owner } from '../http/voicetrends/owner.ts';
import { exampleOwner, waysInto } from './callers.ts';
import { headerOf } from './conformity.ts';
import { api, gets, operations } from './document.ts';
import { nearMisses } from './near-misses.ts';
import { targetOf } from './requests.ts';

/** What the server answers is what the document has, and nothing beside it. */

let server: TestServer;
let owner: Owner;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1e9, logLevel: 'error' });
  owner = await exampleOwner(server);
});
afterAll(() => server.close());

const paths = Object.keys(api.paths);
const operationsAt = (path: string) => operations.filter((each) => each.path === path);

/** What a path allows: its own methods, `HEAD` beside `GET`, and `OPTIONS`. */
const allowedAt = (path: string): readonly string[] =>
  [...operationsAt(path).flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS'].sort();

const allowOf = (answer: Answer) => headerOf(answer, 'allow')?.split(', ').sort();
const targetAt = (path: string): string => operationsAt(path).map((each) => targetOf(each))[0] ?? path;

/** Everyone who may be recognised, and somebody who is not. */
async function anyone(): Promise<readonly Readonly<Record<string, string>>[]> {
  const ways = await Promise.all(operations.map((each) => waysInto(each, server, owner)));
  const byScheme = new Map([['none', {}], ...ways.flat().map(({ scheme, headers }) => [scheme, headers] as const)]);
  return [...byScheme.values()];
}

describe.each(operations)('$name', (documented) => {
  it('is there', async () => {
    const { path, method } = documented;
    for (const headers of await anyone()) {
      const { status } = await exchange(server.address, targetAt(path), { method, headers });
      expect([404, 405]).not.toContain(status);
    }
  });
});

describe.each(gets)('HEAD $path', (documented) => {
  it('answers like GET, without the body, and counts like it', async () => {
    for (const { headers } of await waysInto(documented, server, owner)) {
      const get = await exchange(server.address, targetOf(documented), { headers });
      const head = await exchange(server.address, targetOf(documented), { method: 'HEAD', headers });
      expect(stated(head, 1)).toEqual(stated(get, 0));
      expect({ size: head.body.length, length: headerOf(head, 'content-length') }).toEqual({
        size: 0,
        length: `${get.body.length}`,
      });
    }
  });
});

/** Status and headers, as they were so many requests before. */
function stated({ status, headers }: Answer, requests: number) {
  const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const { date: _, 'x-ratelimit-remaining': remaining, ...rest } = Object.fromEntries(pairs);
  return { status, remaining: Number(remaining) + requests, ...rest };
}

describe.each(paths)('%s', (path) => {
  it('answers OPTIONS with what the document has', async () => {
    const answer = await exchange(server.address, targetAt(path), { method: 'OPTIONS' });
    expect({ status: answer.status, text: answer.text, allow: allowOf(answer) }).toEqual({
      status: 204,
      text: '',
      allow: allowedAt(path),
    });
  });

  it('refuses every other method, and says which are allowed', async () => {
    const allowed = allowedAt(path);
    const others = METHODS.filter((method) => !allowed.includes(method) && method !== 'CONNECT');
    expect(others.length).toBeGreaterThan(25);
    const answers = await Promise.all(
      others.map(async (method) => {
        const answer = await exchange(server.address, targetAt(path), { method });
        return { method, status: answer.status, allow: allowOf(answer) };
      }),
    );
    expect(answers).toEqual(others.map((method) => ({ method, status: 405, allow: allowed })));
  });
});

describe('nothing else is served', () => {
  const misses = nearMisses(paths.map(targetAt), paths);

  it('is tried with paths that are nearly documented', () => {
    expect(misses.length).toBeGreaterThan(100);
    expect(misses).toEqual(
      expect.arrayContaining(['/api/auths', '/api/v1/report', '/ingest/v2/calls', '/ingest/v1', '/api/profile']),
    );
  });

  it.each(['GET', 'POST'])('at any of them, by %s', async (method) => {
    const people = await anyone();
    const answers = await Promise.all(
      misses.flatMap((path) =>
        people.map(async (headers) => ({
          path,
          status: (await exchange(server.address, path, { method, headers })).status,
        })),
      ),
    );
    expect(answers.filter(({ status }) => status !== 404)).toEqual([]);
  });
});
