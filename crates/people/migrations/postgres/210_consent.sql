CREATE TABLE consent_row (
  site TEXT COLLATE "C" NOT NULL, consent TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, person TEXT COLLATE "C" NOT NULL, purpose TEXT COLLATE "C" NOT NULL,
  organisation TEXT COLLATE "C", given_on TEXT COLLATE "C" NOT NULL, until TEXT COLLATE "C" NOT NULL, made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, consent)
);
CREATE INDEX consent_row_person ON consent_row (site, person, no);
