CREATE TABLE template_row (
  site TEXT NOT NULL, template TEXT NOT NULL, no INTEGER NOT NULL, digest TEXT NOT NULL,
  PRIMARY KEY (site, template)
) STRICT, WITHOUT ROWID;

CREATE TABLE filling_row (
  site TEXT NOT NULL, template TEXT NOT NULL, filling TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, template, filling)
) STRICT, WITHOUT ROWID;
