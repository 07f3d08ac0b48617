import { describe, expect, it } from 'vitest';
import { printApplied } from '../domain/applied.ts';
import type { Account } from '../store/access-store.ts';
import { Calendars, DocumentReader } from './document-reader.ts';

const account: Account = {
  accountId: 1,
  name: 'acme',
  timeZone: 'America/New_York',
  country: 'US',
  allowsInput: false,
  weekStart: 1,
};

const reader = new DocumentReader(account, {
  calendars: new Calendars(),
  readPhone: (spelled) => ({ number: spelled.replace(/\D/g, ''), region: null }),
  maxDocumentBytes: 500,
  maxEvents: 2,
});

const document = { id: 'c-1', phone: '617-399-0000', application: 'a', started_at: '2018-02-07T15:00:00Z' };
const utf8 = (text: string) => Buffer.from(text);
const rejected = (text: string, reason: { callId?: string; path?: string; error: string }) => ({
  kind: 'reject',
  reject: { document: utf8(text), callId: null, path: '', ...reason },
  isJson: true,
});

describe('a document', () => {
  it('becomes a call that keeps the text as it was sent, with what it contributes', () => {
    const text = JSON.stringify({ ...document, revision: 3, mood: 'good' }, null, 2);
    expect(reader.read(text)).toEqual({
      kind: 'call',
      call: {
        callId: 'c-1',
        revision: 3,
        phone: '6173990000',
        startedAtMs: Date.UTC(2018, 1, 7, 15),
        document: text,
        applied: printApplied(reader.contributionsOf(text, '6173990000')),
      },
    });
  });

  it('that is wrong becomes a reject with its id, the field and the reason', () => {
    const text = JSON.stringify({ ...document, phone: 7 });
    expect(reader.read(text)).toEqual(
      rejected(text, { callId: 'c-1', path: '/phone', error: 'must be a string, got 7' }),
    );
  });

  it('that is no UTF-8 becomes a reject of the same bytes', () => {
    const bytes = new Uint8Array([0xc3, 0x28]);
    expect(reader.read(bytes)).toEqual({
      kind: 'reject',
      reject: { document: bytes, callId: null, path: '', error: 'must be UTF-8 text' },
      isJson: true,
    });
  });

  it('that is no JSON becomes a reject that says so', () => {
    const found = reader.read('{"id":');
    expect(found).toMatchObject({ kind: 'reject', isJson: false, reject: { callId: null, path: '' } });
    expect(found.kind === 'reject' && found.reject.error).toMatch(/^must be JSON: /);
  });

  it('of too many bytes becomes a reject; bytes are counted, not characters', () => {
    const textOf = (mood: string) => JSON.stringify({ ...document, mood });
    const left = 500 - textOf('').length;
    expect(reader.read(textOf('x'.repeat(left))).kind).toBe('call');
    const tooLong = textOf('x'.repeat(left + 1));
    expect(reader.read(tooLong)).toEqual(rejected(tooLong, { error: 'must be at most 500 bytes, got 501' }));
    const wide = textOf('é'.repeat(left / 2 + 1));
    expect(reader.read(wide)).toMatchObject({ kind: 'reject', reject: { path: '' } });
  });

  it.each([
    { name: 'NUL', character: '\0' },
    { name: 'half a character', character: '\ud83d' },
  ])(
    'with $name in a name of a field, or around broken JSON, becomes a reject that every store can hold',
    ({ character }) => {
      const texts = [JSON.stringify({ ...document, labels: { [character]: 5 } }), `{"id": ${character}`];
      for (const text of texts) {
        const found = reader.read(text);
        const { path, error } = found.kind === 'reject' ? found.reject : { path: '\0', error: '\0' };
        expect([path, error].filter((part) => part.includes('\0') || !part.isWellFormed())).toEqual([]);
      }
    },
  );

  it.each([
    { id: 'a\0b', want: 'a\ufffdb' },
    { id: 'a\ud800', want: 'a\ufffd' },
    { id: 'x'.repeat(200), want: 'x'.repeat(128) },
    { id: 7, want: null },
  ])('with the id $id becomes a reject that is found as $want', ({ id, want }) => {
    expect(reader.read(JSON.stringify({ ...document, id }))).toMatchObject({ reject: { callId: want } });
  });
});

describe('a stored document', () => {
  it('contributes by the definitions of now, whatever was allowed when it came in', () => {
    const event = { type: 'log', at: 0, input: '1234' };
    const text = JSON.stringify({ ...document, events: [event, event, event] });
    expect(reader.read(text).kind).toBe('reject');
    expect(reader.contributionsOf(text, '6173990000')[0]).toMatchObject({
      rollup: 'number_days',
      key: ['6173990000', 17_569],
    });
  });

  it('contributes to the number that it was stored under, however its number is spelled by now', () => {
    const rows = reader.contributionsOf(JSON.stringify(document), '+16173990000');
    expect(new Set(rows.map(({ key }) => key[0]))).toEqual(new Set(['+16173990000']));
  });
});

describe('calendars', () => {
  it('are made once a zone', () => {
    const calendars = new Calendars();
    expect(calendars.of('Asia/Kathmandu')).toBe(calendars.of('Asia/Kathmandu'));
    expect(calendars.of('UTC').timeZone).toBe('UTC');
  });

  it('of a zone that is not known are a fault of the store', () => {
    expect(() => new Calendars().of('Mars/Olympus')).toThrow('the time zone Mars/Olympus');
  });
});
