CREATE TABLE accounts (
  account_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  time_zone TEXT NOT NULL,
  country TEXT NOT NULL,
  allows_input INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL
, week_start INTEGER NOT NULL DEFAULT 1, zone_revision INTEGER NOT NULL DEFAULT 0, counted_zone_revision INTEGER NOT NULL DEFAULT 0) STRICT;

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

CREATE TABLE application_days (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  application TEXT NOT NULL,
  calls INTEGER NOT NULL,
  call_ms INTEGER NOT NULL,
  transfers INTEGER NOT NULL,
  transfer_ms INTEGER NOT NULL,
  transferred_calls INTEGER NOT NULL,
  log_events INTEGER NOT NULL,
  form_items INTEGER NOT NULL,
  loops INTEGER NOT NULL,
  js_errors INTEGER NOT NULL,
  fetch_errors INTEGER NOT NULL,
  page_loads INTEGER NOT NULL,
  page_load_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, day, application)
) STRICT, WITHOUT ROWID;

CREATE TABLE caller_days (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  caller TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, day, caller)
) STRICT, WITHOUT ROWID;

CREATE TABLE caller_sets (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  callers BLOB NOT NULL,
  PRIMARY KEY (account_id, phone, day, chunk)
) STRICT;

CREATE TABLE credentials (
  login TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (user_id),
  password_sha256 TEXT NOT NULL,
  last_used_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE documents (
  document_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  call_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  phone TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  stored_at_ms INTEGER NOT NULL,
  document TEXT NOT NULL,
  applied TEXT NOT NULL
) STRICT;

CREATE TABLE imports (
  account_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  documents_done INTEGER NOT NULL,
  summary TEXT NOT NULL,
  saved_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE ingest_keys (
  key_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (account_id),
  user_id INTEGER NOT NULL REFERENCES users (user_id),
  key_sha256 TEXT NOT NULL UNIQUE,
  hint TEXT NOT NULL,
  is_strict INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  revoked_at_ms INTEGER
, label TEXT NOT NULL DEFAULT '', last_used_at_ms INTEGER) STRICT;

CREATE TABLE item_days (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  application TEXT NOT NULL,
  page TEXT NOT NULL,
  form TEXT NOT NULL,
  item TEXT NOT NULL,
  visits INTEGER NOT NULL,
  filled INTEGER NOT NULL,
  nomatch INTEGER NOT NULL,
  noinput INTEGER NOT NULL,
  transfer INTEGER NOT NULL,
  disconnect INTEGER NOT NULL,
  loops INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, day, application, page, form, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE link_days (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  application TEXT NOT NULL,
  from_page TEXT NOT NULL,
  from_form TEXT NOT NULL,
  from_item TEXT NOT NULL,
  to_page TEXT NOT NULL,
  to_form TEXT NOT NULL,
  to_item TEXT NOT NULL,
  moves INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, day, application, from_page, from_form, from_item, to_page, to_form, to_item)
) STRICT, WITHOUT ROWID;

CREATE TABLE load_histogram_days (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  block INTEGER NOT NULL,
  bin_0 INTEGER NOT NULL,
  bin_1 INTEGER NOT NULL,
  bin_2 INTEGER NOT NULL,
  bin_3 INTEGER NOT NULL,
  bin_4 INTEGER NOT NULL,
  bin_5 INTEGER NOT NULL,
  bin_6 INTEGER NOT NULL,
  bin_7 INTEGER NOT NULL,
  bin_8 INTEGER NOT NULL,
  bin_9 INTEGER NOT NULL,
  bin_10 INTEGER NOT NULL,
  bin_11 INTEGER NOT NULL,
  bin_12 INTEGER NOT NULL,
  bin_13 INTEGER NOT NULL,
  bin_14 INTEGER NOT NULL,
  bin_15 INTEGER NOT NULL,
  bin_16 INTEGER NOT NULL,
  bin_17 INTEGER NOT NULL,
  bin_18 INTEGER NOT NULL,
  bin_19 INTEGER NOT NULL,
  bin_20 INTEGER NOT NULL,
  bin_21 INTEGER NOT NULL,
  bin_22 INTEGER NOT NULL,
  bin_23 INTEGER NOT NULL,
  bin_24 INTEGER NOT NULL,
  bin_25 INTEGER NOT NULL,
  bin_26 INTEGER NOT NULL,
  bin_27 INTEGER NOT NULL,
  bin_28 INTEGER NOT NULL,
  bin_29 INTEGER NOT NULL,
  bin_30 INTEGER NOT NULL,
  bin_31 INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, day, block)
) STRICT, WITHOUT ROWID;

CREATE TABLE load_histogram_hours (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  hour INTEGER NOT NULL,
  block INTEGER NOT NULL,
  bin_0 INTEGER NOT NULL,
  bin_1 INTEGER NOT NULL,
  bin_2 INTEGER NOT NULL,
  bin_3 INTEGER NOT NULL,
  bin_4 INTEGER NOT NULL,
  bin_5 INTEGER NOT NULL,
  bin_6 INTEGER NOT NULL,
  bin_7 INTEGER NOT NULL,
  bin_8 INTEGER NOT NULL,
  bin_9 INTEGER NOT NULL,
  bin_10 INTEGER NOT NULL,
  bin_11 INTEGER NOT NULL,
  bin_12 INTEGER NOT NULL,
  bin_13 INTEGER NOT NULL,
  bin_14 INTEGER NOT NULL,
  bin_15 INTEGER NOT NULL,
  bin_16 INTEGER NOT NULL,
  bin_17 INTEGER NOT NULL,
  bin_18 INTEGER NOT NULL,
  bin_19 INTEGER NOT NULL,
  bin_20 INTEGER NOT NULL,
  bin_21 INTEGER NOT NULL,
  bin_22 INTEGER NOT NULL,
  bin_23 INTEGER NOT NULL,
  bin_24 INTEGER NOT NULL,
  bin_25 INTEGER NOT NULL,
  bin_26 INTEGER NOT NULL,
  bin_27 INTEGER NOT NULL,
  bin_28 INTEGER NOT NULL,
  bin_29 INTEGER NOT NULL,
  bin_30 INTEGER NOT NULL,
  bin_31 INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, hour, block)
) STRICT, WITHOUT ROWID;

CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at_ms INTEGER NOT NULL
  ) STRICT;

CREATE TABLE number_days (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  call_ms INTEGER NOT NULL,
  transfers INTEGER NOT NULL,
  transfer_ms INTEGER NOT NULL,
  transferred_calls INTEGER NOT NULL,
  log_events INTEGER NOT NULL,
  form_items INTEGER NOT NULL,
  loops INTEGER NOT NULL,
  js_errors INTEGER NOT NULL,
  fetch_errors INTEGER NOT NULL,
  page_loads INTEGER NOT NULL,
  page_load_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE number_hours (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  hour INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  call_ms INTEGER NOT NULL,
  transfers INTEGER NOT NULL,
  transfer_ms INTEGER NOT NULL,
  transferred_calls INTEGER NOT NULL,
  log_events INTEGER NOT NULL,
  form_items INTEGER NOT NULL,
  loops INTEGER NOT NULL,
  js_errors INTEGER NOT NULL,
  fetch_errors INTEGER NOT NULL,
  page_loads INTEGER NOT NULL,
  page_load_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, hour)
) STRICT, WITHOUT ROWID;

CREATE TABLE numbers (
  account_id INTEGER NOT NULL REFERENCES accounts (account_id),
  phone TEXT NOT NULL,
  owner_id INTEGER NOT NULL REFERENCES users (user_id),
  created_at_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone)
) STRICT, WITHOUT ROWID;

CREATE TABLE odd_callers (
  odd_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  caller TEXT NOT NULL,
  UNIQUE (account_id, caller)
) STRICT;

