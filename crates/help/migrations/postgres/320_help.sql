CREATE TABLE request_row (
  site TEXT COLLATE "C" NOT NULL, request TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, status TEXT COLLATE "C" NOT NULL, due TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C" NOT NULL, code TEXT COLLATE "C" NOT NULL, person TEXT COLLATE "C", need TEXT COLLATE "C", made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, request)
);
CREATE INDEX request_row_due ON request_row (site, status, due, no);
CREATE INDEX request_row_person ON request_row (site, person, no);
CREATE INDEX request_row_need ON request_row (site, need);
