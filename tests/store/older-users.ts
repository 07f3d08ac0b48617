/** Users of databases from before there were administrators, as SQL that every engine understands; and who is one afterwards. */
const olderUsers = [
  { login: 'zoe', accountId: 1, isDisabled: true, isAdmin: false },
  { login: 'bob', accountId: 1, isDisabled: false, isAdmin: true },
  { login: 'ann', accountId: 1, isDisabled: false, isAdmin: false },
  // Nobody of this one can log in.
  { login: 'carl', accountId: 2, isDisabled: true, isAdmin: true },
  { login: 'dora', accountId: 2, isDisabled: true, isAdmin: false },
  { login: 'emil', accountId: 3, isDisabled: false, isAdmin: true },
] as const;

/** `flag` spells a truth value. */
export const insertOlderUsers = (flag: (value: boolean) => string): string => `
  INSERT INTO accounts (account_id, name, time_zone, country, created_at_ms)
  VALUES (1, 'one', 'UTC', 'US', 0), (2, 'two', 'UTC', 'US', 0), (3, 'three', 'UTC', 'US', 0);
  INSERT INTO users (user_id, account_id, tool, login, password_hash, is_disabled, created_at_ms)
  VALUES ${olderUsers
    .map(
      ({ login, accountId, isDisabled }, index) =>
        `(${index + 1}, ${accountId}, 'dev', '${login}', 'hash', ${flag(isDisabled)}, 0)`,
    )
    .join(', ')};
  INSERT INTO ingest_keys (account_id, user_id, key_sha256, hint, is_strict, created_at_ms)
  VALUES (1, 1, 'sha', 'vgk_', ${flag(false)}, 7)`;

export const olderAdmins = olderUsers.filter(({ isAdmin }) => isAdmin).map(({ login }) => login);
