CREATE TABLE consent_row (
  site TEXT NOT NULL, consent TEXT NOT NULL, no INTEGER NOT NULL, person TEXT NOT NULL, purpose TEXT NOT NULL,
  organisation TEXT, given_on TEXT NOT NULL, until TEXT NOT NULL, made_by TEXT NOT NULL,
  PRIMARY KEY (site, consent)
) STRICT, WITHOUT ROWID;
CREATE INDEX consent_row_person ON consent_row (site, person, no);