CREATE TABLE owner_days (
  account_id INTEGER NOT NULL,
  owner_id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  call_ms INTEGER NOT NULL,
  transfers INTEGER NOT NULL,
  transfer_ms INTEGER NOT NULL,
  transferred_calls INTEGER NOT NULL,
  log_events INTEGER NOT NULL,
  form_items INTEGER NOT NULL,
  loops INTEGER NOT NULL,
  js_errors INTEGER NOT NULL,
  fetch_errors INTEGER NOT NULL,
  page_loads INTEGER NOT NULL,
  page_load_ms INTEGER NOT NULL,
  PRIMARY KEY (account_id, owner_id, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE page_days (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  application TEXT NOT NULL,
  page TEXT NOT NULL,
  page_loads INTEGER NOT NULL,
  page_load_ms INTEGER NOT NULL,
  cached_loads INTEGER NOT NULL,
  fetch_errors INTEGER NOT NULL,
  js_errors INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, day, application, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE page_histogram_days (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  application TEXT NOT NULL,
  page TEXT NOT NULL,
  block INTEGER NOT NULL,
  bin_0 INTEGER NOT NULL,
  bin_1 INTEGER NOT NULL,
  bin_2 INTEGER NOT NULL,
  bin_3 INTEGER NOT NULL,
  bin_4 INTEGER NOT NULL,
  bin_5 INTEGER NOT NULL,
  bin_6 INTEGER NOT NULL,
  bin_7 INTEGER NOT NULL,
  bin_8 INTEGER NOT NULL,
  bin_9 INTEGER NOT NULL,
  bin_10 INTEGER NOT NULL,
  bin_11 INTEGER NOT NULL,
  bin_12 INTEGER NOT NULL,
  bin_13 INTEGER NOT NULL,
  bin_14 INTEGER NOT NULL,
  bin_15 INTEGER NOT NULL,
  bin_16 INTEGER NOT NULL,
  bin_17 INTEGER NOT NULL,
  bin_18 INTEGER NOT NULL,
  bin_19 INTEGER NOT NULL,
  bin_20 INTEGER NOT NULL,
  bin_21 INTEGER NOT NULL,
  bin_22 INTEGER NOT NULL,
  bin_23 INTEGER NOT NULL,
  bin_24 INTEGER NOT NULL,
  bin_25 INTEGER NOT NULL,
  bin_26 INTEGER NOT NULL,
  bin_27 INTEGER NOT NULL,
  bin_28 INTEGER NOT NULL,
  bin_29 INTEGER NOT NULL,
  bin_30 INTEGER NOT NULL,
  bin_31 INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, day, application, page, block)
) STRICT, WITHOUT ROWID;

CREATE TABLE quotas (
  quota TEXT NOT NULL,
  subject TEXT NOT NULL,
  window_start INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (quota, subject, window_start)
) STRICT, WITHOUT ROWID;

CREATE TABLE recounts (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (account_id),
  zone_revision INTEGER NOT NULL,
  after_stored_at_ms INTEGER NOT NULL,
  after_document_id INTEGER NOT NULL,
  until_stored_at_ms INTEGER NOT NULL,
  documents_done INTEGER NOT NULL,
  documents_total INTEGER NOT NULL
) STRICT;

CREATE TABLE region_days (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  day INTEGER NOT NULL,
  region TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (account_id, phone, day, region)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejects (
  reject_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  is_strict INTEGER NOT NULL,
  document_sha256 TEXT NOT NULL,
  call_id TEXT,
  path TEXT NOT NULL,
  error TEXT NOT NULL,
  document BLOB NOT NULL,
  times INTEGER NOT NULL,
  first_at_ms INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  UNIQUE (account_id, document_sha256)
) STRICT;

CREATE TABLE retention (
  retention_id INTEGER PRIMARY KEY CHECK (retention_id = 1),
  kept_from_month INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  session_sha256 TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (user_id),
  created_at_ms INTEGER NOT NULL,
  last_used_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE shares (
  account_id INTEGER NOT NULL,
  phone TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (user_id),
  PRIMARY KEY (account_id, phone, user_id),
  FOREIGN KEY (account_id, phone) REFERENCES numbers (account_id, phone)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
  user_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (account_id),
  tool TEXT NOT NULL,
  login TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  is_disabled INTEGER NOT NULL DEFAULT 0,
  created_at_ms INTEGER NOT NULL, is_admin INTEGER NOT NULL DEFAULT 0,
  UNIQUE (tool, login)
) STRICT;

CREATE INDEX "credentials#last_used_at_ms" ON credentials (last_used_at_ms);

CREATE INDEX "credentials#user_id" ON credentials (user_id);

CREATE UNIQUE INDEX "documents#account_id#call_id" ON documents (account_id, call_id);

CREATE INDEX "documents#account_id#phone#started_at_ms#call_id" ON documents (account_id, phone, started_at_ms, call_id);

CREATE INDEX "documents#account_id#stored_at_ms" ON documents (account_id, stored_at_ms);

CREATE INDEX "numbers#account_id#owner_id" ON numbers (account_id, owner_id);

CREATE INDEX "sessions#last_used_at_ms" ON sessions (last_used_at_ms);

CREATE INDEX "sessions#user_id" ON sessions (user_id);

CREATE INDEX "shares#account_id#user_id" ON shares (account_id, user_id);
