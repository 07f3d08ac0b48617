import type { FastifyReply, FastifyRequest } from 'fastify';
import { identify } from '../credentials.ts';
import { showDataQuota, spendDataRequest } from '../data-request.ts';
import type { HttpProblem } from '../problems.ts';
import { sendProblem } from './answer.ts';
import type { VoiceTrendsContext } from './context.ts';

/** Admits a data request: credentials, then quota; 401 and 429 are answered here, and the answer is then null. */
export async function admit(request: FastifyRequest, reply: FastifyReply, context: VoiceTrendsContext) {
  const user = await identify(request.headers.authorization, context);
  const problem = user.ok ? await spendDataRequest(reply, user.value, context) : user.error;
  if (user.ok && problem === null) return user.value;
  if (problem !== null) await sendProblem(request, reply, problem);
  return null;
}

/** Answers a problem that is no data request (a wrong path or method): a known caller sees the quota, which stays as it is. */
export async function sendOutside(
  request: FastifyRequest,
  reply: FastifyReply,
  { problem, context }: { readonly problem: HttpProblem; readonly context: VoiceTrendsContext },
): Promise<FastifyReply> {
  const user = await identify(request.headers.authorization, context);
  if (user.ok) await showDataQuota(reply, user.value, context);
  return sendProblem(request, reply, problem);
}
