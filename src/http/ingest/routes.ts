import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { windowSeconds, windowStartOf } from '../../domain/quota.ts';
import { failed, ok, type Result } from '../../domain/result.ts';
import type { From, Intake, NotJson } from '../../ingest/intake.ts';
import { LineTooLongError, linesOf } from '../../ingest/lines.ts';
import { rejectedCount, type Summary, takenCount } from '../../ingest/summary.ts';
import { sha256Of } from '../../secrets/tokens.ts';
import type { IngestKey } from '../../store/access-store.ts';
import type { Unavailable } from '../../store/call-store.ts';
import type { Store } from '../../store/store.ts';
import { bearerToken } from '../credentials.ts';
import { type HttpProblem, httpProblem, messageOf, statusOf } from '../problems.ts';
import { addResource } from '../surface.ts';
import { BodyError, decodedBody, mediaTypeProblem, textOf } from './body.ts';

export interface IngestContext {
  readonly store: Store;
  readonly intake: Intake;
  readonly nowMs: () => number;
  readonly maxBodyBytes: number;
  /** 0 for no limit. */
  readonly ingestRequestsPerWindow: number;
}

const url = '/ingest/v1/calls';

/** `POST /ingest/v1/calls`: key → quota → read → record → answer after the commit. */
export function addIngest(app: FastifyInstance, context: IngestContext): void {
  app.register(async (ingest) => {
    ingest.removeAllContentTypeParsers();
    // The body stays a stream: what it is, and whether it is wanted at all, is decided below.
    ingest.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    ingest.setErrorHandler((error, request, reply) => {
      // The header is no media type at all, which Fastify finds out before anything of ours runs.
      const isMediaType = error instanceof Error && 'statusCode' in error && error.statusCode === 415;
      if (!isMediaType) throw error;
      return sendProblem(request, reply, mediaTypeProblem(request.headers['content-type'] ?? ''));
    });
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const key = await admit(request, reply, context);
      if (!key.ok) return sendProblem(request, reply, key.error);
      const summary = await take(request, key.value, context);
      return summary.ok ? sendSummary(reply, summary.value) : sendProblem(request, reply, summary.error);
    };
    addResource(ingest, { url, methods: { POST: handler }, answerProblem: sendProblem });
  });
}

async function admit(
  request: FastifyRequest,
  reply: FastifyReply,
  { store, nowMs, ingestRequestsPerWindow: limit }: IngestContext,
): Promise<Result<IngestKey, HttpProblem>> {
  const token = bearerToken(request.headers.authorization);
  if (token === null) return failed(httpProblem('keyMissing'));
  const key = await store.keys.find(sha256Of(token));
  if (key === null) return failed(httpProblem('keyInvalid'));
  store.access.touchKey(key.keyId, nowMs());
  if (limit === 0) return ok(key);
  const windowStart = windowStartOf(nowMs());
  const { isGranted } = await store.access.spend({ quota: 'ingest', subject: `${key.keyId}`, windowStart }, limit);
  if (isGranted) return ok(key);
  reply.header('Retry-After', Math.max(1, Math.ceil(windowStart + windowSeconds - nowMs() / 1000)));
  return failed(httpProblem('tooMany', `a key may send ${limit} requests in 15 minutes`));
}

async function take(
  request: FastifyRequest,
  key: IngestKey,
  context: IngestContext,
): Promise<Result<Summary, HttpProblem>> {
  const { userId, account } = key.user;
  const from: From = { account, sender: { accountId: account.accountId, userId, isStrict: key.isStrict } };
  try {
    const body = decodedBody(request.raw, request.headers, context.maxBodyBytes);
    if (body.kind === 'json') {
      return told(request, await context.intake.takeJson(await textOf(body.bytes, context.maxBodyBytes), from));
    }
    const lines = linesOf(body.bytes, { maxLineBytes: context.maxBodyBytes });
    return told(request, await context.intake.takeStream(lines, from));
  } catch (error) {
    if (error instanceof BodyError) return failed(error.problem);
    if (error instanceof LineTooLongError) return failed(httpProblem('tooLarge', error.message));
    // The connection is gone: its sender knows, hears no answer, and nobody else need act.
    if (error === request.raw.errored) return failed(httpProblem('badRequest', 'the body broke off'));
    throw error;
  }
}

function told(request: FastifyRequest, taken: Result<Summary, NotJson | Unavailable>): Result<Summary, HttpProblem> {
  if (taken.ok) return taken;
  if (taken.error.kind === 'notJson') return failed(httpProblem('notJson', taken.error.error));
  request.log.warn({ requestId: request.id, reason: taken.error.reason }, 'calls could not be taken');
  return failed(httpProblem('unavailable'));
}

function sendSummary(reply: FastifyReply, summary: Summary): FastifyReply {
  const isAllRejected = rejectedCount(summary) > 0 && takenCount(summary) === 0;
  const isSomeRejected = rejectedCount(summary) > 0;
  return send(reply.code(isAllRejected ? 400 : isSomeRejected ? 207 : 200), summary);
}

async function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: HttpProblem): Promise<FastifyReply> {
  const status = statusOf(problem);
  reply.code(status);
  if (status === 401) reply.header('WWW-Authenticate', 'Bearer realm="Voxgauge"');
  if (status === 503) reply.header('Retry-After', 1);
  // What is left of a body that is refused is not worth reading.
  if (!request.raw.readableEnded) reply.header('Connection', 'close');
  return send(reply, { error: messageOf(problem) });
}

const send = (reply: FastifyReply, body: unknown): FastifyReply =>
  reply.header('Content-Type', 'application/json').send(Buffer.from(JSON.stringify(body)));
