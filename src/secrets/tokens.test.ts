import { describe, expect, it } from 'vitest';
import { isSecret, keyHint, newHex32, newIngestKey, newPassword, sha256Of } from './tokens.ts';

describe('new secrets', () => {
  it.each([
    { name: 'passwords have 120 bits', make: newPassword, shape: /^[A-Za-z0-9_-]{20}$/ },
    { name: 'ingest keys have 256 bits, and say what they are', make: newIngestKey, shape: /^vgk_[A-Za-z0-9_-]{43}$/ },
    { name: 'temporary credentials are 32 lower-case hex digits', make: newHex32, shape: /^[0-9a-f]{32}$/ },
  ])('$name, and no two are the same', ({ make, shape }) => {
    const made = Array.from({ length: 100 }, make);
    expect(made.filter((secret) => !shape.test(secret))).toEqual([]);
    expect(new Set(made).size).toBe(made.length);
  });

  it('a key is shown by its first 8 characters', () => {
    expect(keyHint('vgk_abcdefghijk')).toBe('vgk_abcd');
  });
});

describe('SHA-256', () => {
  // FIPS 180-4, example of one block.
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

  it('is printed as hex', () => {
    expect(sha256Of('abc')).toBe(abc);
  });

  it.each([
    { secret: 'abc', want: true },
    { secret: 'abd', want: false },
    { secret: '', want: false },
    { secret: abc, want: false },
  ])('of "$secret" is the kept one: $want', ({ secret, want }) => {
    expect(isSecret(secret, abc)).toBe(want);
  });
});
