CREATE TABLE encounter_row (
  site TEXT COLLATE "C" NOT NULL, encounter TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, minutes BIGINT,
  household TEXT COLLATE "C", worker TEXT COLLATE "C" NOT NULL, made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, encounter)
);
CREATE INDEX encounter_row_day ON encounter_row (site, day, encounter);
CREATE INDEX encounter_row_household ON encounter_row (site, household, day);

CREATE TABLE encounter_person (
  site TEXT COLLATE "C" NOT NULL, person TEXT COLLATE "C" NOT NULL, encounter TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, person, encounter)
);

CREATE TABLE need_row (
  site TEXT COLLATE "C" NOT NULL, need TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, status TEXT COLLATE "C" NOT NULL, code TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C", encounter TEXT COLLATE "C", made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, need)
);
CREATE INDEX need_row_status ON need_row (site, status, no);
CREATE INDEX need_row_person ON need_row (site, person, no);
CREATE INDEX need_row_encounter ON need_row (site, encounter);
