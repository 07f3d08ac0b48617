import { randomBytes } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** Nothing may come from elsewhere, go elsewhere, or put the page into a frame. */
const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    // The component library writes a style sheet of its variables into the page; scripts set styles of elements one by one.
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'none'",
    "connect-src 'self'",
    // Icons may be in the page itself.
    "img-src 'self' data:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const headers = {
  // It carries a value that is good for one answer.
  'Cache-Control': 'no-store',
  'Content-Type': 'text/html; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

/** Sends the document of the pages, with a value for its styles that nobody can have known before. */
export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64url');
  const body = page.replaceAll('__CSP_NONCE__', nonce);
  return reply.headers({ ...headers, 'Content-Security-Policy': policyWith(nonce) }).send(Buffer.from(body));
}

/** Sends what a clone answers in which the dashboard was not built. */
export const sendNotBuilt = (reply: FastifyReply): FastifyReply =>
  reply
    .code(503)
    .headers({ ...headers, 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'" })
    .send(Buffer.from(notBuilt));

const notBuilt = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Voxgauge</title>
</head>
<body>
<h1>The dashboard is not built</h1>
<p>The server works, and its pages are missing. <code>npm run build:web</code> builds them; <code>npm start</code> does it by itself.</p>
<p>The <a href="/docs">API reference</a> is there.</p>
</body>
</html>
`;
