import type { FastifyReply, FastifyRequest } from 'fastify';
import { printJson } from '../../wire/voicetrends/json.ts';
import { printXml } from '../../wire/voicetrends/xml.ts';
import { type HttpProblem, messageOf, statusOf } from '../problems.ts';
import { askToComeBack } from '../surface.ts';

/** XML when the client asks for it first, JSON for everything else. */
export function wantsXml(request: FastifyRequest): boolean {
  const { accept } = request.headers;
  return accept !== undefined && xmlFirst.test(accept);
}

const xmlFirst = /^\s*application\/xml\s*([,;]|$)/i;

/** How the original spells its headers: there are clients that compare them letter by letter. */
const spellings: Readonly<Record<string, string>> = {
  allow: 'Allow',
  'cache-control': 'Cache-Control',
  'retry-after': 'Retry-After',
  'www-authenticate': 'WWW-Authenticate',
  'x-ratelimit-limit': 'X-RateLimit-Limit',
  'x-ratelimit-remaining': 'X-RateLimit-Remaining',
  'x-ratelimit-reset': 'X-RateLimit-Reset',
};

/** Sends a printed body with the headers that were set, its length, and a type without a charset. */
export function send(reply: FastifyReply, type: 'application/json' | 'application/xml', body: string): FastifyReply {
  const headers: Record<string, string | number> = { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) };
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) headers[spellings[name] ?? name] = `${value}`;
  }
  // Fastify itself spells headers in lower case and adds a charset to the type.
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, headers).end(body);
  return reply;
}

/** `{"error":"…"}`, or the same in XML. */
export async function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: HttpProblem,
): Promise<FastifyReply> {
  const status = statusOf(problem);
  reply.code(status);
  if (status === 401) reply.header('WWW-Authenticate', 'Basic realm="Voxgauge"');
  if (status === 503) askToComeBack(reply);
  const body = { error: messageOf(problem) };
  return wantsXml(request)
    ? send(reply, 'application/xml', printXml(body))
    : send(reply, 'application/json', printJson(body));
}
