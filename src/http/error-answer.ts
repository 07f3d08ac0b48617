import type { FastifyReply, FastifyRequest } from 'fastify';
import { type HttpProblem, messageOf, statusOf } from './problems.ts';

/** Sends a problem as `{"error":"…"}`, a sentence that says what to change. */
export async function sendError(
  _request: FastifyRequest,
  reply: FastifyReply,
  problem: HttpProblem,
): Promise<FastifyReply> {
  if (statusOf(problem) === 503) reply.header('Retry-After', 1);
  return reply
    .code(statusOf(problem))
    .header('Content-Type', 'application/json')
    .send(Buffer.from(JSON.stringify({ error: messageOf(problem) })));
}
