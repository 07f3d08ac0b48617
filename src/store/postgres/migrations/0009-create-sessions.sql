-- Reason: the dashboard: sessions of those who have signed in, administrators, on which weekday the weeks of an account start, what keys are
-- for and when they were last used, and an index from which the calls of numbers are listed, the latest first.
-- Rewrites: nothing; reads documents once to build the index. Undo: restore the backup taken before the upgrade.

-- Only the SHA-256 of a session's secret is kept.
CREATE TABLE sessions (
  session_sha256 text COLLATE "C" PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users (user_id),
  created_at_ms bigint NOT NULL,
  last_used_at_ms bigint NOT NULL
);

CREATE INDEX "sessions#last_used_at_ms" ON sessions (last_used_at_ms);
CREATE INDEX "sessions#user_id" ON sessions (user_id);

ALTER TABLE users ADD COLUMN is_admin boolean NOT NULL DEFAULT false;

-- The first user of each account that can log in; of an account of which nobody can, the first.
UPDATE users SET is_admin = true WHERE user_id = (
  SELECT o.user_id FROM users o WHERE o.account_id = users.account_id ORDER BY o.is_disabled, o.user_id LIMIT 1);

-- 1 is Monday, 7 Sunday.
ALTER TABLE accounts ADD COLUMN week_start bigint NOT NULL DEFAULT 1;

ALTER TABLE ingest_keys ADD COLUMN label text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE ingest_keys ADD COLUMN last_used_at_ms bigint;

CREATE INDEX "shares#account_id#user_id" ON shares (account_id, user_id);

-- It has all that tells the order, so that no document is read before it is known to be on the page. The number comes before the time: a
-- number with few calls is as quick as one with many.
CREATE INDEX "document_bodies#account_id#phone#started_at_ms#call_id"
  ON document_bodies (account_id, phone, started_at_ms, call_id);
