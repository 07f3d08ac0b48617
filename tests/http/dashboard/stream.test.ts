import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, newOwner, take } from '../voicetrends/owner.ts';
import { askWith, cookieOf, newVisitor, refusalOf, type Visitor, visit } from './visitor.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
});
afterAll(() => server.close());

interface Stream {
  readonly response: IncomingMessage;
  readonly outgoing: ClientRequest;
  /** Waits for the next event of a name, or the end, which is null. */
  next(name: string): Promise<string | null>;
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
}

async function open({ address }: TestServer, { secret }: Visitor): Promise<Stream> {
  const outgoing = request(`${address}/dashboard/stream`, { agent: false, headers: cookieOf(secret) });
  outgoing.end();
  const answered: IncomingMessage[] = await once(outgoing, 'response');
  const [response] = answered;
  if (response === undefined) throw new Error('no answer');
  let text = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  response.on('error', () => {});
  const ended = new Promise((resolve) => response.once('close', resolve));
  return {
    response,
    outgoing,
    ended,
    async next(name) {
      for (;;) {
        const at = text.indexOf(`event: ${name}\n`);
        const end = at === -1 ? -1 : text.indexOf('\n\n', at);
        if (end !== -1) {
          const event = text.slice(0, end + 2);
          text = text.slice(end + 2);
          return event;
        }
        if (response.closed) return null;
        await Promise.race([new Promise((resolve) => response.once('data', resolve)), ended]);
      }
    },
    async close() {
      outgoing.destroy();
      await ended;
    },
  };
}

/** Waits until the server has noticed that a stream is gone. */
async function until(test: () => Promise<boolean>): Promise<void> {
  while (!(await test())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('the stream', () => {
  it('says that it is ready, and then when calls have come in', async () => {
    const owner = await newOwner(server, { calls: [call()] });
    const stream = await open(server, await visit(server, owner.user));
    expect(stream.response.statusCode).toBe(200);
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    expect(await stream.next('ready')).toBe('retry: 3000\nevent: ready\ndata: {}\n\n');
    server.clock.nowMs += 1000;
    await take(server, owner.key, [call({ id: 'c-2' })]);
    expect(await stream.next('calls')).toBe('event: calls\ndata: {}\n\n');
    await stream.close();
  });

  it('says so to all of the account, and to nobody else', async () => {
    const owner = await newOwner(server, { calls: [call()] });
    const streams = await Promise.all([
      open(server, await visit(server, owner.user)),
      open(server, await newVisitor(server, { account: owner.user.account.name })),
    ]);
    const other = await newOwner(server, { calls: [call()] });
    const stranger = await open(server, await visit(server, other.user));
    for (const stream of [...streams, stranger]) await stream.next('ready');
    server.clock.nowMs += 1000;
    await take(server, owner.key, [call({ id: 'c-2' })]);
    for (const stream of streams) expect(await stream.next('calls')).not.toBeNull();
    let isTold = false;
    stranger.response.on('data', () => {
      isTold = true;
    });
    // Those who are told are told by a later look than the stranger would have been.
    server.clock.nowMs += 1000;
    await take(server, owner.key, [call({ id: 'c-3' })]);
    for (const stream of streams) expect(await stream.next('calls')).not.toBeNull();
    expect(isTold).toBe(false);
    await Promise.all([...streams, stranger].map((stream) => stream.close()));
  });

  it('is opened 10 times by a user, and again when one is closed', async () => {
    const visitor = await newVisitor(server);
    const streams = await Promise.all(Array.from({ length: 10 }, () => open(server, visitor)));
    const eleventh = await visitor.ask('/stream');
    expect(refusalOf(eleventh)).toMatchObject({ status: 429, code: 'tooManyStreams' });
    const somebody = await open(server, await newVisitor(server));
    expect(somebody.response.statusCode).toBe(200);
    const [first] = streams;
    await first?.close();
    let again = await open(server, visitor);
    await until(async () => {
      if (again.response.statusCode === 200) return true;
      again = await open(server, visitor);
      return again.response.statusCode === 200;
    });
    await Promise.all([...streams.slice(1), somebody, again].map((stream) => stream.close()));
  });

  it('is for who has signed in', async () => {
    expect(refusalOf(await askWith(server, '/stream')).code).toBe('sessionMissing');
    expect(refusalOf(await askWith(server, '/stream', { headers: cookieOf('nonsense') })).code).toBe('sessionInvalid');
  });

  it('answers HEAD with its headers, and ends', async () => {
    const { ask } = await newVisitor(server);
    const answer = await ask('/stream', { method: 'HEAD' });
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      '',
    ]);
  });

  it('ends at once when the server closes, which needs no ten seconds', async () => {
    const closing = await startTestServer({ logLevel: 'error' });
    const visitor = await newVisitor(closing);
    const streams = await Promise.all([open(closing, visitor), open(closing, visitor)]);
    for (const stream of streams) await stream.next('ready');
    let isGivenUp = false;
    const giveUp = setTimeout(() => {
      isGivenUp = true;
      for (const stream of streams) stream.outgoing.destroy();
    }, 9000);
    await Promise.all([closing.close(), ...streams.map((stream) => stream.ended)]);
    clearTimeout(giveUp);
    expect(isGivenUp).toBe(false);
    expect(streams.map(({ response }) => response.complete)).toEqual([true, true]);
  });

  it('ends when the session has', { timeout: 40_000 }, async () => {
    const visitor = await newVisitor(server);
    const other = await visit(server, visitor.user);
    const [ending, staying] = [await open(server, visitor), await open(server, other)];
    await visitor.ask('/session', { method: 'DELETE' });
    await ending.ended;
    expect(ending.response.complete).toBe(true);
    expect(staying.response.closed).toBe(false);
    await staying.close();
  });
});
