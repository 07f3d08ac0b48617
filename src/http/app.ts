import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Config } from '../config.ts';
import type { ReadPhone } from '../domain/phone.ts';
import type { Calendars } from '../ingest/document-reader.ts';
import type { Intake } from '../ingest/intake.ts';
import type { Store } from '../store/store.ts';
import type { TimeZoneChanges } from './dashboard/context.ts';
import { addDashboard, answerOutsideDashboard } from './dashboard/routes.ts';
import { addDocs } from './docs/routes.ts';
import { sendError } from './error-answer.ts';
import { addHealth } from './health/routes.ts';
import { addIngest } from './ingest/routes.ts';
import { refuseMalformed } from './malformed.ts';
import type { Metrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import { httpProblem } from './problems.ts';
import { addReports, answerOutsideReports, reportsPrefix } from './reports/routes.ts';
import { failure, knowAllMethods } from './surface.ts';
import { hasUnwantedBody, readAway } from './unwanted-body.ts';
import type { VoiceTrendsContext } from './voicetrends/context.ts';
import { addVoiceTrends, answerOutsideVoiceTrends } from './voicetrends/routes.ts';
import { addWeb } from './web/routes.ts';

export interface AppOptions {
  readonly config: Config;
  readonly store: Store;
  readonly intake: Intake;
  readonly calendars: Calendars;
  readonly readPhone: ReadPhone;
  readonly timeZones: TimeZoneChanges;
  readonly metrics: Metrics;
  /** Of the program, for the API's description. */
  readonly version: string;
  readonly nowMs: () => number;
  /** Where log lines go. */
  readonly logTo: { write(line: string): unknown };
}

/** How long a client may take to send its headers, and a connection may be idle. */
const headersTimeoutMs = 30_000;
const keepAliveTimeoutMs = 72_000;
/** How long nothing may move on a connection; a stream that goes on may take as long as it likes. */
const connectionTimeoutMs = 60_000;

/** Builds the server: one surface a folder, which know nothing of each other. */
export function buildApp(options: AppOptions): FastifyInstance {
  const { config, store, metrics, nowMs, calendars, readPhone } = options;
  const voiceTrends: VoiceTrendsContext = { ...config, store, calendars, readPhone, nowMs };
  const outsides = [
    { prefix: reportsPrefix, answer: answerOutsideReports(voiceTrends) },
    { prefix: '/dashboard', answer: answerOutsideDashboard },
    { prefix: '/api', answer: answerOutsideVoiceTrends(voiceTrends) },
  ];
  const app = Fastify({
    logger: { level: config.logLevel, stream: options.logTo, redact, serializers: { err: errorOf } },
    // One line a request, see below; and never its address line, which may hold a telephone number or a password.
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request would cost more than its line; whoever logs names the request.
    childLoggerFactory: (logger) => logger,
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: 0,
    // What comes in on an open connection while the server stops is answered like any other, and the connection then closed.
    return503OnClosing: false,
    http: { headersTimeout: headersTimeoutMs },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 },
    // The router's own, before it has found a route. Nothing else would catch what is thrown here.
    frameworkErrors: (error, request, reply) => {
      const outside = outsides.find(({ prefix }) => request.url.startsWith(`${prefix}/`));
      if (outside === undefined) return answerError(error, request, reply);
      const problem = httpProblem('badRequest', undecodable);
      outside.answer(request, reply, problem).catch((thrown) => answerError(thrown, request, reply));
    },
    clientErrorHandler: refuseMalformed,
  });
  knowAllMethods(app);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => sendError(request, reply, httpProblem('notFound')));
  app.addHook('onRequest', ({ raw }, _reply, done) => {
    if (hasUnwantedBody(raw)) readAway(raw).then(() => done());
    else done();
  });
  observeAnswers(app, metrics);
  addSurfaces(app, options, voiceTrends);
  return app;
}

function addSurfaces(app: FastifyInstance, options: AppOptions, voiceTrends: VoiceTrendsContext): void {
  const { config, store, intake, metrics, nowMs } = options;
  const { maxBodyBytes, ingestRequestsPerWindow } = config;
  addHealth(app, { store, metrics });
  addIngest(app, { store, intake, nowMs, maxBodyBytes, ingestRequestsPerWindow });
  addVoiceTrends(app, voiceTrends);
  addReports(app, voiceTrends);
  addDashboard(app, { ...options, ...voiceTrends, maxDocumentBytes: config.maxDocumentBytes });
  addWeb(app);
  addDocs(app, { document: openApiDocument(options.version) });
}

const undecodable = 'the path must be UTF-8 in percent-encoding, with two hex digits after each %';

/** A line of the log and a measurement for every answer. */
function observeAnswers(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method, id: requestId } = request;
    const route = request.routeOptions.url ?? 'none';
    const { statusCode: status, elapsedTime: durationMs } = reply;
    metrics.answered({ method, route, status, durationMs });
    app.log.info({ requestId, method, route, status, durationMs: Math.round(durationMs * 10) / 10 }, 'answered');
    done();
  });
}

/** Nothing of ours logs these; they are struck out should anything ever do. */
const redact = { paths: ['password', 'authorization', 'caller', 'phone', 'document'], censor: '[redacted]' };

/** Messages of our own errors name no callers; those of others are kept out of the log with their other fields. */
const errorOf = (error: Error) => ({ type: error.name, message: error.message, stack: error.stack ?? '' });

function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return sendError(request, reply, httpProblem('badRequest', error instanceof Error ? error.message : ''));
  }
  return sendError(request, reply, failure(request, error));
}
