-- Reason: call documents with the contribution that each has made, what was rejected, and how far imports have come.
-- Rewrites: nothing. Undo: restore the backup taken before the upgrade.

-- One row an account that has ever written: its writers lock it, one after the other. It also stands beside lists of parameters in
-- statements, so that Citus knows whose rows they are and runs the statement where they live.
CREATE TABLE tenants (
  account_id bigint PRIMARY KEY
);

-- Which calls are stored. Their documents are by month of their start (months since 1970-01, UTC), so that a month can be dropped
-- at once; a call is looked up by its id alone, so this table is whole.
CREATE TABLE documents (
  account_id bigint NOT NULL,
  call_id text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  month bigint NOT NULL,
  stored_at_ms bigint NOT NULL,
  PRIMARY KEY (account_id, call_id)
);

-- Months get partitions of their own before or when their first call comes. The default one is for calls of centuries past or to come,
-- and for those that come while a partition cannot be made.
CREATE TABLE document_bodies (
  account_id bigint NOT NULL,
  month bigint NOT NULL,
  call_id text COLLATE "C" NOT NULL,
  phone text COLLATE "C" NOT NULL,
  started_at_ms bigint NOT NULL,
  document text COLLATE "C" NOT NULL,
  applied text COLLATE "C" NOT NULL,
  PRIMARY KEY (account_id, month, call_id)
) PARTITION BY RANGE (month);

-- Not compressed: that would take a third of the time of storing a call.
ALTER TABLE document_bodies ALTER COLUMN document SET STORAGE EXTERNAL;
ALTER TABLE document_bodies ALTER COLUMN applied SET STORAGE EXTERNAL;

CREATE TABLE document_bodies_default PARTITION OF document_bodies DEFAULT WITH (toast_tuple_target = 8160);

-- A month whose documents came before its partition could be made is moved out of it.
CREATE INDEX "document_bodies_default#month" ON document_bodies_default (month);

-- Their ids come from one place, so that rejects of all accounts have one order.
CREATE SEQUENCE reject_ids;

-- document holds the bytes as they were sent, which need not be text.
CREATE TABLE rejects (
  reject_id bigint NOT NULL,
  account_id bigint NOT NULL,
  user_id bigint NOT NULL,
  is_strict boolean NOT NULL,
  document_sha256 text COLLATE "C" NOT NULL,
  call_id text COLLATE "C",
  path text COLLATE "C" NOT NULL,
  error text COLLATE "C" NOT NULL,
  document bytea NOT NULL,
  times bigint NOT NULL,
  first_at_ms bigint NOT NULL,
  last_at_ms bigint NOT NULL,
  PRIMARY KEY (account_id, document_sha256)
);

CREATE INDEX "rejects#reject_id" ON rejects (reject_id);

-- A source may be longer than PostgreSQL takes into an index; its SHA-256 is not.
CREATE TABLE imports (
  account_id bigint NOT NULL,
  source text COLLATE "C" NOT NULL,
  source_sha256 text COLLATE "C" NOT NULL,
  documents_done bigint NOT NULL,
  summary text COLLATE "C" NOT NULL,
  saved_at_ms bigint NOT NULL,
  PRIMARY KEY (account_id, source_sha256)
);
