import { randomUUID } from 'node:crypto';
import { newHex32, sha256Of } from '../../../src/secrets/tokens.ts';
import type { Tool, User } from '../../../src/store/access-store.ts';
import type { TestServer } from '../../harness/server.ts';
import { type Answer, exchange, type Sent } from './exchange.ts';

export interface Owner {
  readonly user: User;
  readonly key: string;
  /** Value of the Authorization header of data requests. */
  readonly authorization: string;
  /** A request with the credentials. */
  ask(path: string, sent?: Sent): Promise<Answer>;
}

export interface NewOwner {
  readonly account?: string;
  readonly login?: string;
  readonly tool?: Tool;
  readonly timeZone?: string;
  readonly country?: string;
  /** Documents to send at once. */
  readonly calls?: readonly unknown[];
}

/** A user with an account, a key and temporary credentials, in New York unless told otherwise, so that cases do not meet. */
export async function newOwner(server: TestServer, options: NewOwner = {}): Promise<Owner> {
  const { calls = [], ...given } = options;
  const user = await server.addUser({ login: randomUUID(), timeZone: 'America/New_York', country: 'US', ...given });
  const key = await server.addKey(user);
  if (calls.length > 0) await take(server, key, calls);
  const authorization = await credentialsOf(server, user);
  const ask = (path: string, { headers = {}, ...sent }: Sent = {}) =>
    exchange(server.address, path, { ...sent, headers: { authorization, ...headers } });
  return { user, key, authorization, ask };
}

/** Sends documents; all of them must be taken. */
export async function take(server: TestServer, key: string, calls: readonly unknown[]): Promise<void> {
  const response = await server.send(key, calls);
  if (response.status !== 200) throw new Error(`the calls were not taken: ${await response.text()}`);
}

/** Temporary credentials as if the user had logged in now: without the price of a password hash. */
export async function credentialsOf({ store, clock }: TestServer, { userId }: User): Promise<string> {
  const login = newHex32();
  const password = newHex32();
  await store.access.addCredential({ login, userId, passwordSha256: sha256Of(password) }, clock.nowMs);
  return basic(login, password);
}

export const basic = (login: string, password: string): string =>
  `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;

/** A document of a call on 2018-02-07 in New York, but for what is given. */
export const call = (changes: Readonly<Record<string, unknown>> = {}) => ({
  id: 'c-1',
  phone: '+16173990000',
  caller: '+18005550100',
  application: 'https://ivr.example/start.php',
  started_at: '2018-02-07T15:20:00Z',
  ended_at: '2018-02-07T15:21:00Z',
  end_reason: 'caller_hangup',
  events: [],
  ...changes,
});

export const pageLoad = (durationMs: number) => ({
  type: 'page_load',
  at: 0,
  url: 'https://ivr.example/main.php',
  duration_ms: durationMs,
});

export const fetchError = {
  type: 'fetch_error',
  at: 0,
  url: 'https://ivr.example/gone.php',
  event: 'error.badfetch.http.404',
};
export const jsError = {
  type: 'js_error',
  at: 0,
  url: 'https://ivr.example/main.php',
  line: 7,
  message: 'x is not defined',
};

/** Path of the report that most cases ask for. */
export const report = '/api/performance/20180201/20180208/day/ALL';

/** Logs in; the fields in a form. */
export function logIn(server: { readonly address: string }, fields: LogIn, sent: Sent = {}): Promise<Answer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...sent.headers };
  return exchange(server.address, '/api/auth', {
    method: 'POST',
    body: new URLSearchParams(fields).toString(),
    ...sent,
    headers,
  });
}

export type LogIn = Readonly<Record<string, string>>;
