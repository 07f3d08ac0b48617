-- Reason: documents of months gone by can be dropped, and the store remembers for good up to which month they were.
-- Rewrites: nothing. Undo: restore the backup taken before the upgrade.

-- One row at the most. Documents of calls that started before the month (months since 1970-01, UTC) are gone or about to go, their sums are
-- final, and no document of that time is taken any more. The month only ever moves forward.
CREATE TABLE retention (
  retention_id bigint PRIMARY KEY CHECK (retention_id = 1),
  kept_from_month bigint NOT NULL
);
