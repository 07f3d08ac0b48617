import cookie from '@fastify/cookie';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblemDetails } from '../problem-details.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';
import { addResource, largestBodyBytes, type Resource, refusalOf, takeBodiesAsBytes } from '../surface.ts';
import { changeAccount, showAccount } from './account.ts';
import { callHandler } from './call.ts';
import { visitorOf } from './caller.ts';
import { callsHandler } from './calls.ts';
import type { DashboardContext } from './context.ts';
import { addNumber, changeNumber, listNumbers, numberVerbs } from './numbers.ts';
import { changePassword } from './password.ts';
import { dropReject, listRejects, retry, showReject } from './rejects.ts';
import { reportHandler } from './report.ts';
import { changeRetention, showRetention } from './retention.ts';
import { foreignProblem } from './same-origin.ts';
import { addSecret, apiTokens, ingestKeys, listSecrets, revokeSecret } from './secrets.ts';
import { showSession, signIn, signOut, signOutEverywhere } from './sessions.ts';
import { Streams } from './stream.ts';
import { Turns } from './turns.ts';
import { addUser, changeUser, listUsers } from './users.ts';

type Routes = readonly Omit<Resource, 'answerProblem'>[];

/**
 * What the dashboard asks, below `/dashboard`: for its own pages, not for other programs, and free to change with them. See
 * docs/decisions/0017-sessions-and-the-policy-of-the-dashboard.md.
 */
export function addDashboard(app: FastifyInstance, context: DashboardContext): void {
  app.register(
    async (dashboard) => {
      await dashboard.register(cookie);
      takeBodiesAsBytes(dashboard);
      dashboard.addHook('onRequest', async (request, reply) => {
        reply.headers(privateHeaders);
        const problem = foreignProblem(request);
        if (problem !== null) return sendProblemDetails(request, reply, problem);
      });
      dashboard.setErrorHandler((error: FastifyError, request, reply) =>
        sendProblemDetails(request, reply, problemOf(request, error)),
      );
      dashboard.setNotFoundHandler((request, reply) => sendProblemDetails(request, reply, httpProblem('notFound')));
      const streams = new Streams(dashboard, context);
      const turns = new Turns();
      const routes: Routes = [
        ...sessionRoutes(context),
        ...figureRoutes(context, turns),
        { url: '/stream', methods: { GET: streams.handler } },
        ...accessRoutes(context),
        ...accountRoutes(context),
      ];
      for (const route of routes) {
        addResource(dashboard, { largestBodyBytes, ...route, answerProblem: sendProblemDetails });
      }
    },
    { prefix: '/dashboard' },
  );
}

/** What is answered is for one person: no cache gives it to others, and no page of another origin, as a script or image, gets hold of it. */
const privateHeaders = {
  'Cache-Control': 'no-store',
  Vary: 'Accept, Cookie',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

const sessionRoutes = (context: DashboardContext): Routes => [
  { url: '/session', methods: { GET: showSession(context), POST: signIn(context), DELETE: signOut(context) } },
  { url: '/sessions', methods: { DELETE: signOutEverywhere(context) } },
];

const figureRoutes = (context: DashboardContext, turns: Turns): Routes => [
  { url: '/report', methods: { GET: reportHandler(context, turns) } },
  { url: '/calls', methods: { GET: callsHandler(context, turns) } },
  { url: '/call', methods: { GET: callHandler(context, turns) } },
];

const accessRoutes = (context: DashboardContext): Routes => [
  { url: '/numbers', methods: { GET: listNumbers(context), POST: addNumber(context) } },
  ...numberVerbs.map((verb) => ({ url: `/numbers/${verb}`, methods: { POST: changeNumber(verb, context) } })),
  ...[ingestKeys, apiTokens].flatMap((kind) => [
    { url: `/${kind.name}s`, methods: { GET: listSecrets(kind, context), POST: addSecret(kind, context) } },
    { url: `/${kind.name}s/:id`, methods: { DELETE: revokeSecret(kind, context) } },
  ]),
  { url: '/users', methods: { GET: listUsers(context), POST: addUser(context) } },
  { url: '/users/:id', methods: { PATCH: changeUser(context) } },
  { url: '/password', methods: { POST: changePassword(context) } },
];

const accountRoutes = (context: DashboardContext): Routes => [
  { url: '/account', methods: { GET: showAccount(context), PATCH: changeAccount(context) } },
  { url: '/rejects', methods: { GET: listRejects(context) } },
  { url: '/rejects/:id', methods: { GET: showReject(context), DELETE: dropReject(context) } },
  {
    url: '/rejects/:id/retry',
    methods: { POST: retry(context) },
    // A document as the text of a JSON string, in which quotes are twice as long.
    largestBodyBytes: 2 * context.maxDocumentBytes + largestBodyBytes,
    // It is held in memory before the handler runs: for whoever has signed in alone.
    beforeBody: async (request) => {
      const visitor = await visitorOf(request, context);
      return visitor.ok ? null : visitor.error;
    },
  },
  { url: '/retention', methods: { GET: showRetention(context), POST: changeRetention(context) } },
];

/** A path that the router cannot decode comes to no route, and is answered as the others are. */
export const answerOutsideDashboard = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: HttpProblem,
): Promise<FastifyReply> => sendProblemDetails(request, reply.headers(privateHeaders), problem);

/** What the framework has refused by itself says what was wrong with the body. */
function problemOf(request: FastifyRequest, error: FastifyError): HttpProblem {
  const limit = request.routeOptions.bodyLimit ?? largestBodyBytes;
  if (error.statusCode === 413) return httpProblem('tooLarge', `the body must be at most ${limit} bytes`);
  if (error.statusCode === 415) {
    const type = request.headers['content-type'] ?? '';
    return httpProblem('mediaType', `Content-Type must be application/json, got "${type}"`);
  }
  return refusalOf(request, error);
}
