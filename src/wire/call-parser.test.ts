import { describe, expect, it } from 'vitest';
import { context, document, readWith } from '../../tests/data/documents.ts';
import { parseCall } from './call-parser.ts';

const call = {
  id: 'c-1',
  revision: 0,
  phone: 'US 6173990000',
  caller: null,
  callerRegion: null,
  application: 'https://ivr.example/start.php',
  startedAtMs: Date.UTC(2018, 1, 7, 15),
  end: null,
  events: [],
};

const read = (fields: object) => ({ ok: true, value: { ...call, ...fields } });

describe('a document', () => {
  it('needs no more than an id, a phone, an application and a start', () => {
    expect(parseCall(document, context)).toEqual(read({}));
  });

  it.each([
    { name: 'a revision', given: { revision: 7 }, want: { revision: 7 } },
    {
      name: 'a caller, with the region of its prefix',
      given: { caller: '617-555-0101' },
      want: { caller: 'US 6175550101', callerRegion: 'US-MA' },
    },
    { name: 'a caller that is an extension', given: { caller: '100' }, want: { caller: 'US 100' } },
    {
      name: 'an end',
      given: { ended_at: '2018-02-07T15:01:01.5Z', end_reason: 'transfer' },
      want: { end: { reason: 'transfer', durationMs: 61_500 } },
    },
    {
      name: 'an end in the same millisecond, of unknown reason',
      given: { ended_at: document.started_at },
      want: { end: { reason: 'unknown', durationMs: 0 } },
    },
    {
      name: 'an end reason that is null',
      given: { ended_at: document.started_at, end_reason: null },
      want: { end: { reason: 'unknown', durationMs: 0 } },
    },
    {
      name: 'an end after exactly 366 days',
      given: { ended_at: '2019-02-08T10:00:00-05:00' },
      want: { end: { reason: 'unknown', durationMs: 366 * 86_400_000 } },
    },
    { name: 'no end while the call is up', given: { ended_at: null, end_reason: 'transfer' }, want: {} },
    { name: 'a direction', given: { direction: 'outbound' }, want: {} },
    { name: 'labels', given: { labels: { version: '7', '': 'x'.repeat(256) } }, want: {} },
    { name: 'fields that nobody knows', given: { mood: { good: true } }, want: {} },
    { name: 'an id of 128 characters', given: { id: '📞'.repeat(128) }, want: { id: '📞'.repeat(128) } },
  ])('may have $name', ({ given, want }) => {
    expect(readWith(given)).toEqual(read(want));
  });

  it.each(['anonymous', 'Anonymous', ' restricted ', 'unavailable', 'private', 'PRIVATE', '', '  '])(
    'with the caller "%s" is of a withheld one, whatever a numbering plan makes of letters',
    (caller) => {
      const readPhone = () => ({ number: 'US 6173990000', region: 'US-MA' });
      expect(readWith({ caller }, { readPhone })).toEqual(read({}));
    },
  );

  it('with a caller without digits is of a withheld one, too', () => {
    expect(readWith({ caller: 'unknown' })).toEqual(read({}));
  });

  it('reads national numbers in the country of the account', () => {
    expect(readWith({ caller: '100' }, { country: 'GB' })).toEqual(read({ phone: 'GB 6173990000', caller: 'GB 100' }));
  });
});

describe('an event', () => {
  const visit = { type: 'form_item', at: 0, page: 'https://ivr.example/main.php?s=1', form: 'menu', item: 'choice' };
  const visited = { page: 'main.php', form: 'menu', item: 'choice' };

  it.each([
    {
      name: 'page_load is a page load, its time rounded to milliseconds',
      given: { type: 'page_load', url: '/a/main.php', duration_ms: 44.5 },
      want: { kind: 'pageLoad', page: 'main.php', durationMs: 45, isCached: false },
    },
    {
      name: 'page_load from a cache is told from others',
      given: { type: 'page_load', url: '/a/main.php', duration_ms: 0, cached: true },
      want: { kind: 'pageLoad', page: 'main.php', durationMs: 0, isCached: true },
    },
    {
      name: 'fetch_error is one of a page',
      given: { type: 'fetch_error', url: '/a.wav', event: 'error.badfetch.http.404', status: 404, message: 'gone' },
      want: { kind: 'fetchError', page: 'a.wav' },
    },
    {
      name: 'fetch_error may lack what is not known',
      given: { type: 'fetch_error', url: '/a.wav', status: null, message: null },
      want: { kind: 'fetchError', page: 'a.wav' },
    },
    { name: 'js_error may have no page', given: { type: 'js_error' }, want: { kind: 'jsError', page: null } },
    {
      name: 'js_error is one of its page',
      given: { type: 'js_error', url: '/a/main.php', line: 7, message: 'x is not defined' },
      want: { kind: 'jsError', page: 'main.php' },
    },
    {
      name: 'form_item is a visit',
      given: { ...visit, outcome: 'filled', input_mode: 'dtmf', confidence: 0.5, duration_ms: 900 },
      want: { kind: 'visit', visit: { ...visited, outcome: 'filled' } },
    },
    {
      name: 'form_item without an outcome is a visit that lasts',
      given: visit,
      want: { kind: 'visit', visit: { ...visited, outcome: null } },
    },
    {
      name: 'transfer is completed unless it says otherwise',
      given: { type: 'transfer', to: '100', duration_ms: 1499.6 },
      want: { kind: 'transfer', durationMs: 1500 },
    },
    {
      name: 'transfer that is completed may have no duration',
      given: { type: 'transfer', result: 'completed' },
      want: { kind: 'transfer', durationMs: 0 },
    },
    { name: 'log is a log', given: { type: 'log', label: null, message: 'x' }, want: { kind: 'log' } },
  ])('$name', ({ given, want }) => {
    expect(readWith({ events: [{ at: 0, ...given }] })).toEqual(read({ events: [want] }));
  });

  it.each([
    { type: 'transfer', result: 'busy' },
    { type: 'transfer', result: 'noanswer' },
    { type: 'transfer', result: 'failed', duration_ms: 9000 },
    { type: 'note', whatever: [1] },
    { type: 'of_next_year', duration_ms: 'long' },
  ])('is kept and not counted: %o', (given) => {
    expect(readWith({ events: [{ at: 0, ...given }] })).toEqual(read({}));
  });

  it.each([-5, 0, 12.5, '2018-02-07T15:00:01Z'])('may be at %s', (at) => {
    expect(readWith({ events: [{ type: 'log', at }] })).toEqual(read({ events: [{ kind: 'log' }] }));
  });

  it('names a page by what every store can hold', () => {
    const events = [{ ...visit, at: 0, page: '/a\0b\ud83d?s=1' }];
    expect(readWith({ events })).toEqual(
      read({ events: [{ kind: 'visit', visit: { ...visited, page: 'a\ufffdb\ufffd', outcome: null } }] }),
    );
  });

  it('keeps its place among the others', () => {
    const events = [
      { type: 'log', at: 9 },
      { type: 'note', at: 5 },
      { ...visit, at: 1 },
    ];
    expect(readWith({ events })).toEqual(
      read({ events: [{ kind: 'log' }, { kind: 'visit', visit: { ...visited, outcome: null } }] }),
    );
  });

  it('may have input where the account allows it', () => {
    const events = [{ ...visit, outcome: 'filled', input: '1234' }];
    expect(readWith({ events }, { allowsInput: true }).ok).toBe(true);
  });
});
