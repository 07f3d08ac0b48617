import { METHODS } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify';
import { StoreUnavailable } from '../store/store.ts';
import { type HttpProblem, httpProblem } from './problems.ts';

/** How a surface answers a problem. */
export type AnswerProblem = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: HttpProblem,
) => Promise<FastifyReply>;

const changing = ['POST', 'PATCH', 'DELETE'] as const;

export interface Resource {
  readonly url: string;
  /** Handlers by method. `HEAD` is answered wherever `GET` is, `OPTIONS` everywhere. */
  readonly methods: { readonly [M in (typeof changing)[number] | 'GET']?: RouteHandlerMethod };
  readonly answerProblem: AnswerProblem;
  /** Where bodies may be larger than elsewhere on the surface. */
  readonly largestBodyBytes?: number;
  /** What is wrong with a change before its body is read; null for nothing. */
  readonly beforeBody?: (request: FastifyRequest) => Promise<HttpProblem | null>;
}

/** Adds a resource that answers every method there is: its own, `OPTIONS` with what is allowed, any other with 405. */
export function addResource(app: FastifyInstance, resource: Resource): void {
  const { url, methods, answerProblem, beforeBody, largestBodyBytes: limit } = resource;
  const own = Object.keys(methods).flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const allow = [...own, 'OPTIONS'].join(', ');
  if (methods.GET) app.route({ method: ['GET', 'HEAD'], url, exposeHeadRoute: false, handler: methods.GET });
  const limits = limit === undefined ? {} : { bodyLimit: limit };
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    const problem = (await beforeBody?.(request)) ?? null;
    if (problem !== null) return answerProblem(request, reply, problem);
  };
  for (const method of changing) {
    const handler = methods[method];
    if (handler) app.route({ method, url, ...limits, onRequest: beforeBody === undefined ? [] : onRequest, handler });
  }
  app.route({ method: 'OPTIONS', url, handler: (_request, reply) => reply.code(204).header('Allow', allow).send() });
  app.route({
    method: METHODS.filter((method) => !allow.split(', ').includes(method) && method !== 'CONNECT'),
    url,
    // Before the body is looked at, which is not the reason for the refusal.
    onRequest: (request, reply) =>
      answerProblem(request, reply.header('Allow', allow), httpProblem('methodNotAllowed', allow)),
    handler: () => {},
  });
}

/** The query of a request. It may have a `?` in it as it is (RFC 3986, section 3.4). */
export function queryOf({ url }: FastifyRequest): URLSearchParams {
  const mark = url.indexOf('?');
  return new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
}

/** What is said of an error that is a bug or the environment's: the operator finds the rest in the log, by the request's id. */
export function failure(request: FastifyRequest, error: unknown): HttpProblem {
  const err = error instanceof Error ? error : new Error(String(error));
  if (err instanceof StoreUnavailable) {
    request.log.warn({ requestId: request.id, err }, 'the store cannot be used');
    return httpProblem('unavailable');
  }
  request.log.error({ requestId: request.id, err }, 'a request has failed');
  return httpProblem('internal', request.id);
}

/** Bodies have no use on most surfaces, and are then no reason to fail; `POST /api/auth` reads its own from bytes. */
export function takeBodiesAsBytes(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parser = async (_request: unknown, body: Buffer) => body;
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: largestBodyBytes }, parser);
}

export const largestBodyBytes = 65_536;

/** What to answer to an error that came up before or in a handler. The framework's own of 4xx are the sender's. */
export function refusalOf(request: FastifyRequest, error: unknown): HttpProblem {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (!(status >= 400 && status < 500)) return failure(request, error);
  return httpProblem('badRequest', 'the request is malformed, or larger than 64 KiB');
}

/** Headers of a 503. Nothing is said of quotas, which may be what could not be read. */
export function askToComeBack(reply: FastifyReply): void {
  for (const name of Object.keys(reply.getHeaders())) {
    if (name.startsWith('x-ratelimit-')) reply.removeHeader(name);
  }
  reply.header('Retry-After', 1);
}

/** Makes every method of HTTP known to the router; by default it knows the common ones only. */
export function knowAllMethods(app: FastifyInstance): void {
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true });
  }
}
