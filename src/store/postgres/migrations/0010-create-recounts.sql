-- Reason: the time zone of an account can be changed. Its documents are then counted anew by the days of the new zone, some at a time, while
-- calls come in.
-- Rewrites: nothing. Undo: restore the backup taken before the upgrade.

-- zone_revision is raised with each change of time_zone. All documents are counted by the zone of now where the two are the same.
ALTER TABLE accounts ADD COLUMN zone_revision bigint NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN counted_zone_revision bigint NOT NULL DEFAULT 0;

-- How far the latest recount of an account has come, in the order in which its documents were stored. What was stored after
-- until_stored_at_ms, or is behind the place, is counted by the zone of zone_revision.
CREATE TABLE recounts (
  account_id bigint PRIMARY KEY,
  zone_revision bigint NOT NULL,
  after_stored_at_ms bigint NOT NULL,
  after_call_id text COLLATE "C" NOT NULL,
  until_stored_at_ms bigint NOT NULL,
  documents_done bigint NOT NULL,
  documents_total bigint NOT NULL
);
