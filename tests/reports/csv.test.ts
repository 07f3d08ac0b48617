import { describe, expect, it } from 'vitest';
import { readCsv } from './csv.ts';

describe('the reader of CSV', () => {
  it.each([
    { text: '', want: [] },
    { text: 'a,b\r\n', want: [['a', 'b']] },
    {
      text: 'a,\r\n,b\r\n',
      want: [
        ['a', ''],
        ['', 'b'],
      ],
    },
    { text: '"a,""b""\r\nc\n","",x\r\n', want: [['a,"b"\r\nc\n', '', 'x']] },
  ])('reads $text', ({ text, want }) => {
    expect(readCsv(text)).toEqual(want);
  });

  it.each(['a,b', 'a\nb\r\n', '"a"b\r\n', 'a"b"\r\n', '"a\r\n'])('refuses %j', (text) => {
    expect(() => readCsv(text)).toThrow();
  });
});
