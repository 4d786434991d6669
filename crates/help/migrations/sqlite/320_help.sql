CREATE TABLE request_row (
  site TEXT NOT NULL, request TEXT NOT NULL, no INTEGER NOT NULL, status TEXT NOT NULL, due TEXT NOT NULL,
  owner TEXT NOT NULL, code TEXT NOT NULL, person TEXT, need TEXT, made_by TEXT NOT NULL,
  PRIMARY KEY (site, request)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_row_due ON request_row (site, status, due, no);
CREATE INDEX request_row_person ON request_row (site, person, no);
CREATE INDEX request_row_need ON request_row (site, need);
