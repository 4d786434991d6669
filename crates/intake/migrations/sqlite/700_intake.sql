CREATE TABLE batch_row (
  site TEXT NOT NULL, batch TEXT NOT NULL, no INTEGER NOT NULL, file TEXT NOT NULL, digest TEXT NOT NULL,
  undone INTEGER NOT NULL, created INTEGER NOT NULL,
  PRIMARY KEY (site, batch)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_digest ON batch_row (site, digest);

CREATE TABLE import_line (
  site TEXT NOT NULL, batch TEXT NOT NULL, line TEXT NOT NULL,
  PRIMARY KEY (site, batch, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_digest (
  site TEXT NOT NULL, digest TEXT NOT NULL, person TEXT NOT NULL, line TEXT NOT NULL,
  PRIMARY KEY (site, digest, person, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE remembered_layout (
  site TEXT NOT NULL, layout TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (site, layout, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_preview (
  site TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL, sealed BLOB NOT NULL,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
