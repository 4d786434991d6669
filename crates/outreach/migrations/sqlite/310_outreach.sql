CREATE TABLE encounter_row (
  site TEXT NOT NULL, encounter TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, minutes INTEGER,
  household TEXT, worker TEXT NOT NULL, made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, encounter)
) STRICT, WITHOUT ROWID;
CREATE INDEX encounter_row_day ON encounter_row (site, day, encounter);
CREATE INDEX encounter_row_household ON encounter_row (site, household, day);

CREATE TABLE encounter_person (
  site TEXT NOT NULL, person TEXT NOT NULL, encounter TEXT NOT NULL, day TEXT NOT NULL,
  PRIMARY KEY (site, person, encounter)
) STRICT, WITHOUT ROWID;

CREATE TABLE need_row (
  site TEXT NOT NULL, need TEXT NOT NULL, no INTEGER NOT NULL, status TEXT NOT NULL, code TEXT NOT NULL,
  person TEXT, encounter TEXT, made_by TEXT NOT NULL,
  PRIMARY KEY (site, need)
) STRICT, WITHOUT ROWID;
CREATE INDEX need_row_status ON need_row (site, status, no);
CREATE INDEX need_row_person ON need_row (site, person, no);
CREATE INDEX need_row_encounter ON need_row (site, encounter);
