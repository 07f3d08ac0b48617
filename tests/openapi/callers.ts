import type { TestServer } from '../harness/server.ts';
import { newOwner, type Owner, take } from '../http/voicetrends/owner.ts';
import { newToken } from '../reports/token.ts';
import { type Documented, operationOf } from './document.ts';

/** Logins as the examples have them, and what they identify themselves with. */

/** The call that the examples of all reports are made of. */
export const exampleCall: unknown =
  operationOf('sendCalls').operation.requestBody?.content['application/json']?.example;

/** A login in New York, with no calls. */
export const newYorker = (server: TestServer): Promise<Owner> => newOwner(server);

/** A login in New York whose only call is that of the examples. */
export async function exampleOwner(server: TestServer): Promise<Owner> {
  const owner = await newYorker(server);
  await take(server, owner.key, [exampleCall]);
  return owner;
}

/** By security scheme, the value of the Authorization header. */
const ways: Readonly<Record<string, (server: TestServer, owner: Owner) => Promise<string>>> = {
  ingestKey: async (_, { key }) => `Bearer ${key}`,
  temporaryCredentials: async (_, { authorization }) => authorization,
  apiToken: async (server, { user }) => `Bearer ${(await newToken(server, user)).token}`,
};

export interface WayIn {
  readonly scheme: string;
  /** Headers of a request. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The ways to identify oneself to an operation, all that are documented. */
export async function waysInto({ operation }: Documented, server: TestServer, owner: Owner): Promise<readonly WayIn[]> {
  if (operation.security.length === 0) return [{ scheme: 'none', headers: {} }];
  const schemes = operation.security.flatMap((each) => Object.keys(each));
  return Promise.all(
    schemes.map(async (scheme) => {
      const authorization = await ways[scheme]?.(server, owner);
      if (authorization === undefined) throw new Error(`these tests do not know the security scheme ${scheme}`);
      return { scheme, headers: { authorization } };
    }),
  );
}

/** The first of these ways. */
export async function wayInto(documented: Documented, server: TestServer, owner: Owner): Promise<WayIn['headers']> {
  const [first] = await waysInto(documented, server, owner);
  return first?.headers ?? {};
}
