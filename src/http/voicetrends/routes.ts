import type { FastifyInstance } from 'fastify';
import { httpProblem } from '../problems.ts';
import { type AnswerProblem, addResource, refusalOf, takeBodiesAsBytes } from '../surface.ts';
import { sendProblem } from './answer.ts';
import { authHandler } from './auth.ts';
import { sendOutside } from './caller.ts';
import type { VoiceTrendsContext } from './context.ts';
import { reportHandler } from './reports.ts';
import { plannedReports, seriesReports } from './resources.ts';
import { seriesHandler } from './series.ts';

/** The API of VoiceTrends, below `/api`. */
export function addVoiceTrends(app: FastifyInstance, context: VoiceTrendsContext): void {
  const answerProblem = answerOutsideVoiceTrends(context);
  app.register(
    async (api) => {
      takeBodiesAsBytes(api);
      api.setErrorHandler((error, request, reply) => sendProblem(request, reply, refusalOf(request, error)));
      api.setNotFoundHandler((request, reply) => answerProblem(request, reply, httpProblem('notFound')));
      addResource(api, { url: '/auth', methods: { POST: authHandler(context) }, answerProblem: sendProblem });
      for (const [name, report] of Object.entries(seriesReports)) {
        const url = `/${name}/:start/:end/:period/:phone`;
        addResource(api, { url, methods: { GET: seriesHandler(report, context) }, answerProblem });
      }
      for (const [url, readPath] of Object.entries(plannedReports)) {
        addResource(api, { url, methods: { GET: reportHandler(readPath, context) }, answerProblem });
      }
    },
    { prefix: '/api' },
  );
}

/** Answers what is no data request: a path or a method that is not there. */
export const answerOutsideVoiceTrends =
  (context: VoiceTrendsContext): AnswerProblem =>
  (request, reply, problem) =>
    sendOutside(request, reply, { problem, context });
