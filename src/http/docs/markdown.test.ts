import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown.ts';

const asIs = (href: string) => href;
const bodyOf = (markdown: string, servedLink: (href: string) => string | null = asIs) =>
  renderMarkdown(`# Title\n\n${markdown}`, servedLink).html.replace('<h1 id="title">Title</h1>\n', '').trim();

describe('renderMarkdown', () => {
  it.each([
    {
      name: 'an element',
      given: 'a <b onclick="x()">word</b>',
      want: '<p>a &lt;b onclick=&quot;x()&quot;&gt;word&lt;/b&gt;</p>',
    },
    { name: 'a block', given: '<script>alert(1)</script>', want: '&lt;script&gt;alert(1)&lt;/script&gt;' },
    { name: 'code', given: '`<KEY> & "x"`', want: '<p><code>&lt;KEY&gt; &amp; &quot;x&quot;</code></p>' },
    { name: 'an address', given: '[x](a"b)', want: '<p><a href="a&quot;b">x</a></p>' },
  ])('takes HTML in $name for text', ({ given, want }) => {
    expect(bodyOf(given)).toBe(want);
  });

  it('leads a link to where it is served, and leaves the text of one that is not', () => {
    const servedLink = (href: string) => (href === 'metrics.md' ? '/docs/guides/metrics' : null);
    expect(bodyOf('[a *b*](metrics.md), [c](../README.md)', servedLink)).toBe(
      '<p><a href="/docs/guides/metrics">a <em>b</em></a>, c</p>',
    );
  });

  it('makes names of headings as Git hosts do', () => {
    expect(bodyOf('## POST /api/auth, once')).toBe('<h2 id="post-apiauth-once">POST /api/auth, once</h2>');
  });

  it('puts a table into a region that scrolls, with its cells', () => {
    const html = bodyOf('| a | b |\n| - | - |\n| `1` | <2> |');
    expect(html).toContain('tabindex="0"');
    expect(html).toContain('<th>a</th><th>b</th>');
    expect(html).toContain('<td><code>1</code></td><td>&lt;2&gt;</td>');
  });

  it('names the rows that are about one name, each name once', () => {
    const html = bodyOf('| code | |\n| - | - |\n| `notFound` | 1 |\n| `notFound` | 2 |\n| `a`, `b` | 3 |');
    expect(html.match(/<tr[^>]*>/g)).toEqual(['<tr>', '<tr id="notFound">', '<tr>', '<tr>']);
  });

  it('refuses a document without a heading', () => {
    expect(() => renderMarkdown('text', asIs)).toThrow('must begin with a heading');
  });
});
