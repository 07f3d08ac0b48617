import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { assetPath } from '../../../src/http/docs/assets.ts';
import { addressesIn, serveDocs } from './served.ts';

const docs = serveDocs();
afterAll(() => docs.close());

const pages = ['/docs', '/docs/guides', '/docs/guides/quick-start'];

describe.each(pages)('%s', (url) => {
  it('lets nothing in from elsewhere, and nothing out', async () => {
    const { headers } = await docs.get(url);
    const policy = new Map(
      `${headers['content-security-policy']}`.split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources.join(' ')];
      }),
    );
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('connect-src')).toBe("'self'");
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(`${headers['content-security-policy']}`).not.toMatch(/https?:|\*|unsafe-eval/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('has no script in itself, and asks each time whether it is still the same', async () => {
    const { headers, text } = await docs.get(url);
    expect(text.match(/<script(?![^>]*\ssrc=)/g)).toBeNull();
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('loads files that are there, and may be kept for ever', async () => {
    const { text } = await docs.get(url);
    const files = addressesIn(text).filter((address) => address.startsWith('/docs/assets/'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const { status, headers } = await docs.get(file);
      expect({ file, status, cached: headers['cache-control'] }).toEqual({
        file,
        status: 200,
        cached: 'public, max-age=31536000, immutable',
      });
    }
  });

  it('has the same navigation', async () => {
    const navigation = (text: string) => /<nav class="site".*?<\/nav>/s.exec(text)?.[0];
    const { text } = await docs.get(url);
    expect(navigation(text)).toBe(navigation((await docs.get('/docs')).text));
    expect(navigation(text)).toContain('href="/docs/guides"');
  });
});

describe('the files of the pages', () => {
  it('are the bundle as it was installed, compressed', async () => {
    const { text } = await docs.get('/docs');
    const [bundle = ''] = addressesIn(text).filter((address) => address.endsWith('/scalar.js'));
    const { headers, body } = await docs.get(bundle, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(body).equals(readFileSync(assetPath('reference bundle')))).toBe(true);
  });

  it('are scripts without types, which import files that are there', async () => {
    const { text } = await docs.get('/docs');
    const waiting = addressesIn(text).filter((address) => address.endsWith('/reference.ts'));
    const seen = new Set<string>();
    for (const address of waiting) {
      if (seen.has(address)) continue;
      seen.add(address);
      const script = await docs.get(address);
      expect({ address, status: script.status }).toEqual({ address, status: 200 });
      expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
      expect(script.text).not.toMatch(/^\s*interface |^import type/m);
      const imported = Array.from(script.text.matchAll(/from '\.\/([^']+)'/g), ([, file = '']) => file);
      waiting.push(...imported.map((file) => address.replace(/[^/]+$/, file)));
    }
    expect(seen.size).toBeGreaterThan(3);
  });
});
