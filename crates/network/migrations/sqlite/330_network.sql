CREATE TABLE organisation_row (
  site TEXT NOT NULL, organisation TEXT NOT NULL, no INTEGER NOT NULL, names TEXT NOT NULL, grouping TEXT NOT NULL,
  places TEXT NOT NULL, verified_on TEXT NOT NULL, made_by TEXT NOT NULL,
  PRIMARY KEY (site, organisation)
) STRICT, WITHOUT ROWID;

CREATE TABLE service_row (
  site TEXT NOT NULL, service TEXT NOT NULL, no INTEGER NOT NULL, organisation TEXT NOT NULL, code TEXT NOT NULL,
  what TEXT NOT NULL,
  PRIMARY KEY (site, service)
) STRICT, WITHOUT ROWID;
CREATE INDEX service_row_organisation ON service_row (site, organisation, no);
