-- Reason: temporary credentials of the wire API, and how much of each quota was used in a window.
-- Rewrites: nothing. Undo: restore the backup taken before the upgrade.

-- Only the SHA-256 of a temporary password is kept.
CREATE TABLE credentials (
  login TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (user_id),
  password_sha256 TEXT NOT NULL,
  last_used_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX "credentials#last_used_at_ms" ON credentials (last_used_at_ms);
CREATE INDEX "credentials#user_id" ON credentials (user_id);

CREATE TABLE quotas (
  quota TEXT NOT NULL,
  subject TEXT NOT NULL,
  window_start INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (quota, subject, window_start)
) STRICT, WITHOUT ROWID;
