import type { FastifyReply, FastifyRequest } from 'fastify';
import { identify } from '../credentials.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import { dataWindow, setQuotaHeaders, setRetryAfter } from '../quota.ts';
import { sendProblem } from './answer.ts';
import type { VoiceTrendsContext } from './context.ts';

/** Admits a data request: credentials, then quota; 401 and 429 are answered here, and the answer is then null. */
export async function admit(request: FastifyRequest, reply: FastifyReply, context: VoiceTrendsContext) {
  const user = await identify(request.headers.authorization, context);
  if (!user.ok) {
    await sendProblem(request, reply, user.error);
    return null;
  }
  const nowMs = context.nowMs();
  const limit = context.dataRequestsPerWindow;
  const window = dataWindow(user.value.userId, nowMs);
  const { used, isGranted } = await context.store.access.spend(window, limit);
  setQuotaHeaders(reply, window, { limit, used });
  if (isGranted) return user.value;
  setRetryAfter(reply, window, nowMs);
  await sendProblem(request, reply, httpProblem('tooMany', `a login may send ${limit} data requests in 15 minutes`));
  return null;
}

/** Answers a problem that is no data request (a wrong path or method): a known caller sees the quota, which stays as it is. */
export async function sendOutside(
  request: FastifyRequest,
  reply: FastifyReply,
  { problem, context }: { readonly problem: HttpProblem; readonly context: VoiceTrendsContext },
): Promise<FastifyReply> {
  const user = await identify(request.headers.authorization, context);
  if (user.ok) {
    const window = dataWindow(user.value.userId, context.nowMs());
    const used = await context.store.access.used(window);
    setQuotaHeaders(reply, window, { limit: context.dataRequestsPerWindow, used });
  }
  return sendProblem(request, reply, problem);
}
