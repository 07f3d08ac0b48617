import { describe, expect, it } from 'vitest';
import { context, document, readWith } from '../../tests/data/documents.ts';
import { parseCall } from './call-parser.ts';

const problem = (path: string, error: string) => ({ ok: false, error: { path, error } });

const tooLong = (character: string) => `"${character.repeat(79)}…`;
const endReasons = 'caller_hangup, application_hangup, transfer, error, timeout, unknown';
const instantExample = 'an RFC 3339 instant such as 2018-02-07T10:00:00-05:00';

describe('a document that is wrong is refused with the field, what it must be and what it is', () => {
  it.each([
    { given: null, error: 'must be an object, got null' },
    { given: [], error: 'must be an object, got an array of 0' },
    { given: 'call', error: 'must be an object, got "call"' },
    { given: 7, error: 'must be an object, got 7' },
  ])('$given', ({ given, error }) => {
    expect(parseCall(given, context)).toEqual(problem('', error));
  });

  it.each(['id', 'phone', 'application', 'started_at'])('without %s', (field) => {
    const { [field]: _, ...rest }: Record<string, string> = document;
    expect(parseCall(rest, context)).toEqual(problem(`/${field}`, 'is missing; it must be given'));
  });

  it.each([
    ['id', null, 'a string, got null'],
    ['id', 7, 'a string, got 7'],
    ['id', '', 'not empty, got ""'],
    ['id', 'x'.repeat(129), `at most 128 characters long, got ${tooLong('x')}`],
    ['phone', 6173990000, 'a string, got 6173990000'],
    ['phone', '', 'not empty, got ""'],
    ['phone', '1'.repeat(129), `at most 128 characters long, got ${tooLong('1')}`],
    ['caller', 100, 'a string or null, got 100'],
    ['caller', 'x'.repeat(257), `at most 256 characters long or null, got ${tooLong('x')}`],
    ['direction', 'up', 'one of inbound, outbound, got "up"'],
    ['application', '', 'not empty, got ""'],
    ['application', 'x'.repeat(2049), `at most 2048 characters long, got ${tooLong('x')}`],
    ['started_at', 1_518_015_600, 'a string, got 1518015600'],
    ['started_at', '2018-02-07', `${instantExample}, got "2018-02-07"`],
    ['started_at', '2018-02-30T10:00:00Z', `${instantExample}, got "2018-02-30T10:00:00Z"`],
    ['started_at', '2018-02-07T10:00:00', `${instantExample}, got "2018-02-07T10:00:00"`],
    ['ended_at', 5, 'a string or null, got 5'],
    ['ended_at', 'later', `${instantExample}, got "later"`],
    [
      'ended_at',
      '2018-02-07T14:59:59.999Z',
      'within 366 days after started_at (2018-02-07T10:00:00-05:00), got "2018-02-07T14:59:59.999Z"',
    ],
    [
      'ended_at',
      '2019-02-08T15:00:00.001Z',
      'within 366 days after started_at (2018-02-07T10:00:00-05:00), got "2019-02-08T15:00:00.001Z"',
    ],
    ['end_reason', 'bored', `one of ${endReasons} or null, got "bored"`],
    ['revision', -1, '>= 0, got -1'],
    ['revision', 1.5, 'a whole number, got 1.5'],
    ['revision', '1', 'a whole number, got "1"'],
    ['revision', 2 ** 53, '<= 9007199254740991, got 9007199254740992'],
    ['events', {}, 'an array, got an object'],
    ['labels', ['a'], 'an object, got an array of 1'],
  ])('%s: %o', (field, value, error) => {
    expect(readWith({ [field]: value })).toEqual(problem(`/${field}`, `must be ${error}`));
  });

  it.each([
    {
      name: 'a phone without digits',
      fields: { phone: 'home' },
      path: '/phone',
      error: 'must have digits, got "home"',
    },
    {
      name: 'NUL in an id',
      fields: { id: 'a\0b' },
      path: '/id',
      error: 'must not contain NUL, got "a\\u0000b"',
    },
    {
      name: 'half a character in an application',
      fields: { application: 'a\ud83d' },
      path: '/application',
      error: 'must be Unicode text, got a lone surrogate in "a\\ud83d"',
    },
    {
      name: 'a label that is no string',
      fields: { labels: { 'a/b~c': 5 } },
      path: '/labels/a~1b~0c',
      error: 'must be a string, got 5',
    },
    {
      name: 'a label that is long',
      fields: { labels: { a: 'x'.repeat(257) } },
      path: '/labels/a',
      error: `must be at most 256 characters long, got ${tooLong('x')}`,
    },
    ...['page_load', 'transfer'].map((type) => ({
      name: `${type} events that last longer together than any call`,
      fields: { events: Array(2).fill({ type, at: 0, url: 'main.php', duration_ms: 20_000_000_000 }) },
      path: '/events',
      error: `must have ${type} events of at most 31622400000 ms together, got 40000000000`,
    })),
    {
      name: 'more events than are taken',
      fields: { events: Array(4).fill({ type: 'log', at: 0 }) },
      path: '/events',
      error: 'must have at most 3 events, got 4',
    },
  ])('$name', ({ fields, path, error }) => {
    expect(readWith(fields)).toEqual(problem(path, error));
  });
});

