import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { elementTexts } from './json-text.ts';

describe('the elements of an array', () => {
  it.each([
    { text: '[]', want: [] },
    { text: ' [ \n ] ', want: [] },
    { text: '[1]', want: ['1'] },
    { text: '[ {"a":1} ,\t{"a":[1,2]} ]', want: ['{"a":1}', '{"a":[1,2]}'] },
    { text: '["a,b","c]d","e\\"],f","\\\\"]', want: ['"a,b"', '"c]d"', '"e\\"],f"', '"\\\\"'] },
    { text: '[[],[[]],{"[":"]"}]', want: ['[]', '[[]]', '{"[":"]"}'] },
    { text: '[{"n": 1.0e2, "o":  "é"}]', want: ['{"n": 1.0e2, "o":  "é"}'] },
  ])('$text are cut out as they were sent', ({ text, want }) => {
    expect(elementTexts(text)).toEqual({ ok: true, value: want });
  });

  it.each([
    { text: '[', error: 'the array does not end' },
    { text: '[1,2', error: 'the array does not end' },
    { text: '["a]', error: 'the array does not end' },
    { text: '["a\\"]', error: 'the array does not end' },
    { text: '[1}', error: 'something stands behind the array, at character 3' },
    { text: '[1] 2', error: 'something stands behind the array, at character 3' },
    { text: '[1][2]', error: 'something stands behind the array, at character 3' },
  ])('of $text cannot be told', ({ text, error }) => {
    expect(elementTexts(text)).toEqual({ ok: false, error });
  });

  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      // The only way in which JSON.parse tells.
      return false;
    }
  };

  it('are the values of the array, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2, '\t'), (values, indent) => {
        const found = elementTexts(JSON.stringify(values, null, indent));
        expect(found.ok && JSON.stringify(found.value.map((text): unknown => JSON.parse(text)))).toBe(
          JSON.stringify(values),
        );
      }),
      propertyRuns(300),
    );
  });

  it('are all JSON exactly when the array is', () => {
    const tokens = ['[', ']', '{', '}', ',', ':', '1', 'true', '"', '"a"', '\\', ' ', '\n', '\u00a0', '\ufeff', '\v'];
    const texts = fc.array(fc.constantFrom(...tokens), { maxLength: 7 }).map((parts) => `[${parts.join('')}`);
    fc.assert(
      fc.property(
        fc.oneof(
          texts,
          texts.map((text) => `${text}]`),
        ),
        (text) => {
          const found = elementTexts(text);
          expect({ text, isJson: found.ok && found.value.every(isJson) }).toEqual({ text, isJson: isJson(text) });
        },
      ),
      propertyRuns(20_000),
    );
  });
});
