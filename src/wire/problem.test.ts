import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../tests/data/property-runs.ts';
import { preview } from './problem.ts';

describe('the preview of a value', () => {
  it.each([
    { value: 'a', want: '"a"' },
    { value: 'a"b\nc', want: '"a\\"b\\nc"' },
    { value: -4, want: '-4' },
    { value: 1e300, want: '1e+300' },
    { value: true, want: 'true' },
    { value: null, want: 'null' },
    { value: undefined, want: 'undefined' },
    { value: [1, 2], want: 'an array of 2' },
    { value: { a: 1 }, want: 'an object' },
    { value: 'x'.repeat(78), want: `"${'x'.repeat(78)}"` },
    { value: 'x'.repeat(79), want: `"${'x'.repeat(79)}…` },
  ])('$value is $want', ({ value, want }) => {
    expect(preview(value)).toBe(want);
  });

  it('is one short line of text, whatever the value', () => {
    const texts = fc.string({ unit: 'binary', maxLength: 100 });
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), texts), (value) => {
        const text = preview(value);
        expect(text.length).toBeLessThanOrEqual(81);
        expect(text.isWellFormed() && text.split('').every((unit) => unit >= ' ')).toBe(true);
      }),
      propertyRuns(500),
    );
  });

  it('cuts no character in half', () => {
    expect(preview('📞'.repeat(50)).isWellFormed()).toBe(true);
  });
});
