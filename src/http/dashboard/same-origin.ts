import type { FastifyRequest } from 'fastify';
import { preview } from '../../wire/problem.ts';
import { type HttpProblem, httpProblem } from '../problems.ts';

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A problem where a page of another site has sent a change, with the cookie of whoever looks at it. Browsers say where a request comes
 * from (W3C Fetch Metadata), and older ones name the origin of the page; what says neither is no browser, and has no cookie that it
 * was not given.
 */
export function foreignProblem({ method, headers, host }: FastifyRequest): HttpProblem | null {
  if (reading.has(method)) return null;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) {
    const isOurs = site === 'same-origin' || site === 'none';
    return isOurs ? null : httpProblem('otherOrigin', `Sec-Fetch-Site is ${preview(site)}`);
  }
  const { origin } = headers;
  if (origin === undefined || hostOf(origin) === host.toLowerCase()) return null;
  return httpProblem('otherOrigin', `Origin is ${preview(origin)} and Host is ${preview(host)}`);
}

/** null where the origin is hidden, has no host as that of a file has none, or is none at all. */
function hostOf(origin: string): string | null {
  const host = URL.canParse(origin) ? new URL(origin).host : '';
  return host === '' ? null : host;
}
