import { describe, expect, it } from 'vitest';
import { asTree, readXml } from './xml.ts';

const document = (content: string) => `<?xml version="1.0"?><result>${content}</result>`;

describe('the reader of XML', () => {
  it.each([
    { content: '', json: [] },
    { content: '<calls></calls>', json: { calls: {} } },
    { content: '<a>0.045</a><b/>', json: { a: 0.045, b: null } },
    { content: '<item key="1517461200">0</item>', json: { 1517461200: 0 } },
    { content: '<item>1</item><item></item>', json: [1, ''] },
    { content: '<page>x</page><item>y</item>', json: { page: 'x', item: 'y' } },
    { content: '<item key="a&#10; &quot;&lt;&amp;amp;">&#9;</item>', json: { 'a\n "<&amp;': '\t' } },
  ])('finds in $content what JSON says', ({ content, json }) => {
    expect(readXml(document(content))).toEqual(asTree(json));
  });

  it.each([
    '',
    '<?xml version="1.0"?>',
    '<?xml version="1.0"?><other></other>',
    document('<a>'),
    document('<a></b>'),
    document('text<a></a>'),
    `${document('')}<result></result>`,
  ])('refuses %s', (text) => {
    expect(() => readXml(text)).toThrow();
  });
});
