-- Reason: long-lived read-only tokens of the reports API.
-- Rewrites: nothing. Undo: restore the backup taken before the upgrade.

-- Only the SHA-256 of a token is kept; hint is its beginning, to tell tokens apart in a list.
CREATE TABLE api_tokens (
  token_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (account_id),
  user_id INTEGER NOT NULL REFERENCES users (user_id),
  token_sha256 TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  last_used_at_ms INTEGER,
  revoked_at_ms INTEGER
) STRICT;
