import { describe, expect, it } from 'vitest';
import { hashPassword, isPassword } from './passwords.ts';

describe('the hash of a password', () => {
  it('is argon2id with a salt of its own, in PHC string format', async () => {
    const hashes = await Promise.all([hashPassword('sesame'), hashPassword('sesame')]);
    for (const hash of hashes) {
      expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    }
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it.each(['sesame', '', ' sesame ', 'pässwörd 📞', 'x'.repeat(5000)])(
    'is that of "%s" and of no other',
    async (password) => {
      const hash = await hashPassword(password);
      expect([await isPassword(password, hash), await isPassword(`${password}x`, hash)]).toEqual([true, false]);
    },
  );

  // From the tests of the reference implementation, https://github.com/P-H-C/phc-winner-argon2/blob/master/src/test.c
  it('may come from another implementation, with other parameters', async () => {
    const hash = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect([await isPassword('password', hash), await isPassword('passwore', hash)]).toEqual([true, false]);
  });

  it('of a user who does not exist is that of no password', async () => {
    expect(await isPassword('', null)).toBe(false);
    expect(await isPassword('sesame', null)).toBe(false);
  });

  it.each([
    '',
    'sesame',
    '$2b$10$abcdefghijklmnopqrstuv',
    '$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur',
  ])('that is none of ours ("%s") is a fault of the store', async (hash) => {
    await expect(isPassword('sesame', hash)).rejects.toThrow('no argon2id hash');
  });
});
