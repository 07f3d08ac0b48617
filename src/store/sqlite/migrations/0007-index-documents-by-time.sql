-- Reason: documents of an account in the order in which they were stored, so that "voxgauge copy" finds what is new.
-- Rewrites: nothing; reads documents once to build the index. Undo: restore the backup taken before the upgrade.

CREATE INDEX "documents#account_id#stored_at_ms" ON documents (account_id, stored_at_ms);
