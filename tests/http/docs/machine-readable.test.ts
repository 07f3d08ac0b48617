import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { sampleDocument } from './sample-document.ts';
import { serveDocs } from './served.ts';

const docs = serveDocs();
afterAll(() => docs.close());

describe.each([
  { url: '/openapi.json', type: 'application/json', read: (text: string): unknown => JSON.parse(text) },
  { url: '/openapi.yaml', type: 'application/yaml', read: (text: string): unknown => parse(text) },
])('$url', ({ url, type, read }) => {
  it('is the document', async () => {
    const { status, headers, text } = await docs.get(url);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type });
    expect(read(text)).toEqual(JSON.parse(JSON.stringify(sampleDocument)));
  });

  it('may be loaded by pages of others, which get no more than that', async () => {
    const { headers } = await docs.get(url, { headers: { origin: 'https://elsewhere.example' } });
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  });

  it.each([
    { accepts: 'br, gzip', encoding: 'br', decoded: brotliDecompressSync },
    { accepts: 'gzip', encoding: 'gzip', decoded: gunzipSync },
    { accepts: 'br;q=0, *', encoding: 'gzip', decoded: gunzipSync },
    { accepts: 'identity', encoding: undefined, decoded: (body: Buffer) => body },
  ])('is compressed for whoever accepts $accepts', async ({ accepts, encoding, decoded }) => {
    const plain = await docs.get(url);
    const { headers, body } = await docs.get(url, { headers: { 'accept-encoding': accepts } });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('Accept-Encoding');
    expect(decoded(body)).toEqual(plain.body);
  });

  it('is not sent again to whoever has it, in the encoding that they have', async () => {
    const { headers } = await docs.get(url, { headers: { 'accept-encoding': 'br' } });
    const known = { 'if-none-match': `"other", W/${headers.etag}` };
    const again = await docs.get(url, { headers: { ...known, 'accept-encoding': 'br' } });
    expect({ status: again.status, size: again.body.length, etag: again.headers.etag }).toEqual({
      status: 304,
      size: 0,
      etag: headers.etag,
    });
    expect((await docs.get(url, { headers: { ...known, 'accept-encoding': 'gzip' } })).status).toBe(200);
  });
});

describe('the resources of the documentation', () => {
  const urls = ['/openapi.json', '/openapi.yaml', '/docs', '/docs/', '/docs/guides', '/docs/guides/metrics'];

  it.each(urls)('%s answers HEAD like GET, without the body', async (url) => {
    const get = await docs.get(url);
    const head = await docs.get(url, { method: 'HEAD' });
    const { date: _, ...headers } = get.headers;
    expect({ status: head.status, size: head.body.length }).toEqual({ status: 200, size: 0 });
    expect(head.headers).toMatchObject(headers);
  });

  it.each(urls)('%s answers other methods with what is allowed', async (url) => {
    const allow = 'GET, HEAD, OPTIONS';
    const { status, headers, text } = await docs.get(url, { method: 'POST' });
    expect({ status, allow: headers.allow, body: JSON.parse(text) }).toEqual({
      status: 405,
      allow,
      body: { error: `only ${allow} is allowed here` },
    });
    expect((await docs.get(url, { method: 'OPTIONS' })).headers.allow).toBe(allow);
  });

  it.each(['/docs/nothing', '/docs/guides/nothing', '/docs/guides/../metrics', '/docs/assets/1/scalar.js'])(
    '%s is nothing',
    async (url) => {
      const { status, text } = await docs.get(url);
      expect({ status, body: JSON.parse(text) }).toEqual({
        status: 404,
        body: { error: 'there is nothing at this path' },
      });
    },
  );
});
