import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOwner, spawnServer } from '../../crash/server-process.ts';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, lines } from './call.ts';
import { noSums, storedDocuments, sumsOf } from './database.ts';
import { counted, newSender, post, postLines } from './post.ts';
import { verify, verifyFolder } from './verification.ts';

describe('a stream of 100,000 calls', () => {
  const calls = 100_000;
  const callsPerChunk = 200;
  const mebibyte = 1_048_576;
  const load = { type: 'page_load', at: 1, url: 'https://ivr.example/main.php', duration_ms: 45 };
  /** Makes the body larger than the heap that the server is given. */
  const filler = 'x'.repeat(1_000);
  const heapMebibytes = 128;
  /** Half of it is there before the first call comes: the program, SQLite's caches, threads. */
  const mostMebibytes = 450;

  const documentOf = (index: number) =>
    call({
      id: `c-${index}`,
      phone: `+1617399${String(index % 20).padStart(4, '0')}`,
      caller: `+1212555${String(index % 1_000).padStart(4, '0')}`,
      started_at: new Date(Date.UTC(2018, 0, 1) + index * 60_000).toISOString(),
      ended_at: new Date(Date.UTC(2018, 0, 1) + index * 60_000 + 30_000).toISOString(),
      events: [load],
      filler,
    });

  async function* stream() {
    for (let from = 0; from < calls; from += callsPerChunk) {
      const chunk = Array.from({ length: callsPerChunk }, (_, index) => documentOf(from + index));
      yield Buffer.from(lines(chunk));
    }
  }

  /** The most memory that a process has ever had; Linux tells. */
  const peakMebibytes = (pid: number): number => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return (Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / mebibyte;
  };

  it('is taken in bounded memory', { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'voxgauge-stream-'));
    const { key, accountId } = await addOwner(folder);
    const server = spawnServer(folder, `--max-old-space-size=${heapMebibytes}`);
    try {
      const address = await server.listening;
      const { status, json } = await postLines({ address }, key, stream());
      expect({ status, json }).toEqual({ status: 200, json: counted({ stored: calls }) });
      expect(peakMebibytes(server.pid)).toBeLessThan(mostMebibytes);
    } finally {
      await server.stop();
    }
    const sums = { ...noSums, calls, call_ms: calls * 30_000, page_loads: calls, page_load_ms: calls * 45 };
    expect(sumsOf(folder, accountId)).toEqual(sums);
    expect(await verifyFolder(folder)).toMatchObject({ documents: calls, differences: 0 });
    rmSync(folder, { recursive: true });
  });
});

describe('a client', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.close());

  const open = (key: string, headers: Readonly<Record<string, string>> = {}): ClientRequest =>
    request(`${server.address}/ingest/v1/calls`, {
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson', ...headers },
    });

  /** Sends a beginning of a body, and tears the connection down once it is on its way. */
  const breakOff = async (
    key: string,
    beginning: string | Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const broken = open(key, headers);
    const closed = new Promise((resolve) => broken.once('close', resolve));
    // It is this client that breaks off, so it knows.
    broken.on('error', () => {});
    broken.flushHeaders();
    await once(broken, 'socket');
    if (beginning.length > 0) await new Promise((written) => broken.write(beginning, written));
    broken.destroy();
    await closed;
  };

  const documents = Array.from({ length: 2_000 }, (_, index) => call({ id: `c-${index}` }));
  const text = lines(documents);

  it.each([0, 1, 100, text.length / 2, text.length - 1, text.length])(
    'that breaks off after %d bytes sends all of it again, and has the right figures',
    async (length) => {
      const sender = await newSender(server);
      await breakOff(sender.key, text.slice(0, length));
      const { status, json } = await postLines(server, sender.key, text);
      const { stored, unchanged } = Object(json);
      expect({ status, taken: stored + unchanged }).toEqual({ status: 200, taken: documents.length });
      expect(sumsOf(server.folder, sender.accountId)).toEqual({
        ...noSums,
        calls: documents.length,
        call_ms: documents.length * 60_000,
      });
    },
  );

  it('that breaks off in a JSON body has sent nothing', async () => {
    const sender = await newSender(server);
    const array = JSON.stringify(documents);
    const headers = { 'content-type': 'application/json', 'content-length': `${array.length}` };
    for (const sent of [array.slice(0, -1), array.slice(0, 100), '']) await breakOff(sender.key, sent, headers);
    const packed = gzipSync(array);
    const packedHeaders = { ...headers, 'content-length': `${packed.length}`, 'content-encoding': 'gzip' };
    await breakOff(sender.key, packed.subarray(0, -8), packedHeaders);
    expect((await post(server, sender.key, JSON.stringify(call({ id: 'last' })))).json).toEqual(counted({ stored: 1 }));
    expect(storedDocuments(server.folder, sender.accountId).map(({ id }) => id)).toEqual(['last']);
  });

  it('that is slow does not hold up others', async () => {
    const [slowSender, fastSender] = [await newSender(server), await newSender(server)];
    const document = JSON.stringify(call());
    const slow = Array.from({ length: 30 }, (_, index) => open(slowSender.key, { 'x-index': `${index}` }));
    const answers = slow.map(responseOf);
    for (const one of slow) {
      await new Promise((written) => one.write(`${document}\n${document.slice(0, 50)}`, written));
    }
    for (let count = 0; count < 20; count += 1) {
      const { json } = await post(server, fastSender.key, JSON.stringify(call({ id: `fast-${count}` })));
      expect(json).toEqual(counted({ stored: 1 }));
    }
    for (const one of slow) one.end(`${document.slice(50)}\n`);
    const counts = await Promise.all(answers.map(async (response) => textOf(await response)));
    const taken = counts.map((body) => JSON.parse(body)).map(({ stored, unchanged }) => stored + unchanged);
    expect(taken).toEqual(slow.map(() => 2));
    expect(sumsOf(server.folder, slowSender.accountId).calls).toBe(1);
  });

  it('is nothing that an operator must know of, whatever it did', () => {
    expect(server.log.filter((line) => Number(Reflect.get(Object(line), 'level')) >= 50)).toEqual([]);
  });

  it('leaves sums that are those of the stored documents, whatever it did', async () => {
    expect(await verify(server.store)).toMatchObject({ differences: 0, examples: [] });
  });
});

const responseOf = (client: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    client.once('response', resolve).once('error', reject);
  });

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
