-- Reason: accounts, their users, telephone numbers, shares and ingest keys.
-- Rewrites: nothing. Undo: restore the backup taken before the upgrade.

CREATE TABLE accounts (
  account_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  time_zone TEXT NOT NULL,
  country TEXT NOT NULL,
  allows_input INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
  user_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (account_id),
  tool TEXT NOT NULL,
  login TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  is_disabled INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL,
  UNIQUE (tool, login)
) STRICT;

CREATE TABLE numbers (
  account_id INTEGER NOT NULL REFERENCES accounts (account_id),
  phone TEXT NOT NULL,
  owner_id INTEGER NOT NULL REFERENCES users (user_id),
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone)
) STRICT, WITHOUT ROWID;

CREATE INDEX "numbers#account_id#owner_id" ON numbers (account_id, owner_id);

CREATE TABLE shares (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (user_id),
  PRIMARY KEY (account_id, phone, user_id),
  FOREIGN KEY (account_id, phone) REFERENCES numbers (account_id, phone)
) STRICT, WITHOUT ROWID;

-- Only the SHA-256 of a key is kept; hint is its beginning, to tell keys apart in a list.
CREATE TABLE ingest_keys (
  key_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (account_id),
  user_id INTEGER NOT NULL REFERENCES users (user_id),
  key_sha256 TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  is_strict INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  revoked_at_ms INTEGER
) STRICT;
