import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** What came back, with the names of the headers as they were on the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly text: string;
}

export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

// Sockets are kept for a moment only, so that no answer meets a connection which the server is about to close.
const agent = new Agent({ keepAlive: true, maxSockets: 8, timeout: 2000 });

/** Sends the path as it is: `fetch` and `URL` would tidy it up. */
export async function exchange(address: string, path: string, sent: Sent = {}): Promise<Answer> {
  const { hostname, port } = new URL(address);
  const { method = 'GET', headers = {}, body } = sent;
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const outgoing = request({ agent, hostname, port, path, method, headers: { ...length, ...headers } });
  outgoing.end(body);
  const answered: IncomingMessage[] = await once(outgoing, 'response');
  const [incoming] = answered;
  if (incoming === undefined) throw new Error(`no answer to ${method} ${path}`);
  const bytes = await buffer(incoming);
  return {
    status: incoming.statusCode ?? 0,
    headers: pairsOf(incoming.rawHeaders),
    body: bytes,
    text: bytes.toString(),
  };
}

function pairsOf(rawHeaders: readonly string[]): Readonly<Record<string, string>> {
  const pairs: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (pairs.some(([other]) => other.toLowerCase() === name.toLowerCase())) throw new Error(`two headers ${name}`);
    pairs.push([name, rawHeaders[index + 1] ?? '']);
  }
  return Object.fromEntries(pairs);
}

/** The three headers that tell a client how much of its quota is left, or what of them there is. */
export function quotaOf({ headers }: Answer): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => /^x-ratelimit-/i.test(name)));
}

export const quota = (limit: number, remaining: number, reset: string) => ({
  'X-RateLimit-Limit': String(limit),
  'X-RateLimit-Remaining': String(remaining),
  'X-RateLimit-Reset': String(Temporal.Instant.from(reset).epochMilliseconds / 1000),
});

/** The whole of an error in JSON, whatever its sentence is; `/` is written `\/` in it as everywhere. */
export function errorOf({ text }: Answer): string {
  const { error, ...rest } = JSON.parse(text);
  if (typeof error !== 'string' || !/^\S.{10,}/u.test(error)) throw new Error(`no sentence in ${text}`);
  if (Object.keys(rest).length > 0) throw new Error(`more than an error in ${text}`);
  if (/(?<!\\)\//.test(text)) throw new Error(`a / that is not written \\/ in ${text}`);
  return error;
}
