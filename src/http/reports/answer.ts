import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DetailedProblem, sendProblemDetails } from '../problem-details.ts';
import { statusOf } from '../problems.ts';

/** Problem details, with the ways in for who was not recognised. */
export async function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: DetailedProblem,
): Promise<FastifyReply> {
  if (statusOf(problem) === 401) reply.header('WWW-Authenticate', 'Basic realm="Voxgauge", Bearer realm="Voxgauge"');
  return sendProblemDetails(request, reply, problem);
}
