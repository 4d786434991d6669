CREATE TABLE work_row (
  site TEXT COLLATE "C" NOT NULL, work TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, kind TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL, session TEXT COLLATE "C", activity TEXT COLLATE "C", circle TEXT COLLATE "C",
  published BIGINT NOT NULL, digest TEXT COLLATE "C", made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, work)
);
CREATE INDEX work_row_no ON work_row (site, no);
CREATE INDEX work_row_session ON work_row (site, session, no);
CREATE INDEX work_row_published ON work_row (site, published, no);
CREATE INDEX work_row_digest ON work_row (site, digest);

CREATE TABLE work_face (
  site TEXT COLLATE "C" NOT NULL, person TEXT COLLATE "C" NOT NULL, work TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, person, work)
);

CREATE TABLE work_part (
  site TEXT COLLATE "C" NOT NULL, work TEXT COLLATE "C" NOT NULL, digest TEXT COLLATE "C" NOT NULL, part BIGINT NOT NULL, stored BIGINT NOT NULL, sealed BYTEA NOT NULL,
  PRIMARY KEY (site, work, digest, part)
);
