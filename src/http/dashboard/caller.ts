import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { sessionLifetimeMs } from '../../domain/quota.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import { sha256Of } from '../../secrets/tokens.ts';
import type { User } from '../../store/access-store.ts';
import { type DetailedProblem, sendProblemDetails } from '../problem-details.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import { dashboardRequestsPerMinute, dashboardWindow, setRetryAfterMinute } from '../quota.ts';
import type { DashboardContext } from './context.ts';
import { sessionSecret } from './session-cookie.ts';

/** A request of somebody who has signed in. */
export interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly user: User;
  /** What the cookie holds. */
  readonly secret: string;
}

/** The body of the answer; null for none. */
export type Answer = Result<object | null, DetailedProblem>;

/** A handler for those who have signed in: session → limit of requests → answer as JSON. */
export function forUsers(context: DashboardContext, answer: (asked: Asked) => Promise<Answer>): RouteHandlerMethod {
  return async (request, reply) => {
    const asked = await admit(request, reply, context);
    if (!asked.ok) return sendProblemDetails(request, reply, asked.error);
    const answered = await answer(asked.value);
    if (!answered.ok) return sendProblemDetails(request, reply, answered.error);
    return sendJson(reply, answered.value);
  };
}

/** The same for administrators alone. */
export const forAdmins = (context: DashboardContext, answer: (asked: Asked) => Promise<Answer>): RouteHandlerMethod =>
  forUsers(context, async (asked) =>
    asked.user.isAdmin
      ? answer(asked)
      : failed(httpProblem('forbidden', 'only administrators of the account may do this; ask one of them')),
  );

export const sendJson = (reply: FastifyReply, body: object | null): FastifyReply =>
  body === null
    ? reply.code(204).send()
    : reply.header('Content-Type', 'application/json').send(Buffer.from(JSON.stringify(body)));

interface Visitor {
  readonly user: User;
  readonly secret: string;
}

/** Who asks. */
export async function visitorOf(
  request: FastifyRequest,
  context: Pick<DashboardContext, 'store' | 'nowMs'>,
): Promise<Result<Visitor, HttpProblem>> {
  const secret = sessionSecret(request);
  if (secret === null) return failed(httpProblem('sessionMissing'));
  const user = await userOf(secret, context);
  // The cookie is left: by now the browser may have another one, of a new password or sign-in, which this answer would take away.
  return user === null ? failed(httpProblem('sessionInvalid')) : ok({ user, secret });
}

/** Who asks, and whether it is not too much. */
export async function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  context: DashboardContext,
): Promise<Result<Asked, HttpProblem>> {
  const visitor = await visitorOf(request, context);
  if (!visitor.ok) return visitor;
  const { user, secret } = visitor.value;
  const { store, nowMs } = context;
  store.sessions.touch(sha256Of(secret), nowMs());
  const window = dashboardWindow(user.userId, nowMs());
  const { isGranted } = await store.access.spend(window, dashboardRequestsPerMinute);
  if (isGranted) return ok({ request, reply, user, secret });
  setRetryAfterMinute(reply, window, nowMs());
  const detail = `a user may send ${dashboardRequestsPerMinute} requests of the dashboard in a minute`;
  return failed(httpProblem('tooMany', detail));
}

/** The user of a session that is alive; null where it is not. */
export async function userOf(
  secret: string,
  { store, nowMs }: Pick<DashboardContext, 'store' | 'nowMs'>,
): Promise<User | null> {
  const session = await store.sessions.find(sha256Of(secret));
  const isAlive = session !== null && nowMs() - session.lastUsedAtMs <= sessionLifetimeMs && !session.user.isDisabled;
  return isAlive ? session.user : null;
}
