import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { httpProblem } from '../problems.ts';
import { type AnswerProblem, addResource, failure } from '../surface.ts';
import { sendProblem } from './answer.ts';
import { authHandler } from './auth.ts';
import { sendOutside } from './caller.ts';
import type { VoiceTrendsContext } from './context.ts';
import { reportHandler } from './reports.ts';
import { plannedReports, seriesReports } from './resources.ts';
import { seriesHandler } from './series.ts';

const largestLoginBytes = 65_536;

/** The API of VoiceTrends, below `/api`. */
export function addVoiceTrends(app: FastifyInstance, context: VoiceTrendsContext): void {
  const answerProblem: AnswerProblem = (request, reply, problem) => sendOutside(request, reply, { problem, context });
  app.register(
    async (api) => {
      api.removeAllContentTypeParsers();
      api.addContentTypeParser(
        '*',
        { parseAs: 'buffer', bodyLimit: largestLoginBytes },
        async (_request: unknown, body: Buffer) => body,
      );
      api.setErrorHandler((error, request, reply) => {
        if (statusCodeOf(error) >= 500) return sendProblem(request, reply, failure(request, error));
        return sendProblem(
          request,
          reply,
          httpProblem('badRequest', 'the request is malformed, or larger than 64 KiB'),
        );
      });
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

/** Answers a path below `/api` whose percent-encoding cannot be decoded, so that it belongs to no resource. */
export function answerMalformedPath(
  request: FastifyRequest,
  reply: FastifyReply,
  context: VoiceTrendsContext,
): Promise<FastifyReply> {
  const problem = httpProblem(
    'badRequest',
    'the path must be UTF-8 in percent-encoding, with two hex digits after each %',
  );
  return sendOutside(request, reply, { problem, context });
}

const statusCodeOf = (error: unknown): number =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
