import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import { sha256Of } from '../../secrets/tokens.ts';
import type { User } from '../../store/store.ts';
import { bearerToken, identify } from '../credentials.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import { dataWindow, setQuotaHeaders, setRetryAfter } from '../quota.ts';
import { sendProblem } from './answer.ts';
import type { ReportsContext } from './context.ts';

/** The user of a token, or of temporary credentials. */
async function userOf({ headers }: FastifyRequest, context: ReportsContext): Promise<Result<User, HttpProblem>> {
  const secret = bearerToken(headers.authorization);
  if (secret === null) {
    const user = await identify(headers.authorization, context);
    return user.ok || user.error.code === 'credentialsInvalid' ? user : failed(httpProblem('tokenMissing'));
  }
  const token = await context.store.tokens.find(sha256Of(secret));
  if (token === null) return failed(httpProblem('tokenInvalid'));
  context.store.access.touchToken(token.tokenId, context.nowMs());
  return ok(token.user);
}

/** Admits a data request: who asks, then the quota, which tokens and temporary credentials of a login share. */
export async function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  context: ReportsContext,
): Promise<Result<User, HttpProblem>> {
  const user = await userOf(request, context);
  if (!user.ok) return user;
  const nowMs = context.nowMs();
  const limit = context.dataRequestsPerWindow;
  const window = dataWindow(user.value.userId, nowMs);
  const { used, isGranted } = await context.store.access.spend(window, limit);
  setQuotaHeaders(reply, window, { limit, used });
  if (isGranted) return user;
  setRetryAfter(reply, window, nowMs);
  return failed(httpProblem('tooMany', `a login may send ${limit} data requests in 15 minutes`));
}

/** Answers a problem that is no data request (a wrong path or method): a known caller sees the quota, which stays as it is. */
export async function sendOutside(
  request: FastifyRequest,
  reply: FastifyReply,
  { problem, context }: { readonly problem: HttpProblem; readonly context: ReportsContext },
): Promise<FastifyReply> {
  const user = await userOf(request, context);
  if (user.ok) {
    const window = dataWindow(user.value.userId, context.nowMs());
    const used = await context.store.access.used(window);
    setQuotaHeaders(reply, window, { limit: context.dataRequestsPerWindow, used });
  }
  return sendProblem(request, reply, problem);
}
