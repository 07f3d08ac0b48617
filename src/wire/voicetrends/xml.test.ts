import { describe, expect, it } from 'vitest';
import type { Printable } from './printable.ts';
import { printSeriesXml, printXml } from './xml.ts';

const printed = (value: Printable): string => printXml(value).replace('<?xml version="1.0"?>', '');

describe('XML', () => {
  it('says what it is and is one result', () => {
    expect(printXml({ error: 'no' })).toBe('<?xml version="1.0"?><result><error>no</error></result>');
  });

  it.each([
    {
      name: 'a key that is an element name is the element',
      value: { a_b: 1, 'c-d.e': 'x', Menü: 2 },
      want: '<a_b>1</a_b><c-d.e>x</c-d.e><Menü>2</Menü>',
    },
    {
      name: 'any other key is that of an item',
      value: { '1517461200': 0, 'US Toll-Free': 1, 'https://ivr.example/': 2, '': 3, '×': 4, 'a:b': 5 },
      want:
        '<item key="1517461200">0</item><item key="US Toll-Free">1</item><item key="https://ivr.example/">2</item>' +
        '<item key="">3</item><item key="×">4</item><item key="a:b">5</item>',
    },
    { name: 'a name that XML keeps for itself is a key', value: { xmlns: 1 }, want: '<item key="xmlns">1</item>' },
    {
      name: 'a list is of items',
      value: { NON_US: [{ GB: 2 }, 'x'] },
      want: '<NON_US><item><GB>2</GB></item><item>x</item></NON_US>',
    },
    {
      name: 'what is empty is an empty element',
      value: { a: [], b: {}, c: '', d: null },
      want: '<a></a><b></b><c></c><d></d>',
    },
    {
      name: 'markup is escaped, in text and in keys',
      value: { a: `<b> & "c" 'd' ]]>`, '<"&\'>': '&lt;' },
      want:
        '<a>&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos; ]]&gt;</a>' +
        '<item key="&lt;&quot;&amp;&apos;&gt;">&amp;lt;</item>',
    },
    {
      name: 'what no document may hold is replaced',
      value: { a: '\0\u0001\ud800\uffff📞', '\u0002': 1 },
      want: '<a>\ufffd\ufffd\ufffd\ufffd📞</a><item key="\ufffd">1</item>',
    },
    {
      name: 'white space that a reader would change is escaped',
      value: { 'a\tb\nc': '\r\n' },
      want: '<item key="a&#9;b&#10;c">&#13;&#10;</item>',
    },
    { name: 'space stays', value: { a: '  b ' }, want: '<a>  b </a>' },
  ])('$name', ({ value, want }) => {
    expect(printed(value)).toBe(`<result>${want}</result>`);
  });

  it('keeps the order of a map, also of keys that an object would sort', () => {
    const value = new Map([
      ['2', 'a'],
      ['1', 'b'],
      ['-1', 'c'],
    ]);
    expect(printed(value)).toBe('<result><item key="2">a</item><item key="1">b</item><item key="-1">c</item></result>');
  });

  it('has series as items by UNIX seconds', () => {
    const points = [
      { startSeconds: -86_400, value: null },
      { startSeconds: 1_517_461_200, value: 0.045 },
    ];
    expect(printSeriesXml([{ metric: 'average_page_load', points }])).toBe(
      '<?xml version="1.0"?><result><average_page_load>' +
        '<item key="-86400">0</item><item key="1517461200">0.045</item></average_page_load></result>',
    );
  });
});
