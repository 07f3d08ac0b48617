import { request } from 'node:http';
import { connect } from 'node:net';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call } from './call.ts';
import { keptRejects, storedDocuments } from './database.ts';
import { anyBody } from './nasty.ts';
import { counted, newSender, post, type Sender } from './post.ts';
import { verify } from './verification.ts';

/** Another seed finds other things; a failure prints the one that it was found with. */
const seed = 20_180_207;
const givenUpAfterMs = 20_000;

let server: TestServer;
let sender: Sender;
let goodCalls = 0;
let authorization = '';
beforeAll(async () => {
  server = await startTestServer({ authAttemptsPerWindow: 1_000_000, dataRequestsPerWindow: 1_000_000 });
  sender = await newSender(server);
  await server.store.accounts.setAllowsInput(sender.accountId, true);
  authorization = await server.logIn(sender.user);
});
afterAll(() => server.close());

let linesRead = 0;
const newErrorLines = () => {
  const lines = server.log.slice(linesRead);
  linesRead = server.log.length;
  return lines.filter((line) => Number(Reflect.get(Object(line), 'level')) >= 50);
};

afterEach(async () => {
  // Whatever came before, the server lives, takes a good call, and had nothing to call its operator for.
  expect((await fetch(`${server.address}/health/live`)).status).toBe(200);
  goodCalls += 1;
  const document = JSON.stringify(call({ id: `good-${goodCalls}`, phone: '+16173990001' }));
  expect((await post(server, sender.key, document)).json).toEqual(counted({ stored: 1 }));
  expect(newErrorLines()).toEqual([]);
});

interface Wanted {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  /** A character for each byte, so that a counterexample can be read. */
  readonly body: string | null;
}

/** Sends one request as it is, on a connection of its own; returns the status when the answer has come whole. */
function statusOf({ method, path, headers, body }: Wanted): Promise<number> {
  const { hostname, port } = new URL(server.address);
  return new Promise((resolve, reject) => {
    // As a flat list, headers are sent as they are, several of a name too.
    const flat = [['host', 'x'], ['connection', 'close'], ...headers].flat();
    const signal = AbortSignal.timeout(givenUpAfterMs);
    request({ hostname, port, method, path, headers: flat, agent: false, signal }, (response) => {
      const status = response.statusCode ?? 0;
      response
        .resume()
        .once('end', () => resolve(status))
        .once('error', reject);
    })
      .once('error', reject)
      .end(body === null ? '' : Buffer.from(body, 'latin1'));
  });
}

const isNoFailure = (status: number) => status >= 200 && status < 500;

const mediaTypes = [
  'application/json',
  'application/x-ndjson',
  'application/json; charset=utf-8',
  'text/plain',
  'nonsense',
];
const compressors = {
  gzip: (body: Buffer) => gzipSync(body),
  br: (body: Buffer) => brotliCompressSync(body),
  zstd: (body: Buffer) => zstdCompressSync(body),
  none: (body: Buffer) => body,
} as const;
const compressions = ['gzip', 'br', 'zstd', 'none'] as const;

