CREATE TABLE batch_row (
  site TEXT COLLATE "C" NOT NULL, batch TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, file TEXT COLLATE "C" NOT NULL, digest TEXT COLLATE "C" NOT NULL,
  undone BIGINT NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (site, batch)
);
CREATE INDEX batch_digest ON batch_row (site, digest);

CREATE TABLE import_line (
  site TEXT COLLATE "C" NOT NULL, batch TEXT COLLATE "C" NOT NULL, line TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, batch, line)
);

CREATE TABLE import_digest (
  site TEXT COLLATE "C" NOT NULL, digest TEXT COLLATE "C" NOT NULL, person TEXT COLLATE "C" NOT NULL, line TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, digest, person, line)
);

CREATE TABLE remembered_layout (
  site TEXT COLLATE "C" NOT NULL, layout TEXT COLLATE "C" NOT NULL, record TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, layout, record)
);

CREATE TABLE import_preview (
  site TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, state TEXT COLLATE "C" NOT NULL, sealed BYTEA NOT NULL,
  PRIMARY KEY (site, id)
);
