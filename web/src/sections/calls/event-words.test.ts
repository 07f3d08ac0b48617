import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from '../../../../src/wire/dashboard/calls.ts';
import { wordsOf } from './event-words.ts';

const event = (type: string, fields: Record<string, unknown>, page: string | null = null): TimelineEvent => ({
  at: 0,
  type,
  page,
  duration: null,
  fields,
});

describe('wordsOf', () => {
  it.each([
    {
      given: event('page_load', { url: 'https://ivr.example/main.php', cached: true }, 'main.php'),
      words: { kind: 'Page', title: 'main.php', details: ['from a cache'], isError: false },
    },
    {
      given: event(
        'form_item',
        {
          page: 'm.php',
          form: 'main',
          item: 'choice',
          outcome: 'nomatch',
          input_mode: 'voice',
          confidence: 0.314,
          input: 'refill',
        },
        'm.php',
      ),
      words: {
        kind: 'Form item',
        title: 'main / choice',
        details: ['not understood', 'spoken', 'confidence 31.4 %', '“refill”', 'on m.php'],
        isError: false,
      },
    },
    {
      given: event('form_item', { form: 'main', item: 'choice' }),
      words: { kind: 'Form item', title: 'main / choice', details: ['not ended'], isError: false },
    },
    {
      given: event('transfer', { to: '+16173990000' }),
      words: { kind: 'Transfer', title: '+1\u{a0}617\u{a0}399\u{a0}0000', details: ['completed'], isError: false },
    },
    {
      given: event('transfer', { to: '100', result: 'noanswer' }),
      words: { kind: 'Transfer', title: '100', details: ['no answer'], isError: false },
    },
    {
      given: event('fetch_error', { event: 'error.badfetch.http.503', status: 503, message: 'gone' }, 'a.php'),
      words: {
        kind: 'Fetch error',
        title: 'a.php',
        details: ['gone', 'error.badfetch.http.503', 'status 503'],
        isError: true,
      },
    },
    {
      given: event('js_error', { line: 118, message: 'TypeError: x\n  at y' }, 'a.php'),
      words: { kind: 'Script error', title: 'a.php, line 118', details: ['TypeError: x\n  at y'], isError: true },
    },
    {
      given: event('js_error', { message: null }),
      words: { kind: 'Script error', title: '', details: [], isError: true },
    },
    {
      given: event('log', { label: 'menu', message: 'played' }),
      words: { kind: 'Log', title: 'menu', details: ['played'], isError: false },
    },
    {
      given: event('custom.thing', { foo: { a: [1] }, bar: 'x' }),
      words: { kind: 'custom.thing', title: '', details: ['foo: {"a":[1]}, bar: x'], isError: false },
    },
    {
      given: event('note', { text: 'y'.repeat(200) }),
      words: { kind: 'Note', title: '', details: [`text: ${'y'.repeat(153)}…`], isError: false },
    },
  ])('says $given.type', ({ given, words }) => {
    expect(wordsOf(given)).toEqual(words);
  });
});
