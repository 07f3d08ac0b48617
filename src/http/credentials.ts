import { credentialLifetimeMs } from '../domain/quota.ts';
import { failed, ok, type Result } from '../domain/result.ts';
import { isSecret } from '../secrets/tokens.ts';
import type { User } from '../store/access-store.ts';
import type { Store } from '../store/store.ts';
import { type HttpProblem, httpProblem } from './problems.ts';

/** What identifying somebody needs. */
export interface Identifying {
  readonly store: Store;
  readonly nowMs: () => number;
}

/** The user behind temporary credentials, sent as HTTP Basic. Their use is noted, which gives them another 24 hours. */
export async function identify(
  authorization: string | undefined,
  { store, nowMs }: Identifying,
): Promise<Result<User, HttpProblem>> {
  const given = basicCredentials(authorization);
  if (given === null) return failed(httpProblem('credentialsMissing'));
  // Anything else was never handed out, and need not be looked for.
  const credential = temporaryLogin.test(given.login) ? await store.access.findCredential(given.login) : null;
  const isValid =
    credential !== null &&
    isSecret(given.password, credential.passwordSha256) &&
    nowMs() - credential.lastUsedAtMs <= credentialLifetimeMs &&
    !credential.user.isDisabled;
  if (!isValid) return failed(httpProblem('credentialsInvalid'));
  store.access.touchCredential(credential.login, nowMs());
  return ok(credential.user);
}

const temporaryLogin = /^[0-9a-f]{32}$/;

/** RFC 7617; null when there are none. */
function basicCredentials(header: string | undefined): { readonly login: string; readonly password: string } | null {
  const [, encoded] = /^basic +([a-z0-9+/=_-]+) *$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? null : { login: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
}

/** The token of `Authorization: Bearer` (RFC 6750); null when there is none. */
export function bearerToken(header: string | undefined): string | null {
  const [, token] = /^bearer +(\S+) *$/i.exec(header ?? '') ?? [];
  return token ?? null;
}
