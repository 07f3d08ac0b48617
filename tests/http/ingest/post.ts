import { randomUUID } from 'node:crypto';
import type { User } from '../../../src/store/access-store.ts';
import type { TestServer, TestUser } from '../../harness/server.ts';

export interface Sender {
  readonly user: User;
  readonly key: string;
  readonly accountId: number;
}

export interface Rejected {
  readonly index: number;
  readonly id: string | null;
  readonly path: string;
  readonly error: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body parsed, or undefined when it is not JSON. */
  readonly json: unknown;
}

/** A user with an account and a key of its own, so that the cases of a file do not meet. */
export async function newSender(
  server: TestServer,
  { isStrict = false, ...user }: Partial<TestUser> & { readonly isStrict?: boolean } = {},
): Promise<Sender> {
  const added = await server.addUser({ login: randomUUID(), ...user });
  const key = await server.addKey(added, { isStrict });
  return { user: added, key, accountId: added.account.accountId };
}

export type Body = string | Uint8Array | AsyncIterable<Uint8Array>;

/** Sends a body; a header of the value null is not sent. */
export async function post(
  server: { readonly address: string },
  key: string,
  body: Body,
  headers: Readonly<Record<string, string | null>> = {},
): Promise<Answer> {
  const all = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers };
  const given = Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  );
  const response = await fetch(`${server.address}/ingest/v1/calls`, {
    method: 'POST',
    headers: given,
    // Bytes, so that fetch adds no media type of its own.
    body: typeof body === 'string' ? Buffer.from(body) : body,
    duplex: 'half',
  });
  return answerOf(response);
}

export const postLines = (
  server: { readonly address: string },
  key: string,
  body: Body,
  headers: Readonly<Record<string, string | null>> = {},
): Promise<Answer> => post(server, key, body, { 'content-type': 'application/x-ndjson', ...headers });

export async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller compares, and shows the text when it differs.
    return undefined;
  }
}

export interface Counts {
  readonly stored?: number;
  readonly replaced?: number;
  readonly unchanged?: number;
  readonly stale?: number;
  readonly rejected?: readonly unknown[];
}

/** The whole body of an answer that counts. */
export const counted = (counts: Counts) => ({
  stored: 0,
  replaced: 0,
  unchanged: 0,
  stale: 0,
  rejected: [],
  ...counts,
});
