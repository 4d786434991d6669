CREATE TABLE journal (
  site TEXT NOT NULL, pos INTEGER NOT NULL, command TEXT NOT NULL, at INTEGER NOT NULL, stored INTEGER NOT NULL,
  actor TEXT NOT NULL, device TEXT NOT NULL, verb TEXT NOT NULL, noun TEXT NOT NULL, record TEXT NOT NULL,
  subject TEXT NOT NULL, version INTEGER NOT NULL, bundle TEXT, outcome INTEGER NOT NULL, events TEXT NOT NULL,
  sealed BLOB, digest BLOB NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (site, pos)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX journal_command ON journal (site, command);
CREATE INDEX journal_record ON journal (site, noun, record, pos);

CREATE TABLE subject_key (
  site TEXT NOT NULL, subject TEXT NOT NULL, wrapped BLOB,
  PRIMARY KEY (site, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE site_head (
  site TEXT NOT NULL, pos INTEGER NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (site)
) STRICT, WITHOUT ROWID;

CREATE TABLE node_fact (
  name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

CREATE TABLE record (
  site TEXT NOT NULL, noun TEXT NOT NULL, id TEXT NOT NULL, no INTEGER NOT NULL, version INTEGER NOT NULL,
  subject TEXT NOT NULL, made_by TEXT NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL,
  retracted INTEGER NOT NULL, erased INTEGER NOT NULL, asides INTEGER NOT NULL, within TEXT NOT NULL,
  doc TEXT NOT NULL, sealed BLOB, stamps TEXT NOT NULL,
  PRIMARY KEY (site, noun, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_subject ON record (site, subject);
CREATE INDEX record_aside ON record (site, noun, id) WHERE asides > 0;
