import { describe, expect, it } from 'vitest';
import { type Columns, chunks, collect, csvRow, newColumns } from '../../../tests/data/asterisk/rows.ts';
import { readRows } from './row.ts';

const read = (...lines: readonly string[]) => collect(readRows(chunks(lines.join('\n')), 'UTC'));

const answered = {
  accountcode: 'sales',
  dstchannel: 'SIP/301-00000002',
  lastapp: 'Dial',
  answer: '2024-01-27 15:00:10',
  billsec: '50',
  disposition: 'ANSWERED',
  uniqueid: 'pbx-1706367600.1',
  linkedid: 'pbx-1706367500.9',
  sequence: '42',
};

describe('a row', () => {
  const row = {
    line: 1,
    accountcode: 'sales',
    src: '6175550101',
    dst: '211553',
    dcontext: 'ivr-in',
    dstchannel: 'SIP/301-00000002',
    lastapp: 'Dial',
    startMs: Date.UTC(2024, 0, 27, 15, 0, 0),
    answerMs: Date.UTC(2024, 0, 27, 15, 0, 10),
    endMs: Date.UTC(2024, 0, 27, 15, 1, 0),
    billableSeconds: 50,
    disposition: 'ANSWERED',
    uniqueid: 'pbx-1706367600.1',
  };
  const linked = { ...row, callId: 'pbx-1706367500.9', sequence: 42 };
  const alone = { ...row, callId: 'pbx-1706367600.1', sequence: null };

  it.each([
    { name: '21 columns', text: csvRow(answered), want: linked },
    { name: '20 columns, without userfield', text: csvRow(answered, ['userfield']), want: linked },
    { name: '18 columns, with userfield', text: csvRow(answered, newColumns.slice(1)), want: alone },
    { name: '17 columns', text: csvRow(answered, newColumns), want: alone },
    { name: 'an empty linkedid and sequence', text: csvRow({ ...answered, linkedid: '', sequence: '' }), want: alone },
  ])('of $name is read by the names of its columns', async ({ text, want }) => {
    expect(await read(text)).toEqual([{ ok: true, value: want }]);
  });

  it('may have an answer that is empty and not quoted', async () => {
    const [found] = await read(csvRow({}).replace('00:00","","2024', '00:00",,"2024'));
    expect(found?.ok && found.value.answerMs).toBe(null);
  });
});

describe('a row that is not right is a problem with its line and column', () => {
  const time = 'expected a time like 2024-01-27 15:07:24';
  const changes: readonly { given: Partial<Columns>; field: string; error: string }[] = [
    { given: { start: '' }, field: 'start', error: `got "", ${time}` },
    { given: { start: '27/01/2024 15:00' }, field: 'start', error: `got "27/01/2024 15:00", ${time}` },
    { given: { answer: 'never' }, field: 'answer', error: `got "never", ${time}, or nothing` },
    { given: { end: '2024-02-30 15:00:00' }, field: 'end', error: `got "2024-02-30 15:00:00", ${time}` },
    {
      given: { end: '2024-01-27 14:59:59' },
      field: 'end',
      error: 'got "2024-01-27 14:59:59", expected a time that is not before start, 2024-01-27 15:00:00',
    },
    { given: { duration: '-1' }, field: 'duration', error: 'got "-1", expected whole seconds' },
    { given: { billsec: '1.5' }, field: 'billsec', error: 'got "1.5", expected whole seconds' },
    { given: { sequence: 'x' }, field: 'sequence', error: 'got "x", expected a whole number or nothing' },
    {
      given: { disposition: 'OK' },
      field: 'disposition',
      error: 'got "OK", expected one of ANSWERED, BUSY, NO ANSWER, CONGESTION, FAILED, UNKNOWN',
    },
    {
      given: { uniqueid: '' },
      field: 'uniqueid',
      error: 'got "", expected an id: set loguniqueid=yes in section [csv] of cdr.conf',
    },
    {
      given: { linkedid: '', channel: 'Local/301@ivr-00000000;2' },
      field: 'channel',
      error:
        'got "Local/301@ivr-00000000;2", expected a caller\'s, as linkedid is absent: set newcdrcolumns=yes in section [csv] of cdr.conf',
    },
    { given: { start: '9'.repeat(100) }, field: 'start', error: `got "${'9'.repeat(80)}…", ${time}` },
  ];

  it.each(changes)('$field: $error', async ({ given, field, error }) => {
    const [before, found, after] = await read(csvRow({}), csvRow(given), csvRow({}));
    expect([before?.ok, found, after?.ok]).toEqual([true, { ok: false, error: { line: 2, field, error } }, true]);
  });

  it.each([1, 16, 19, 22])('with %i columns', async (count) => {
    const text = Array.from({ length: count }, () => '"x"').join(',');
    const error =
      `got ${count} columns, expected 17, 18, 20, 21: remove the row if it is cut off; ` +
      'fewer columns in every row: set loguniqueid=yes in section [csv] of cdr.conf';
    expect(await read(text)).toEqual([{ ok: false, error: { line: 1, field: 'row', error } }]);
  });

  it('counts the lines that fields hold', async () => {
    const found = await read(csvRow({ clid: 'two\nlines' }), csvRow({ start: 'x' }));
    expect(found.map((row) => (row.ok ? row.value.line : row.error.line))).toEqual([1, 3]);
  });
});
