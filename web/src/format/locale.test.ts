import { describe, expect, it } from 'vitest';
import { usable } from './locale.ts';

describe('the language of the reader', () => {
  it.each([
    { language: 'de-DE', is: 'de-DE' },
    { language: 'en-US@posix', is: 'en' },
    { language: '', is: 'en' },
  ])('of "$language" is $is', ({ language, is }) => {
    expect(usable(language)).toBe(is);
  });
});
