import type { FastifyInstance } from 'fastify';
import type { DataContext } from '../data-request.ts';
import { httpProblem } from '../problems.ts';
import { type AnswerProblem, addResource, refusalOf, takeBodiesAsBytes } from '../surface.ts';
import { sendProblem } from './answer.ts';
import { sendOutside } from './caller.ts';
import { reportHandler } from './report.ts';

export const reportsPrefix = '/api/v2';

/** Answers what is no data request: a path or a method that is not there. */
export const answerOutsideReports =
  (context: DataContext): AnswerProblem =>
  (request, reply, problem) =>
    sendOutside(request, reply, { problem, context });

/** The reports API: our own, so that the compatible API beside it can stay as it is. */
export function addReports(app: FastifyInstance, context: DataContext): void {
  const answerProblem = answerOutsideReports(context);
  app.register(
    async (api) => {
      takeBodiesAsBytes(api);
      // What is answered is somebody's figures, which no cache is to give to others.
      api.addHook('onRequest', (_request, reply, done) => {
        reply.headers({ 'Cache-Control': 'no-store', Vary: 'Accept, Authorization' });
        done();
      });
      api.setErrorHandler((error, request, reply) => sendProblem(request, reply, refusalOf(request, error)));
      api.setNotFoundHandler((request, reply) => answerProblem(request, reply, httpProblem('notFound')));
      addResource(api, { url: '/report', methods: { GET: reportHandler(context) }, answerProblem });
    },
    { prefix: reportsPrefix },
  );
}
