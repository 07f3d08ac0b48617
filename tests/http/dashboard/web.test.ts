import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knowAllMethods } from '../../../src/http/surface.ts';
import { readWebFiles } from '../../../src/http/web/files.ts';
import { addWeb } from '../../../src/http/web/routes.ts';
import { appPaths } from '../../../src/wire/dashboard/paths.ts';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { exchange } from '../voicetrends/exchange.ts';

/** The built dashboard, as `npm test` builds it before. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  exchange(server.address, path, { method, headers });
const nonceOf = (policy = ''): string => /'nonce-([\w-]+)'/.exec(policy)?.[1] ?? '';
const assetsIn = (html: string) =>
  Array.from(html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g), ([, path = '']) => path);

describe('the page', () => {
  it.each(appPaths.map((path) => path.replace('*', 'keys')))('is at %s', async (path) => {
    const answer = await get(`${path}?start=2018-02-01`);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.text).toContain('<div id="root"></div>');
    expect(assetsIn(answer.text).length).toBeGreaterThan(1);
  });

  it('carries a value for its styles that is new each time, and lets in nothing else', async () => {
    const [first, second] = [await get('/'), await get('/')];
    const policy = first.headers['content-security-policy'] ?? '';
    const nonce = nonceOf(policy);
    expect(nonce).toMatch(/^[\w-]{22}$/);
    expect(nonceOf(second.headers['content-security-policy'])).not.toBe(nonce);
    expect(first.text).toContain(`content="${nonce}"`);
    expect(first.text).not.toContain('__CSP_NONCE__');
    expect(policy.replace(nonce, 'NONCE').split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-NONCE'",
      "style-src-attr 'none'",
      "connect-src 'self'",
      "img-src 'self' data:",
      "manifest-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(first.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
  });

  it('has nothing in it that the policy keeps out', async () => {
    const { text } = await get('/');
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=")|<style|\sstyle=|\son\w+=|https?:/);
  });

  it('is not at other paths', async () => {
    for (const path of [
      '/calls/c-1',
      '/index.html',
      '/assets',
      '/assets/',
      '/assets/../index.html',
      '/assets/missing.js',
      '/volumes',
      '/dashboards',
      '/call/1',
    ]) {
      const answer = await get(path);
      expect([path, answer.status, answer.text]).toEqual([path, 404, '{"error":"there is nothing at this path"}']);
    }
  });

  it.each(['POST', 'PUT', 'DELETE'])('takes no %s', async (method) => {
    for (const path of ['/', '/settings/keys', '/assets/x.js']) {
      const answer = await get(path, {}, method);
      expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD, OPTIONS']);
    }
  });
});

describe('what the page loads', () => {
  it('is kept for ever, and is as small as it gets', async () => {
    const paths = assetsIn((await get('/')).text);
    for (const path of paths) {
      const plain = await get(path);
      const brotli = await get(path, { 'accept-encoding': 'gzip, deflate, br' });
      const gzip = await get(path, { 'accept-encoding': 'gzip' });
      expect([
        plain.status,
        plain.headers['content-encoding'],
        brotli.headers['content-encoding'],
        gzip.headers['content-encoding'],
      ]).toEqual([200, undefined, 'br', 'gzip']);
      expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
      expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
      expect(brotli.body.length).toBeLessThan(gzip.body.length);
      expect(brotli.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
        'x-content-type-options': 'nosniff',
      });
      expect(plain.headers['content-type']).toBe(
        path.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
      );
      const again = await get(path, { 'accept-encoding': 'br', 'if-none-match': brotli.headers['etag'] ?? '' });
      expect([again.status, again.text]).toEqual([304, '']);
    }
    expect(paths.some((path) => path.endsWith('.js')) && paths.some((path) => path.endsWith('.css'))).toBe(true);
  });

  it('has no compressed file at an address of its own', async () => {
    const [path = ''] = assetsIn((await get('/')).text);
    expect((await get(`${path}.br`)).status).toBe(404);
  });
});

describe('a clone in which nothing is built', () => {
  it('says which command builds it, and finds it once it is', async () => {
    let isBuilt = false;
    const app = Fastify();
    knowAllMethods(app);
    addWeb(app, () => (isBuilt ? readWebFiles() : null));
    const missing = await app.inject('/calls');
    expect([missing.statusCode, missing.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect(missing.body).toContain('<code>npm run build:web</code>');
    expect((await app.inject('/assets/x.js')).statusCode).toBe(404);
    isBuilt = true;
    expect((await app.inject('/calls')).statusCode).toBe(200);
    await app.close();
  });

  it('is read as such', () => {
    expect(readWebFiles([new URL('./', import.meta.url)])).toBeNull();
  });
});
