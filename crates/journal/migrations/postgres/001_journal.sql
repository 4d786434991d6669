CREATE TABLE journal (
  site TEXT COLLATE "C" NOT NULL, pos BIGINT NOT NULL, command TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, stored BIGINT NOT NULL,
  actor TEXT COLLATE "C" NOT NULL, device TEXT COLLATE "C" NOT NULL, verb TEXT COLLATE "C" NOT NULL, noun TEXT COLLATE "C" NOT NULL, record TEXT COLLATE "C" NOT NULL,
  subject TEXT COLLATE "C" NOT NULL, version BIGINT NOT NULL, bundle TEXT COLLATE "C", outcome BIGINT NOT NULL, events TEXT COLLATE "C" NOT NULL,
  sealed BYTEA, digest BYTEA NOT NULL, hash BYTEA NOT NULL,
  PRIMARY KEY (site, pos)
);
CREATE UNIQUE INDEX journal_command ON journal (site, command);
CREATE INDEX journal_record ON journal (site, noun, record, pos);

CREATE TABLE subject_key (
  site TEXT COLLATE "C" NOT NULL, subject TEXT COLLATE "C" NOT NULL, wrapped BYTEA,
  PRIMARY KEY (site, subject)
);

CREATE TABLE site_head (
  site TEXT COLLATE "C" NOT NULL, pos BIGINT NOT NULL, hash BYTEA NOT NULL,
  PRIMARY KEY (site)
);

CREATE TABLE node_fact (
  name TEXT COLLATE "C" NOT NULL, value TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (name)
);

CREATE TABLE record (
  site TEXT COLLATE "C" NOT NULL, noun TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, version BIGINT NOT NULL,
  subject TEXT COLLATE "C" NOT NULL, made_by TEXT COLLATE "C" NOT NULL, created BIGINT NOT NULL, changed BIGINT NOT NULL,
  retracted BIGINT NOT NULL, erased BIGINT NOT NULL, asides BIGINT NOT NULL, within TEXT COLLATE "C" NOT NULL,
  doc TEXT COLLATE "C" NOT NULL, sealed BYTEA, stamps TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, noun, id)
);
CREATE INDEX record_subject ON record (site, subject);
CREATE INDEX record_aside ON record (site, noun, id) WHERE asides > 0;