describe('POST /ingest/v1/calls', () => {
  it('answers whatever the body is, and keeps what it says that it took or rejected', async () => {
    const own = await newSender(server);
    await server.store.accounts.setAllowsInput(own.accountId, true);
    let stored = 0;
    let again = 0;
    let rejected = 0;
    const types = fc.constantFrom('application/json', 'application/x-ndjson');
    const answers = fc.asyncProperty(anyBody, types, async (body, type) => {
      const { status, json } = await post(server, own.key, Buffer.from(body, 'latin1'), { 'content-type': type });
      expect([200, 207, 400]).toContain(status);
      const counts = Object(json);
      if (status === 400 && 'error' in counts) return;
      expect(counts).toEqual({ ...counted({}), ...counts });
      stored += counts.stored;
      again += counts.replaced + counts.stale;
      rejected += counts.rejected.length;
    });
    await fc.assert(answers, { seed, numRuns: 1_500 });
    expect(storedDocuments(server.folder, own.accountId)).toHaveLength(stored);
    const kept = keptRejects(server.folder, own.accountId).map(({ times }) => times);
    expect(kept.reduce((sum, times) => sum + times, 0)).toBe(rejected);
    // The bodies were neither all good nor all bad; there are only so many ids, so that calls are also sent again.
    expect(Math.min(stored, again, rejected)).toBeGreaterThan(10);
  });

  it('answers whatever the body is said to be', async () => {
    const saying = fc.record({
      type: fc.oneof(fc.constantFrom(...mediaTypes), fc.string({ unit: 'grapheme-ascii', maxLength: 20 })),
      encoding: fc.oneof(
        fc.constantFrom(...compressions, 'identity', 'gzip, br', '__proto__', 'toString'),
        fc.string({ unit: 'grapheme-ascii', maxLength: 10 }),
      ),
      compression: fc.constantFrom(...compressions),
      kept: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    const answers = fc.asyncProperty(anyBody, saying, async (body, { type, encoding, compression, kept }) => {
      const packed = compressors[compression](Buffer.from(body, 'latin1'));
      const sent = kept < 0.5 ? packed : packed.subarray(0, Math.ceil(packed.length * kept));
      const said = encoding === 'none' ? {} : { 'content-encoding': encoding };
      const { status } = await post(server, sender.key, sent, { 'content-type': type, ...said });
      expect([200, 207, 400, 413, 415]).toContain(status);
    });
    await fc.assert(answers, { seed, numRuns: 500 });
  });

  const depth = 100_000;
  const arrays = `${'['.repeat(depth)}${']'.repeat(depth)}`;
  const objects = `${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`;
  const good = (id: string) => JSON.stringify(call({ id, events: [{ type: 'note', at: 0 }] }));
  const inside = (id: string, deep: string) => [
    good(id).replace('"labels":{}', `"labels":{},"deep":${deep}`),
    good(id).replace('"at":0', `"at":0,"deep":${deep}`),
    good(id).replace('"labels":{}', `"labels":{"deep":${deep}}`),
    good(id).replace('"labels":{}', `"labels":${deep}`),
    good(id).replace('"labels":{}', `"labels":{},"revision":${deep}`),
    good(id).replace('{"type":"note","at":0}', deep),
  ];
  const nested = [arrays, objects, ...inside('deep-a', arrays), ...inside('deep-o', objects)];
  const nestedBodies = nested.flatMap((text) => [text, `[${text}]`, text.slice(0, -depth / 2)]);
  it(`answers to ${depth} levels of nesting`, async () => {
    for (const body of nestedBodies) {
      for (const type of ['application/json', 'application/x-ndjson']) {
        const { status } = await post(server, sender.key, body, { 'content-type': type });
        expect([200, 400]).toContain(status);
      }
    }
  });
});

describe('every path', () => {
  const bases = [
    '/ingest/v1/calls',
    '/ingest/',
    '/api/',
    '/api/auth',
    '/api/performance/20180201/20180208/day/ALL',
    '/api/volume/20180201/20180208/week/6173990000',
    '/api/events/20180201/20180208/month/ALL',
    '/api/profile/20180201/20180208/ALL',
    '/api/path/20180201/20180208/ALL',
    '/health/live',
    '/health/ready',
    '/metrics',
    '/',
  ];
  const parts = [
    '..',
    '%00',
    '%',
    '%ff',
    '%2f',
    '%2e%2e',
    '*',
    ':x',
    '?',
    '#',
    ';',
    '//',
    '99999999',
    '00000000',
    '20180230',
  ];
  const asPath = (text: string) =>
    text.replaceAll(/[^!-~]/g, (character) => encodeURIComponent(character.toWellFormed()));
  const part = fc.oneof(
    fc.constantFrom(...parts, 'ALL', 'day', '20180201', '__proto__', 'constructor', '+1', '-1', '1e5'),
    fc.string({ maxLength: 12 }).map(asPath),
    fc.integer({ min: 100, max: 9_000 }).map((length) => '9'.repeat(length)),
  );
  const path = fc
    .tuple(fc.constantFrom(...bases), fc.array(part, { maxLength: 4 }), fc.boolean())
    .map(([base, added, isReplaced]) => {
      if (added.length === 0) return base;
      const kept = isReplaced ? base.split('/').slice(0, -added.length).join('/') : base;
      return `${kept.startsWith('/') ? kept : `/${kept}`}/${added.join('/')}`;
    });
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND');
  const headerNames = [
    'accept',
    'authorization',
    'content-type',
    'content-encoding',
    'range',
    'if-none-match',
    'cookie',
  ];
  const others = [
    'x-forwarded-for',
    'x-forwarded-proto',
    'accept-encoding',
    'origin',
    'referer',
    '__proto__',
    'x-request-id',
  ];
  const headerCharacter = fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code));
  const header = fc.tuple(
    fc.constantFrom(...headerNames, ...others),
    fc.oneof(
      fc.constantFrom('', '*/*', 'Basic', 'Basic Og==', 'Basic %%%', 'Bearer', 'application/xml', 'gzip', 'bytes=0-'),
      fc.string({ unit: headerCharacter, maxLength: 40 }),
    ),
  );

  it('answers to any method, headers and body', async () => {
    const wanted = fc
      .record({
        method,
        path,
        headers: fc.array(header, { maxLength: 4 }),
        login: fc.constantFrom('none', 'data', 'ingest'),
        body: fc.oneof(fc.constant(null), anyBody),
      })
      // Node.js itself refuses headers of more than 16 KiB, and sends a body then to HEAD too.
      .filter((one) => one.method !== 'HEAD' || one.path.length < 8_000);
    const answers = fc.asyncProperty(wanted, async ({ login, headers, body, ...rest }) => {
      const known: Readonly<Record<string, string>> = { data: authorization, ingest: `Bearer ${sender.key}` };
      const mine = headers.filter(([name]) => login === 'none' || name !== 'authorization');
      const all = login === 'none' ? mine : [...mine, ['authorization', known[login] ?? ''] as const];
      const length = ['content-length', `${body?.length ?? 0}`] as const;
      const status = await statusOf({ ...rest, headers: [...all, length], body });
      expect({ status, isNoFailure: isNoFailure(status) }).toEqual({ status, isNoFailure: true });
    });
    await fc.assert(answers, { seed, numRuns: 1_500 });
  });

  it('answers to bytes that are not quite HTTP, or closes the connection', async () => {
    const post = `POST /ingest/v1/calls HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${sender.key}\r\n`;
    const heads = [
      `${post}Content-Type: application/json\r\nContent-Length: 50\r\n\r\n[{`,
      `${post}Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n5\n\r\n2\r\n6\n\r\n`,
      `${post}Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n5\n\r\nzz\r\n`,
      `${post}Content-Type: application/json\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n\x1f\x8b\r\n`,
      `${post}Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n[]`,
      `${post}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n[]GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n`,
      'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /health/live HTTP/1.0\r\n\r\n',
      'POST /ingest/v1/calls HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc',
      'POST /ingest/v1/calls HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
      'POST /ingest/v1/calls HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      'POST /ingest/v1/calls HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n',
      'GET /api/performance/%E0%A4%A/x HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET http://other/api/ HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n',
      'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /health/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`,
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ];
    const damage = fc.tuple(fc.constantFrom(...heads), fc.nat(), fc.nat({ max: 4 }), fc.uint8Array({ maxLength: 6 }));
    const answers = fc.asyncProperty(damage, async ([head, at, lost, between]) => {
      const bytes = Buffer.from(head, 'latin1');
      const start = at % bytes.length;
      const answer = await exchange(Buffer.concat([bytes.subarray(0, start), between, bytes.subarray(start + lost)]));
      expect(answer).toMatch(/^(HTTP\/1\.1 [1-4]\d\d |$)/);
    });
    await fc.assert(answers, { seed, numRuns: 400, examples: heads.map((head) => [[head, 0, 0, new Uint8Array()]]) });
  });
});

/** Sends bytes and the end of them on a connection of their own; returns what came until the server closed it. */
function exchange(bytes: Uint8Array): Promise<string> {
  const { hostname, port } = new URL(server.address);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), signal: AbortSignal.timeout(givenUpAfterMs) });
    const finish = () => resolve(Buffer.concat(chunks).toString('latin1'));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // The server may close while it is still being written to.
    socket.on('error', (error) => ('code' in error && error.code !== 'ABORT_ERR' ? finish() : reject(error)));
    socket.on('close', finish);
    socket.end(bytes);
  });
}

it('leaves sums that are those of the stored documents', async () => {
  expect(await verify(server.store)).toMatchObject({ differences: 0, examples: [] });
});
