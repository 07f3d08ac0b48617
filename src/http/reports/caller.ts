import type { FastifyReply, FastifyRequest } from 'fastify';
import { failed, ok, type Result } from '../../domain/result.ts';
import { sha256Of } from '../../secrets/tokens.ts';
import type { User } from '../../store/access-store.ts';
import { bearerToken, identify } from '../credentials.ts';
import { type DataContext, showDataQuota, spendDataRequest } from '../data-request.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import { sendProblem } from './answer.ts';

/** The user of a token, or of temporary credentials. */
async function userOf({ headers }: FastifyRequest, context: DataContext): Promise<Result<User, HttpProblem>> {
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
  context: DataContext,
): Promise<Result<User, HttpProblem>> {
  const user = await userOf(request, context);
  if (!user.ok) return user;
  const problem = await spendDataRequest(reply, user.value, context);
  return problem === null ? user : failed(problem);
}

/** Answers a problem that is no data request (a wrong path or method): a known caller sees the quota, which stays as it is. */
export async function sendOutside(
  request: FastifyRequest,
  reply: FastifyReply,
  { problem, context }: { readonly problem: HttpProblem; readonly context: DataContext },
): Promise<FastifyReply> {
  const user = await userOf(request, context);
  if (user.ok) await showDataQuota(reply, user.value, context);
  return sendProblem(request, reply, problem);
}
