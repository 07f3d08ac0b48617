-- Reason: the sums that every report reads. Columns are those of storedRollup in src/domain/rollups.ts, after the account; a test
-- compares them.
-- Rewrites: nothing. Undo: restore the backup taken before the upgrade.

-- Names of applications and pages may be longer than PostgreSQL takes into an index. Where they are in a key, key_hash stands for them: the
-- first 128 bits of the SHA-256 of the texts after phone, in their order, with a NUL between them.
-- Rows of today change with every batch. Room beside them lets a new version stay on its page, without touching an index: twice as fast.

CREATE TABLE number_days (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  day bigint NOT NULL,
  calls bigint NOT NULL,
  call_ms bigint NOT NULL,
  transfers bigint NOT NULL,
  transfer_ms bigint NOT NULL,
  transferred_calls bigint NOT NULL,
  log_events bigint NOT NULL,
  form_items bigint NOT NULL,
  loops bigint NOT NULL,
  js_errors bigint NOT NULL,
  fetch_errors bigint NOT NULL,
  page_loads bigint NOT NULL,
  page_load_ms bigint NOT NULL,
  PRIMARY KEY (account_id, phone, day)
) WITH (fillfactor = 50);

CREATE TABLE number_hours (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  hour bigint NOT NULL,
  calls bigint NOT NULL,
  call_ms bigint NOT NULL,
  transfers bigint NOT NULL,
  transfer_ms bigint NOT NULL,
  transferred_calls bigint NOT NULL,
  log_events bigint NOT NULL,
  form_items bigint NOT NULL,
  loops bigint NOT NULL,
  js_errors bigint NOT NULL,
  fetch_errors bigint NOT NULL,
  page_loads bigint NOT NULL,
  page_load_ms bigint NOT NULL,
  PRIMARY KEY (account_id, phone, hour)
) WITH (fillfactor = 50);

CREATE TABLE application_days (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  day bigint NOT NULL,
  application text COLLATE "C" NOT NULL,
  key_hash uuid NOT NULL,
  calls bigint NOT NULL,
  call_ms bigint NOT NULL,
  transfers bigint NOT NULL,
  transfer_ms bigint NOT NULL,
  transferred_calls bigint NOT NULL,
  log_events bigint NOT NULL,
  form_items bigint NOT NULL,
  loops bigint NOT NULL,
  js_errors bigint NOT NULL,
  fetch_errors bigint NOT NULL,
  page_loads bigint NOT NULL,
  page_load_ms bigint NOT NULL,
  PRIMARY KEY (account_id, phone, day, key_hash)
) WITH (fillfactor = 50);

CREATE TABLE caller_days (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  day bigint NOT NULL,
  caller text COLLATE "C" NOT NULL,
  calls bigint NOT NULL,
  PRIMARY KEY (account_id, phone, day, caller)
);

CREATE TABLE region_days (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  day bigint NOT NULL,
  region text COLLATE "C" NOT NULL,
  calls bigint NOT NULL,
  PRIMARY KEY (account_id, phone, day, region)
) WITH (fillfactor = 50);

CREATE TABLE item_days (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  day bigint NOT NULL,
  application text COLLATE "C" NOT NULL,
  page text COLLATE "C" NOT NULL,
  form text COLLATE "C" NOT NULL,
  item text COLLATE "C" NOT NULL,
  key_hash uuid NOT NULL,
  visits bigint NOT NULL,
  filled bigint NOT NULL,
  nomatch bigint NOT NULL,
  noinput bigint NOT NULL,
  transfer bigint NOT NULL,
  disconnect bigint NOT NULL,
  loops bigint NOT NULL,
  PRIMARY KEY (account_id, phone, day, key_hash)
) WITH (fillfactor = 50);

CREATE TABLE link_days (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  day bigint NOT NULL,
  application text COLLATE "C" NOT NULL,
  from_page text COLLATE "C" NOT NULL,
  from_form text COLLATE "C" NOT NULL,
  from_item text COLLATE "C" NOT NULL,
  to_page text COLLATE "C" NOT NULL,
  to_form text COLLATE "C" NOT NULL,
  to_item text COLLATE "C" NOT NULL,
  key_hash uuid NOT NULL,
  moves bigint NOT NULL,
  PRIMARY KEY (account_id, phone, day, key_hash)
) WITH (fillfactor = 50);

CREATE TABLE page_days (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  day bigint NOT NULL,
  application text COLLATE "C" NOT NULL,
  page text COLLATE "C" NOT NULL,
  key_hash uuid NOT NULL,
  page_loads bigint NOT NULL,
  page_load_ms bigint NOT NULL,
  cached_loads bigint NOT NULL,
  fetch_errors bigint NOT NULL,
  js_errors bigint NOT NULL,
  PRIMARY KEY (account_id, phone, day, key_hash)
) WITH (fillfactor = 50);

