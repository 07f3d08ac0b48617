import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import { printMonth } from '../../domain/retention.ts';
import { newSessionSecret, sha256Of } from '../../secrets/tokens.ts';
import { tools, type User } from '../../store/access-store.ts';
import { parseSignIn } from '../../wire/dashboard/bodies.ts';
import type { Session } from '../../wire/dashboard/session.ts';
import { preview } from '../../wire/problem.ts';
import { type Login, logIn } from '../log-in.ts';
import { type DetailedProblem, sendProblemDetails } from '../problem-details.ts';
import { logChange } from './audit.ts';
import { readBody, wrong } from './body.ts';
import { type Asked, forUsers, sendJson } from './caller.ts';
import type { DashboardContext } from './context.ts';
import { forgetSession, keepSession, sessionSecret } from './session-cookie.ts';

/** `POST /dashboard/session`: a tool login for a session. */
export function signIn(context: DashboardContext): RouteHandlerMethod {
  return async (request, reply) => {
    const login = loginOf(request);
    if (!login.ok) return sendProblemDetails(request, reply, login.error);
    const user = await logIn(request, reply, { login: login.value, context });
    if (!user.ok) return sendProblemDetails(request, reply, user.error);
    // Whatever session the browser had is replaced, and must not be left open.
    const old = sessionSecret(request);
    if (old !== null) await context.store.sessions.end(sha256Of(old));
    const secret = await beginSession(request, reply, { user: user.value, context });
    logChange({ request, reply, user: user.value, secret }, 'signed in');
    return sendJson(reply, await sessionOf(user.value, context));
  };
}

function loginOf(request: FastifyRequest): Result<Login, DetailedProblem> {
  const body = readBody(request, parseSignIn);
  if (!body.ok) return body;
  const tool = tools.find((each) => each === body.value.tool);
  if (tool !== undefined) return ok({ ...body.value, tool });
  const error = `must be one of ${tools.join(', ')}, got ${preview(body.value.tool)}`;
  return failed(wrong({ parameter: 'tool', error }));
}

interface Begun {
  readonly user: User;
  readonly context: DashboardContext;
}

/** Makes a session, and hands out its secret. */
export async function beginSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { user: { userId }, context: { store, nowMs } }: Begun,
): Promise<string> {
  const secret = newSessionSecret();
  await store.sessions.add({ userId, sha256: sha256Of(secret) }, nowMs());
  keepSession(request, reply, secret);
  return secret;
}

/** `GET /dashboard/session`: who has signed in. The browser keeps the cookie for another 7 days. */
export const showSession = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async ({ request, reply, user, secret }) => {
    keepSession(request, reply, secret);
    return ok(await sessionOf(user, context));
  });

/** `DELETE /dashboard/session`. Whoever has none has signed out already. */
export const signOut =
  ({ store }: DashboardContext): RouteHandlerMethod =>
  async (request, reply) => {
    const secret = sessionSecret(request);
    if (secret !== null) await store.sessions.end(sha256Of(secret));
    forgetSession(request, reply);
    return reply.code(204).send();
  };

/** `DELETE /dashboard/sessions`: in all browsers. */
export const signOutEverywhere = (context: DashboardContext): RouteHandlerMethod =>
  forUsers(context, async (asked: Asked) => {
    await context.store.sessions.endAll(asked.user.userId);
    forgetSession(asked.request, asked.reply);
    logChange(asked, 'signed out everywhere');
    return ok(null);
  });

async function sessionOf(user: User, { store, version }: DashboardContext): Promise<Session> {
  const { userId, tool, login, isAdmin, account } = user;
  const numbers = await store.numbers.list(account.accountId);
  const keptFrom = await store.calls.keptFrom();
  return {
    user: { id: userId, tool, login, is_admin: isAdmin },
    account: {
      name: account.name,
      time_zone: account.timeZone,
      country: account.country,
      week_start: account.weekStart,
      allows_input: account.allowsInput,
    },
    numbers: numbers.flatMap(({ phone, owner, sharedWith }) => {
      const isOwned = owner.userId === userId;
      const isVisible = isOwned || sharedWith.some((each) => each.userId === userId);
      return isVisible ? [{ number: phone, is_owned: isOwned }] : [];
    }),
    kept_from: keptFrom === null ? null : printMonth(keptFrom),
    version,
  };
}
