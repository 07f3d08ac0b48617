import type { FastifyReply, FastifyRequest } from 'fastify';
import { ok } from '../../domain/result.ts';
import type { User } from '../../store/access-store.ts';
import { type DataContext, ownedNumber } from '../data-request.ts';
import { acceptedType, listedNumbers, nextLink, type ReadNumbers, reportFor, sendReport } from '../report-answer.ts';
import { queryOf } from '../surface.ts';
import { sendProblem } from './answer.ts';
import { admit } from './caller.ts';

/** `GET /api/v2/report`: admit → parse → plan → fetch → shape → print. */
export function reportHandler(context: DataContext) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const user = await admit(request, reply, context);
    if (!user.ok) return sendProblem(request, reply, user.error);
    const query = queryOf(request);
    const readNumbers = numbersOf(user.value, context);
    const page = await reportFor({ user: user.value, query, readNumbers }, context);
    if (!page.ok) return sendProblem(request, reply, page.error);
    const { next } = page.value;
    if (next !== null) reply.header('Link', nextLink('/api/v2/report', query, next));
    return sendReport(reply, acceptedType(request), page.value);
  };
}

const numbersOf =
  (user: User, context: DataContext): ReadNumbers =>
  async (spelled) =>
    spelled === undefined
      ? ok({ kind: 'owned', ownerId: user.userId })
      : listedNumbers(spelled, 'a number that this login owns', (text) => ownedNumber(user, text, context));
