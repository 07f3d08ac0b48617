import { describe, expect, it } from 'vitest';
import { changeOf, printChange, printDuration, printFigure, printShortly } from './numbers.ts';

describe('printFigure', () => {
  it.each([
    { value: 1234, unit: 'count', text: '1,234' },
    { value: 0.126, unit: 'ratio', text: '0.13' },
    { value: 128.26, unit: 'ratio', text: '128.3' },
    { value: 17.06, unit: 'percent', text: '17.1 %' },
    { value: 0.0456, unit: 'seconds', text: '46 ms' },
    { value: 0.9996, unit: 'seconds', text: '1.00 s' },
    { value: 2.1, unit: 'seconds', text: '2.10 s' },
    { value: 99.95, unit: 'minutes', text: '100 min' },
    { value: 100.4, unit: 'minutes', text: '100 min' },
    { value: null, unit: 'count', text: '–' },
    { value: undefined, unit: 'minutes', text: '–' },
  ] as const)('of $value ($unit) is $text', ({ value, unit, text }) => {
    expect(printFigure(value, unit)).toBe(text);
  });
});

describe('printDuration', () => {
  it.each([
    { seconds: 0, text: '0 s' },
    { seconds: 7.66, text: '7.7 s' },
    { seconds: 59.4, text: '59 s' },
    { seconds: 59.6, text: '1:00 min' },
    { seconds: 125, text: '2:05 min' },
    { seconds: 3599.7, text: '1:00:00 h' },
    { seconds: 3725, text: '1:02:05 h' },
  ])('of $seconds s is $text', ({ seconds, text }) => {
    expect(printDuration(seconds)).toBe(text);
  });
});

describe('printShortly', () => {
  it.each([
    { value: 0, unit: 'seconds', text: '0' },
    { value: 1500, unit: 'count', text: '1.5K' },
    { value: 2.5, unit: 'ratio', text: '2.5' },
    { value: 1200, unit: 'minutes', text: '1.2K min' },
  ] as const)('of $value ($unit) is $text', ({ value, unit, text }) => {
    expect(printShortly(value, unit)).toBe(text);
  });
});

describe('a change', () => {
  it.each([
    { value: 120, previous: 100, unit: 'count', text: '+20 %' },
    { value: 87, previous: 89, unit: 'count', text: '-2.2 %' },
    { value: 350, previous: 100, unit: 'count', text: '+250 %' },
    { value: 1249, previous: 100, unit: 'count', text: '×12' },
    { value: 100, previous: 100, unit: 'count', text: '0 %' },
    { value: 5, previous: 0, unit: 'count', text: '–' },
    { value: null, previous: 3, unit: 'ratio', text: '–' },
    // Of counts, one must be large enough to tell something.
    { value: 9, previous: 3, unit: 'count', text: '–' },
    { value: 10, previous: 5, unit: 'count', text: '+100 %' },
    { value: 4, previous: 2, unit: 'ratio', text: '+100 %' },
  ] as const)('from $previous to $value ($unit) is $text', ({ value, previous, unit, text }) => {
    expect(printChange(changeOf(value, previous, unit))).toBe(text);
  });
});
