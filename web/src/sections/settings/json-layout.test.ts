import { describe, expect, it } from 'vitest';
import { layOut } from './json-layout.ts';

describe('laying out a document', () => {
  it('puts each member on a line of its own', () => {
    expect(layOut('{"id":"a","events":[{"at":0},{"at":1}],"labels":{},"none":[]}').split('\n')).toEqual([
      '{',
      '  "id": "a",',
      '  "events": [',
      '    {',
      '      "at": 0',
      '    },',
      '    {',
      '      "at": 1',
      '    }',
      '  ],',
      '  "labels": {},',
      '  "none": []',
      '}',
    ]);
  });

  it('keeps digits, escapes, and names that occur twice', () => {
    const json = '{"a":1.0,"a":12345678901234567890,"b":"x\\u00e9 { \\"y\\" , : }"}';
    expect(layOut(json)).toBe('{\n  "a": 1.0,\n  "a": 12345678901234567890,\n  "b": "x\\u00e9 { \\"y\\" , : }"\n}');
  });

  it.each([
    { what: 'broken JSON', text: '{"id":"a"' },
    { what: 'text', text: 'hello' },
    { what: 'nothing', text: '' },
    { what: 'lines of its own', text: '{\n"id":"a"\n}' },
    { what: 'a value alone', text: '12' },
  ])('leaves $what as it was sent', ({ text }) => {
    expect(layOut(text)).toBe(text);
  });
});
