import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guidePath, guideSummaries } from '../../../src/http/docs/guides.ts';
import { problems } from '../../../src/http/problems.ts';
import { addressesIn, serveDocs } from './served.ts';

const docs = serveDocs();
afterAll(() => docs.close());

const paths = Object.keys(guideSummaries).map(guidePath);

describe('/docs/guides', () => {
  it('lists all guides in their order', async () => {
    const { text } = await docs.get('/docs/guides');
    expect(addressesIn(text).filter((address) => address.startsWith('/docs/guides/'))).toEqual(paths);
  });
});

describe.each(paths)('%s', (path) => {
  let html = '';
  beforeAll(async () => {
    html = (await docs.get(path)).text;
  });

  it('is a page with a heading, a title, and itself marked in the list', () => {
    const [, heading] = /<h1 id="[^"]+">(.+?)<\/h1>/.exec(html) ?? [];
    expect(heading).toBeTruthy();
    expect(html).toContain(`<title>${heading} · Voxgauge</title>`);
    expect(html).toContain(`<a href="${path}" aria-current="page">${heading}</a>`);
  });

  it('leads nowhere that is not there', async () => {
    for (const address of addressesIn(html)) {
      if (/^(https:|data:)/.test(address)) continue;
      const [target = '', anchor] = address.split('#');
      const { status, text } = await docs.get(target === '' ? path : target);
      expect({ address, status }).toEqual({ address, status: 200 });
      if (anchor !== undefined) expect(text).toContain(`id="${anchor}"`);
    }
  });

  it('has each name once, for links to lead to', () => {
    const ids = Array.from(html.matchAll(/\sid="([^"]*)"/g), ([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('shows nothing of Markdown', () => {
    expect(html.replace(/<pre.*?<\/pre>/gs, '')).not.toMatch(/\]\(|\*\*|^#|```/m);
  });
});

describe(guidePath('errors'), () => {
  it('has a place for each error, to which answers link', async () => {
    const { text } = await docs.get(guidePath('errors'));
    expect(Object.keys(problems).filter((code) => !text.includes(`<tr id="${code}">`))).toEqual([]);
  });
});
