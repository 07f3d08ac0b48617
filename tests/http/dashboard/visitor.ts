import { randomUUID } from 'node:crypto';
import { newSessionSecret, sha256Of } from '../../../src/secrets/tokens.ts';
import type { User } from '../../../src/store/access-store.ts';
import type { TestServer } from '../../harness/server.ts';
import { type Answer, exchange, type Sent } from '../voicetrends/exchange.ts';

/** Somebody who has signed in to the dashboard. */
export interface Visitor {
  readonly user: User;
  /** What the cookie holds. */
  readonly secret: string;
  ask(path: string, sent?: Asked): Promise<Answer>;
}

export interface Asked extends Omit<Sent, 'body'> {
  /** Sent as JSON; a text as it is. */
  readonly body?: unknown;
}

export const cookieOf = (secret: string) => ({ cookie: `voxgauge_session=${secret}` });

/** A session as if the user had signed in now: without the price of a password hash. */
export async function visit(server: TestServer, user: User): Promise<Visitor> {
  const secret = newSessionSecret();
  await server.store.sessions.add({ userId: user.userId, sha256: sha256Of(secret) }, server.clock.nowMs);
  return {
    user,
    secret,
    ask: (path, sent) => askWith(server, path, { ...sent, headers: { ...cookieOf(secret), ...sent?.headers } }),
  };
}

/** A request of the dashboard's interface, as a page of the server itself sends it. */
export function askWith(
  { address }: TestServer,
  path: string,
  { body, headers = {}, ...sent }: Asked = {},
): Promise<Answer> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
  return exchange(address, `/dashboard${path}`, {
    ...sent,
    headers: { 'sec-fetch-site': 'same-origin', ...json, ...headers },
    ...(text === undefined ? {} : { body: text }),
  });
}

export interface NewVisitor {
  readonly account?: string;
  readonly isAdmin?: boolean;
  readonly timeZone?: string;
}

/** Somebody of an account of one's own, or of one that is there; in New York unless told otherwise. */
export async function newVisitor(server: TestServer, { account, ...given }: NewVisitor = {}): Promise<Visitor> {
  const settings = account === undefined ? { timeZone: 'America/New_York', country: 'US' } : { account };
  const user = await server.addUser({ login: randomUUID(), ...settings, ...given });
  return visit(server, user);
}

/** The JSON of an answer that is a success. */
export function jsonOf<T = unknown>({ status, text }: Answer): T {
  if (status !== 200) throw new Error(`answered ${status}: ${text}`);
  const value: T = JSON.parse(text);
  return value;
}

/** What a refusal says: its status, its code, the parameter that is wrong, and the sentence. */
export function refusalOf({ status, headers, text }: Answer) {
  const type = headers['Content-Type'] ?? headers['content-type'];
  if (type !== 'application/problem+json') throw new Error(`no problem details: ${status} ${type} ${text}`);
  const details: { type: string; detail: string; status: number; parameter?: string } = JSON.parse(text);
  if (details.status !== status) throw new Error(`answered ${status}, and says ${details.status}`);
  const [, code = ''] = details.type.split('#');
  return { status, code, parameter: details.parameter ?? null, detail: details.detail };
}
