import type { RouteHandlerMethod } from 'fastify';
import { failed, ok } from '../../domain/result.ts';
import { keyHint, newApiToken, newIngestKey, sha256Of } from '../../secrets/tokens.ts';
import type { ApiToken, IngestKey, User } from '../../store/access-store.ts';
import type { Store } from '../../store/store.ts';
import { parseNewSecret } from '../../wire/dashboard/bodies.ts';
import type { MadeSecret, Secret, SecretList } from '../../wire/dashboard/settings.ts';
import { printInstant } from '../../wire/instant.ts';
import { httpProblem } from '../problems.ts';
import { logChange } from './audit.ts';
import { readBody, wrong } from './body.ts';
import { forUsers } from './caller.ts';
import type { DashboardContext } from './context.ts';
import { idOf } from './id.ts';
import { nameOf } from './numbers.ts';

/** What a key and a token have in common. */
type Kept = Omit<IngestKey, 'keyId'> & { readonly id: number };

interface NewOne {
  readonly user: User;
  readonly sha256: string;
  readonly hint: string;
  readonly label: string;
  readonly isStrict: boolean;
}

/** Keys to send calls with, or tokens to read reports with. */
interface Kind {
  readonly name: 'key' | 'token';
  readonly make: () => string;
  readonly list: (store: Store) => Promise<readonly Kept[]>;
  readonly add: (store: Store, made: NewOne, nowMs: number) => Promise<number>;
  readonly revoke: (store: Store, id: number, nowMs: number) => Promise<boolean>;
}

export const ingestKeys: Kind = {
  name: 'key',
  make: newIngestKey,
  list: async ({ keys }) => (await keys.list()).map(({ keyId, ...key }) => ({ ...key, id: keyId })),
  add: async ({ keys }, made, nowMs) => (await keys.add(made, nowMs)).keyId,
  revoke: ({ keys }, id, nowMs) => keys.revoke(id, nowMs),
};

export const apiTokens: Kind = {
  name: 'token',
  make: newApiToken,
  list: async ({ tokens }) => (await tokens.list()).map(keptOf),
  add: async ({ tokens }, made, nowMs) => (await tokens.add(made, nowMs)).tokenId,
  revoke: ({ tokens }, id, nowMs) => tokens.revoke(id, nowMs),
};

const keptOf = ({ tokenId, ...token }: ApiToken): Kept => ({ ...token, id: tokenId, isStrict: false });

/** `GET /dashboard/keys`, `GET /dashboard/tokens` */
export const listSecrets = (kind: Kind, context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async ({ user }) => {
    const secrets = (await kind.list(context.store)).filter((each) => isOf(user, each));
    const list: SecretList = { secrets: secrets.map((each) => secretOf(each, user.account.timeZone)) };
    return ok(list);
  });

/** Administrators have those of the account, others their own. */
const isOf = (user: User, { user: owner }: Kept): boolean =>
  owner.account.accountId === user.account.accountId && (user.isAdmin || owner.userId === user.userId);

function secretOf({ id, user, hint, label, isStrict, ...kept }: Kept, timeZone: string): Secret {
  const instantOrNull = (atMs: number | null) => (atMs === null ? null : printInstant(atMs, timeZone));
  return {
    id,
    user: nameOf(user),
    hint,
    label,
    is_strict: isStrict,
    created_at: printInstant(kept.createdAtMs, timeZone),
    last_used_at: instantOrNull(kept.lastUsedAtMs),
    revoked_at: instantOrNull(kept.revokedAtMs),
  };
}

/** `POST /dashboard/keys`, `POST /dashboard/tokens`: of the user. */
export const addSecret = (kind: Kind, context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async (asked) => {
    const body = readBody(asked.request, parseNewSecret);
    if (!body.ok) return body;
    const { label, is_strict: isStrict = false } = body.value;
    if (isStrict && kind.name === 'token') {
      return failed(wrong({ parameter: 'is_strict', error: 'is of ingest keys only; leave it out' }));
    }
    const secret = kind.make();
    const made = { user: asked.user, sha256: sha256Of(secret), hint: keyHint(secret), label, isStrict };
    const id = await kind.add(context.store, made, context.nowMs());
    logChange(asked, `${kind.name} added`, { id });
    const answer: MadeSecret = { id, secret };
    return ok(answer);
  });

/** `DELETE /dashboard/keys/{id}`, `DELETE /dashboard/tokens/{id}`. One that was revoked before stays so. */
export const revokeSecret = (kind: Kind, context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async (asked) => {
    const { user, request } = asked;
    const id = idOf(request);
    if (!id.ok) return id;
    const found = (await kind.list(context.store)).find((each) => each.id === id.value && isOf(user, each));
    if (found === undefined) {
      const detail = `there is no ${kind.name} ${id.value} of yours; GET /dashboard/${kind.name}s lists those that there are`;
      return failed(httpProblem('unknown', detail));
    }
    if (await kind.revoke(context.store, id.value, context.nowMs()))
      logChange(asked, `${kind.name} revoked`, { id: id.value });
    return ok(null);
  });
