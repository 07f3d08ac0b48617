import { describe, expect, it } from 'vitest';
import { lineOf, spanOf } from './json-pointer.ts';

const json = '{"id": "a", "a/b": {"c~d": [1, 2]}, "events": [{"at": 0}, {"at": -4, "url": "}{,"}], "id": "b"}';

describe('where a JSON pointer points', () => {
  it.each([
    { pointer: '/id', text: '"b"' },
    { pointer: '/events/1/at', text: '-4' },
    { pointer: '/events/1', text: '{"at": -4, "url": "}{,"}' },
    { pointer: '/a~1b/c~0d/1', text: '2' },
    { pointer: '/events/1/url', text: '"}{,"' },
    { pointer: '/events/0/missing', text: '{' },
    { pointer: '/id/deeper', text: '"b"' },
    { pointer: '/events/7', text: '[' },
    { pointer: '', text: '{' },
  ])('$pointer is $text', ({ pointer, text }) => {
    const span = spanOf(json, pointer);
    expect(json.slice(span?.start, span?.end)).toBe(text);
  });

  it('is nowhere in what is not JSON', () => {
    expect(spanOf('{"id": ', '/id')).toBeNull();
  });
});

it('counts lines from one', () => {
  expect(['a\nb\nc'.indexOf('a'), 'a\nb\nc'.indexOf('c')].map((place) => lineOf('a\nb\nc', place))).toEqual([1, 3]);
});
