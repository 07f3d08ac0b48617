import { describe, expect, it } from 'vitest';
import { printJson } from './json-print.ts';

describe('printJson', () => {
  it.each([
    {},
    [],
    null,
    'a "quoted", {braced} \\ text: é\n',
    { id: 'c-1', events: [{ at: 0, a: {} }, [], [1, -2.5e10]], labels: { 'a:b': 'c,d' }, x: true },
  ])('prints as JSON.stringify does: %j', (value) => {
    expect(printJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    expect(printJson(JSON.stringify(value, null, 7))).toBe(JSON.stringify(value, null, 2));
  });

  it('keeps numbers and texts as they were written', () => {
    expect(printJson('{"a":12345678901234567890.10,"b":"\\u00e9"}')).toBe(
      '{\n  "a": 12345678901234567890.10,\n  "b": "\\u00e9"\n}',
    );
  });
});