CREATE TABLE load_histogram_days (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  day bigint NOT NULL,
  block bigint NOT NULL,
  bin_0 bigint NOT NULL,
  bin_1 bigint NOT NULL,
  bin_2 bigint NOT NULL,
  bin_3 bigint NOT NULL,
  bin_4 bigint NOT NULL,
  bin_5 bigint NOT NULL,
  bin_6 bigint NOT NULL,
  bin_7 bigint NOT NULL,
  bin_8 bigint NOT NULL,
  bin_9 bigint NOT NULL,
  bin_10 bigint NOT NULL,
  bin_11 bigint NOT NULL,
  bin_12 bigint NOT NULL,
  bin_13 bigint NOT NULL,
  bin_14 bigint NOT NULL,
  bin_15 bigint NOT NULL,
  bin_16 bigint NOT NULL,
  bin_17 bigint NOT NULL,
  bin_18 bigint NOT NULL,
  bin_19 bigint NOT NULL,
  bin_20 bigint NOT NULL,
  bin_21 bigint NOT NULL,
  bin_22 bigint NOT NULL,
  bin_23 bigint NOT NULL,
  bin_24 bigint NOT NULL,
  bin_25 bigint NOT NULL,
  bin_26 bigint NOT NULL,
  bin_27 bigint NOT NULL,
  bin_28 bigint NOT NULL,
  bin_29 bigint NOT NULL,
  bin_30 bigint NOT NULL,
  bin_31 bigint NOT NULL,
  PRIMARY KEY (account_id, phone, day, block)
) WITH (fillfactor = 50);

CREATE TABLE load_histogram_hours (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  hour bigint NOT NULL,
  block bigint NOT NULL,
  bin_0 bigint NOT NULL,
  bin_1 bigint NOT NULL,
  bin_2 bigint NOT NULL,
  bin_3 bigint NOT NULL,
  bin_4 bigint NOT NULL,
  bin_5 bigint NOT NULL,
  bin_6 bigint NOT NULL,
  bin_7 bigint NOT NULL,
  bin_8 bigint NOT NULL,
  bin_9 bigint NOT NULL,
  bin_10 bigint NOT NULL,
  bin_11 bigint NOT NULL,
  bin_12 bigint NOT NULL,
  bin_13 bigint NOT NULL,
  bin_14 bigint NOT NULL,
  bin_15 bigint NOT NULL,
  bin_16 bigint NOT NULL,
  bin_17 bigint NOT NULL,
  bin_18 bigint NOT NULL,
  bin_19 bigint NOT NULL,
  bin_20 bigint NOT NULL,
  bin_21 bigint NOT NULL,
  bin_22 bigint NOT NULL,
  bin_23 bigint NOT NULL,
  bin_24 bigint NOT NULL,
  bin_25 bigint NOT NULL,
  bin_26 bigint NOT NULL,
  bin_27 bigint NOT NULL,
  bin_28 bigint NOT NULL,
  bin_29 bigint NOT NULL,
  bin_30 bigint NOT NULL,
  bin_31 bigint NOT NULL,
  PRIMARY KEY (account_id, phone, hour, block)
) WITH (fillfactor = 50);

CREATE TABLE page_histogram_days (
  account_id bigint NOT NULL,
  phone text COLLATE "C" NOT NULL,
  day bigint NOT NULL,
  application text COLLATE "C" NOT NULL,
  page text COLLATE "C" NOT NULL,
  block bigint NOT NULL,
  key_hash uuid NOT NULL,
  bin_0 bigint NOT NULL,
  bin_1 bigint NOT NULL,
  bin_2 bigint NOT NULL,
  bin_3 bigint NOT NULL,
  bin_4 bigint NOT NULL,
  bin_5 bigint NOT NULL,
  bin_6 bigint NOT NULL,
  bin_7 bigint NOT NULL,
  bin_8 bigint NOT NULL,
  bin_9 bigint NOT NULL,
  bin_10 bigint NOT NULL,
  bin_11 bigint NOT NULL,
  bin_12 bigint NOT NULL,
  bin_13 bigint NOT NULL,
  bin_14 bigint NOT NULL,
  bin_15 bigint NOT NULL,
  bin_16 bigint NOT NULL,
  bin_17 bigint NOT NULL,
  bin_18 bigint NOT NULL,
  bin_19 bigint NOT NULL,
  bin_20 bigint NOT NULL,
  bin_21 bigint NOT NULL,
  bin_22 bigint NOT NULL,
  bin_23 bigint NOT NULL,
  bin_24 bigint NOT NULL,
  bin_25 bigint NOT NULL,
  bin_26 bigint NOT NULL,
  bin_27 bigint NOT NULL,
  bin_28 bigint NOT NULL,
  bin_29 bigint NOT NULL,
  bin_30 bigint NOT NULL,
  bin_31 bigint NOT NULL,
  PRIMARY KEY (account_id, phone, day, key_hash, block)
) WITH (fillfactor = 50);

-- number_days summed over all numbers of their owner, so that a report of ALL reads days, not days x numbers.
CREATE TABLE owner_days (
  account_id bigint NOT NULL,
  owner_id bigint NOT NULL,
  day bigint NOT NULL,
  calls bigint NOT NULL,
  call_ms bigint NOT NULL,
  transfers bigint NOT NULL,
  transfer_ms bigint NOT NULL,
  transferred_calls bigint NOT NULL,
  log_events bigint NOT NULL,
  form_items bigint NOT NULL,
  loops bigint NOT NULL,
  js_errors bigint NOT NULL,
  fetch_errors bigint NOT NULL,
  page_loads bigint NOT NULL,
  page_load_ms bigint NOT NULL,
  PRIMARY KEY (account_id, owner_id, day)
) WITH (fillfactor = 50);
