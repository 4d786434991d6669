CREATE TABLE organisation_row (
  site TEXT COLLATE "C" NOT NULL, organisation TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, names TEXT COLLATE "C" NOT NULL, grouping TEXT COLLATE "C" NOT NULL,
  places TEXT COLLATE "C" NOT NULL, verified_on TEXT COLLATE "C" NOT NULL, made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, organisation)
);

CREATE TABLE service_row (
  site TEXT COLLATE "C" NOT NULL, service TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, organisation TEXT COLLATE "C" NOT NULL, code TEXT COLLATE "C" NOT NULL,
  what TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, service)
);
CREATE INDEX service_row_organisation ON service_row (site, organisation, no);
