import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunks, collect } from '../../../tests/data/asterisk/rows.ts';
import { readRecords } from './csv.ts';

/** Records as `line: field|field`, problems as `line! error up to its first colon`. */
async function read(...pieces: readonly string[]): Promise<readonly string[]> {
  const records = await collect(readRecords(chunks(...pieces)));
  return records.map((record) =>
    record.ok
      ? `${record.value.line}: ${record.value.fields.join('|')}`
      : `${record.error.line}! ${record.error.error.replace(/:.*/s, '')}`,
  );
}

const misplaced = 'a quote stands inside a field or is not followed by a comma';
const unclosed = 'the file ends inside a quote of this row';
const tooLong = 'is longer than 65536 characters';

describe('a record', () => {
  it.each([
    { name: 'has fields in quotes and without', text: '"a",b,1\n', want: ['1: a|b|1'] },
    { name: 'may have empty fields of both kinds', text: ',"",\n', want: ['1: ||'] },
    { name: 'has a quote doubled in a field', text: '"""Ann"" <1>",x\n', want: ['1: "Ann" <1>|x'] },
    {
      name: 'may hold commas and line breaks in quotes',
      text: '"a,\nb\r\nc",x\ny\n',
      want: ['1: a,\nb\r\nc|x', '4: y'],
    },
    { name: 'may end with CRLF', text: 'a,"b"\r\nc,\r\n', want: ['1: a|b', '2: c|'] },
    { name: 'needs no line break at the end of the file', text: 'a\n"b",', want: ['1: a', '2: b|'] },
    { name: 'is not made of an empty line', text: '\na\n\r\n\nb\n', want: ['2: a', '5: b'] },
    { name: 'is not in an empty file', text: '', want: [] },
  ])('$name', async ({ text, want }) => {
    expect(await read(text)).toEqual(want);
  });
});

describe('a malformed record', () => {
  const long = 'x'.repeat(70_000);
  it.each([
    { name: 'with text after a quote', text: '"a"b,c\nd\n', want: [`1! ${misplaced}`, '2: d'] },
    { name: 'with quotes inside a bare field', text: 'a"b",c\nd\n', want: [`1! ${misplaced}`, '2: d'] },
    {
      name: 'cut off inside a quote costs itself only',
      text: '"a","b\n"","c"\n"d","e"\n',
      want: [`1! ${unclosed}`, '2: |c', '3: d|e'],
    },
    {
      name: 'cut off inside a quote costs itself only, between others like it',
      text: '"a\n"b","c"\n"d\n"e","f"\n',
      want: [`1! ${misplaced}`, '2: b|c', `3! ${unclosed}`, '4: e|f'],
    },
    { name: 'at the end of the file', text: 'a\n"b', want: ['1: a', `2! ${unclosed}`] },
    { name: 'without any line break', text: `a\n${long}`, want: ['1: a', `2! ${tooLong}`] },
    { name: 'longer than any', text: `a\n${long}\nb\n`, want: ['1: a', `2! ${tooLong}`, '3: b'] },
    {
      name: 'whose quote is never closed',
      text: `"a\n${'"b"\n'.repeat(20_000)}`,
      want: [`1! ${tooLong}`, ...Array.from({ length: 20_000 }, (_, index) => `${index + 2}: b`)],
    },
  ])('$name', async ({ text, want }) => {
    expect(await read(text)).toEqual(want);
  });

  it('is not held in memory, however long', async () => {
    const mebibyte = 'x'.repeat(1_048_576);
    // Together longer than any string can be.
    const found = await read(...Array.from({ length: 520 }, () => mebibyte), '\nb\n');
    expect(found).toEqual([`1! ${tooLong}`, '2: b']);
  });

  it('names its line, what is wrong and what to do', async () => {
    expect(await collect(readRecords(chunks('a\n"b')))).toEqual([
      { ok: true, value: { line: 1, fields: ['a'] } },
      {
        ok: false,
        error: {
          line: 2,
          field: 'row',
          error: 'the file ends inside a quote of this row: close it, or import the file again when it is complete',
        },
      },
    ]);
  });
});

describe('for any records', () => {
  const field = fc.oneof(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '¥') }), fc.string());
  const records = fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
  const print = (rows: readonly (readonly string[])[], lineBreak: string) =>
    rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',') + lineBreak).join('');

  it('quoting and reading gives them back', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.constantFrom('\n', '\r\n'), async (rows, lineBreak) => {
        const found = await collect(readRecords(chunks(print(rows, lineBreak))));
        expect(found.map((record) => record.ok && record.value.fields)).toEqual(rows);
      }),
    );
  });

  it('it does not matter where the chunks of a text end, well-formed or not', async () => {
    const anyText = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a'), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(anyText, fc.array(fc.nat(60)), async (text, cuts) => {
        const ends = [...cuts, text.length].toSorted((a, b) => a - b);
        const pieces = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
        expect(await read(...pieces)).toEqual(await read(text));
      }),
    );
  });
});
