CREATE TABLE person_row (
  site TEXT NOT NULL, no INTEGER NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL, sex TEXT NOT NULL,
  birth_year INTEGER, birth_from TEXT, birth_to TEXT, merged INTEGER NOT NULL, erased INTEGER NOT NULL,
  made_by TEXT NOT NULL, changed INTEGER NOT NULL,
  PRIMARY KEY (site, no)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX person_row_person ON person_row (site, person);
CREATE INDEX person_row_changed ON person_row (site, changed, no);

CREATE TABLE person_key (
  site TEXT NOT NULL, class INTEGER NOT NULL, text TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, class, text, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_block (
  site TEXT NOT NULL, text TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, text, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE person_merged (
  site TEXT NOT NULL, person TEXT NOT NULL, into_person TEXT NOT NULL,
  PRIMARY KEY (site, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_merged_into ON person_merged (site, into_person);

CREATE TABLE household_row (
  site TEXT NOT NULL, household TEXT NOT NULL, no INTEGER NOT NULL, number TEXT NOT NULL, number_key TEXT NOT NULL,
  address TEXT,
  place TEXT, tenure TEXT, registered TEXT, made_by TEXT NOT NULL, changed INTEGER NOT NULL,
  PRIMARY KEY (site, household)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_row_number ON household_row (site, number_key);
CREATE INDEX household_row_changed ON household_row (site, changed, no);

CREATE TABLE household_member (
  site TEXT NOT NULL, household TEXT NOT NULL, person TEXT NOT NULL, place INTEGER NOT NULL,
  role TEXT NOT NULL, since TEXT, until TEXT,
  PRIMARY KEY (site, household, person, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX household_member_person ON household_member (site, person);

CREATE TABLE stay_row (
  site TEXT NOT NULL, stay TEXT NOT NULL, no INTEGER NOT NULL, person TEXT NOT NULL, kind TEXT NOT NULL,
  province TEXT, city TEXT, county TEXT, tenure TEXT, since TEXT, until TEXT, made_by TEXT NOT NULL,
  PRIMARY KEY (site, stay)
) STRICT, WITHOUT ROWID;
CREATE INDEX stay_row_person ON stay_row (site, person);

CREATE TABLE tie_row (
  site TEXT NOT NULL, tie TEXT NOT NULL, no INTEGER NOT NULL, person TEXT NOT NULL, other TEXT NOT NULL,
  kind TEXT NOT NULL, made_by TEXT NOT NULL,
  PRIMARY KEY (site, tie)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_row_person ON tie_row (site, person);
CREATE INDEX tie_row_other ON tie_row (site, other);

CREATE TABLE place_row (
  site TEXT NOT NULL, place TEXT NOT NULL, no INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  division TEXT, parent TEXT, aliases TEXT NOT NULL,
  PRIMARY KEY (site, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_row_division ON place_row (site, division);

CREATE TABLE distinct_row (
  site TEXT NOT NULL, one TEXT NOT NULL, two TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (site, one, two, record)
) STRICT, WITHOUT ROWID;
