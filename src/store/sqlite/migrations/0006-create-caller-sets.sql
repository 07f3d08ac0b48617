-- Reason: the callers of a number on a day packed into few rows, so that distinct callers of many days can be counted exactly and fast.
-- Filled from caller_days by code: 0006-fill-caller-sets.ts.
-- Rewrites: nothing; reads caller_days once, about a second a million rows. Undo: restore the backup taken before the upgrade.

-- callers holds 8 bytes a caller, in the order in which they came; a full row begins another chunk.
CREATE TABLE caller_sets (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  callers BLOB NOT NULL,
  PRIMARY KEY (account_id, phone, day, chunk)
) STRICT;

-- Callers that are too long to be packed as a number stand in the sets as minus their id. They are never removed: there are few.
CREATE TABLE odd_callers (
  odd_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  caller TEXT NOT NULL,
  UNIQUE (account_id, caller)
) STRICT;