describe('an event that is wrong refuses the document with its place', () => {
  const load = { type: 'page_load', url: 'main.php', duration_ms: 45 };
  const visit = { type: 'form_item', page: 'main.php', form: 'menu', item: 'choice' };

  it('as the specification shows it', () => {
    const events = [...Array(3).fill({ type: 'log', at: 0 }), { ...load, at: 0, duration_ms: -4 }];
    expect(readWith({ events }, { maxEvents: 10 })).toEqual(problem('/events/3/duration_ms', 'must be >= 0, got -4'));
  });

  it.each([
    { given: 1, path: '', error: 'must be an object, got 1' },
    { given: {}, path: '/type', error: 'is missing; it must be given' },
    { given: { type: 'log' }, path: '/at', error: 'is missing; it must be given' },
    { given: { type: '', at: 0 }, path: '/type', error: 'must be not empty, got ""' },
    { given: { type: 'log', at: null }, path: '/at', error: 'must be a number or a string, got null' },
    {
      given: { type: 'of_next_year', at: 'noon' },
      path: '/at',
      error: `must be ${instantExample} or milliseconds since started_at, got "noon"`,
    },
  ])('$given', ({ given, path, error }) => {
    expect(readWith({ events: [{ type: 'log', at: 0 }, given] })).toEqual(problem(`/events/1${path}`, error));
  });

  it.each([
    { given: { ...load, url: undefined }, path: '/url', error: 'a string, got undefined' },
    { given: { ...load, url: '' }, path: '/url', error: 'not empty, got ""' },
    { given: { ...load, duration_ms: '45' }, path: '/duration_ms', error: 'a number, got "45"' },
    { given: { ...load, duration_ms: 31_622_400_001 }, path: '/duration_ms', error: '<= 31622400000, got 31622400001' },
    { given: { ...load, cached: 'yes' }, path: '/cached', error: 'true or false, got "yes"' },
    { given: { type: 'fetch_error', url: '' }, path: '/url', error: 'not empty, got ""' },
    { given: { type: 'fetch_error', url: 'a', event: 5 }, path: '/event', error: 'a string, got 5' },
    {
      given: { type: 'fetch_error', url: 'a', status: '404' },
      path: '/status',
      error: 'a whole number or null, got "404"',
    },
    {
      given: { type: 'fetch_error', url: 'a', message: {} },
      path: '/message',
      error: 'a string or null, got an object',
    },
    { given: { type: 'js_error', url: '' }, path: '/url', error: 'not empty, got ""' },
    { given: { type: 'js_error', line: 1.5 }, path: '/line', error: 'a whole number or null, got 1.5' },
    { given: { type: 'js_error', message: 5 }, path: '/message', error: 'a string or null, got 5' },
    { given: { ...visit, page: '' }, path: '/page', error: 'not empty, got ""' },
    { given: { ...visit, form: 5 }, path: '/form', error: 'a string, got 5' },
    {
      given: { ...visit, item: 'x'.repeat(257) },
      path: '/item',
      error: `at most 256 characters long, got ${tooLong('x')}`,
    },
    {
      given: { ...visit, outcome: 'hangup' },
      path: '/outcome',
      error: 'one of filled, nomatch, noinput, transfer, disconnect, got "hangup"',
    },
    { given: { ...visit, input_mode: 'touch' }, path: '/input_mode', error: 'one of voice, dtmf, got "touch"' },
    { given: { ...visit, confidence: 1.01 }, path: '/confidence', error: '<= 1, got 1.01' },
    { given: { ...visit, confidence: -0.1 }, path: '/confidence', error: '>= 0, got -0.1' },
    { given: { ...visit, duration_ms: -1 }, path: '/duration_ms', error: '>= 0, got -1' },
    { given: { type: 'transfer', to: 100 }, path: '/to', error: 'a string, got 100' },
    { given: { type: 'transfer', duration_ms: null }, path: '/duration_ms', error: 'a number, got null' },
    {
      given: { type: 'transfer', result: 'lost' },
      path: '/result',
      error: 'one of completed, busy, noanswer, failed, got "lost"',
    },
    { given: { type: 'log', label: 5 }, path: '/label', error: 'a string or null, got 5' },
    { given: { type: 'log', message: [1, 2] }, path: '/message', error: 'a string or null, got an array of 2' },
  ])('$given.type $path must be $error', ({ given, path, error }) => {
    expect(readWith({ events: [{ at: 0, ...given }] })).toEqual(problem(`/events/0${path}`, `must be ${error}`));
  });

  it.each([
    { type: 'page_load', field: 'url' },
    { type: 'fetch_error', field: 'url' },
    { type: 'form_item', field: 'page' },
  ])('$type without $field', ({ type, field }) => {
    const error = 'is missing; it must be given';
    expect(readWith({ events: [{ type, at: 0 }] })).toEqual(problem(`/events/0/${field}`, error));
  });

  it.each(['form', 'item'])('NUL and half characters in %s', (field) => {
    const problemOf = (value: string) => readWith({ events: [{ at: 0, ...visit, [field]: value }] });
    expect(problemOf('\0')).toEqual(problem(`/events/0/${field}`, 'must not contain NUL, got "\\u0000"'));
    expect(problemOf('\udc00')).toEqual(
      problem(`/events/0/${field}`, 'must be Unicode text, got a lone surrogate in "\\udc00"'),
    );
  });

  it.each(['form_item', 'log', 'note', 'of_next_year'])('input in a %s', (type) => {
    expect(readWith({ events: [{ at: 0, ...visit, type, input: '1234' }] })).toEqual(
      problem(
        '/events/0/input',
        'must not be sent: what a caller said or keyed in is kept only for accounts that allow it',
      ),
    );
  });
});
