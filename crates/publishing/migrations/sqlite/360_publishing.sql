CREATE TABLE work_row (
  site TEXT NOT NULL, work TEXT NOT NULL, no INTEGER NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL, session TEXT, activity TEXT, circle TEXT,
  published INTEGER NOT NULL, digest TEXT, made_by TEXT NOT NULL,
  PRIMARY KEY (site, work)
) STRICT, WITHOUT ROWID;
CREATE INDEX work_row_no ON work_row (site, no);
CREATE INDEX work_row_session ON work_row (site, session, no);
CREATE INDEX work_row_published ON work_row (site, published, no);
CREATE INDEX work_row_digest ON work_row (site, digest);

CREATE TABLE work_face (
  site TEXT NOT NULL, person TEXT NOT NULL, work TEXT NOT NULL,
  PRIMARY KEY (site, person, work)
) STRICT, WITHOUT ROWID;

CREATE TABLE work_part (
  site TEXT NOT NULL, work TEXT NOT NULL, digest TEXT NOT NULL, part INTEGER NOT NULL, stored INTEGER NOT NULL, sealed BLOB NOT NULL,
  PRIMARY KEY (site, work, digest, part)
) STRICT;
