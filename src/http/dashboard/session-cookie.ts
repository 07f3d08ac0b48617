// Its types add cookies to requests and replies.
import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionLifetimeMs } from '../../domain/quota.ts';

const name = 'voxgauge_session';

/** No script reads it, and no other site's request brings it along but for a link that is followed. */
const attributes = { path: '/', httpOnly: true, sameSite: 'lax' } as const;

/** The secret of the session; null where the request has none. */
export function sessionSecret({ cookies }: FastifyRequest): string | null {
  const secret = cookies[name];
  return secret === undefined || secret === '' ? null : secret;
}

/** Hands the secret out, or once more, so that the browser keeps it for as long as the session lives. */
export function keepSession(request: FastifyRequest, reply: FastifyReply, secret: string): void {
  const maxAge = sessionLifetimeMs / 1000;
  reply.setCookie(name, secret, { ...attributes, maxAge, secure: isEncrypted(request) });
}

export function forgetSession(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(name, { ...attributes, secure: isEncrypted(request) });
}

/** As a proxy that is trusted has seen the request. */
const isEncrypted = ({ protocol }: FastifyRequest): boolean => protocol === 'https';
