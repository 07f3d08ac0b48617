import type { FastifyInstance } from 'fastify';
import { httpProblem } from '../problems.ts';
import { type AnswerProblem, addResource, failure } from '../surface.ts';
import { sendProblem } from './answer.ts';
import { sendOutside } from './caller.ts';
import type { ReportsContext } from './context.ts';
import { reportHandler } from './report.ts';

/** The reports API, below `/api/v2`: our own, so that the compatible API beside it can stay as it is. */
export function addReports(app: FastifyInstance, context: ReportsContext): void {
  const answerProblem: AnswerProblem = (request, reply, problem) => sendOutside(request, reply, { problem, context });
  app.register(
    async (api) => {
      api.setErrorHandler((error, request, reply) => sendProblem(request, reply, failure(request, error)));
      api.setNotFoundHandler((request, reply) => answerProblem(request, reply, httpProblem('notFound')));
      addResource(api, { url: '/report', methods: { GET: reportHandler(context) }, answerProblem });
    },
    { prefix: '/api/v2' },
  );
}
