import { STATUS_CODES } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemDetails } from '../wire/reports/problem.ts';
import { type HttpProblem, messageOf, statusOf } from './problems.ts';
import { askToComeBack } from './surface.ts';

/** A problem, and the parameter or field that is wrong where it is one. */
export type DetailedProblem = HttpProblem & { readonly parameter?: string };

/** Sends problem details (RFC 9457). */
export async function sendProblemDetails(
  _request: FastifyRequest,
  reply: FastifyReply,
  problem: DetailedProblem,
): Promise<FastifyReply> {
  const status = statusOf(problem);
  reply.code(status).header('Content-Type', 'application/problem+json');
  if (status === 503) askToComeBack(reply);
  const details: ProblemDetails = {
    type: `/docs/guides/errors#${problem.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: messageOf(problem),
    ...(problem.parameter === undefined ? {} : { parameter: problem.parameter }),
  };
  return reply.send(Buffer.from(JSON.stringify(details)));
}
