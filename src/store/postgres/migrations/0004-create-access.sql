-- Reason: temporary credentials of the wire API, and how much of each quota was used in a window.
-- Rewrites: nothing. Undo: restore the backup taken before the upgrade.

-- Only the SHA-256 of a temporary password is kept.
CREATE TABLE credentials (
  login text COLLATE "C" PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (user_id),
  password_sha256 text COLLATE "C" NOT NULL,
  last_used_at_ms bigint NOT NULL
);

CREATE INDEX "credentials#last_used_at_ms" ON credentials (last_used_at_ms);
CREATE INDEX "credentials#user_id" ON credentials (user_id);

-- Rows of the same few subjects change with every request, and room beside them keeps that cheap.
CREATE TABLE quotas (
  quota text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  window_start bigint NOT NULL,
  used bigint NOT NULL,
  PRIMARY KEY (quota, subject, window_start)
) WITH (fillfactor = 50);
