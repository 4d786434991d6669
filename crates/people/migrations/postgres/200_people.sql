CREATE TABLE person_row (
  site TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, person TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C" NOT NULL, sex TEXT COLLATE "C" NOT NULL,
  birth_year BIGINT, birth_from TEXT COLLATE "C", birth_to TEXT COLLATE "C", merged BIGINT NOT NULL, erased BIGINT NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL, changed BIGINT NOT NULL,
  PRIMARY KEY (site, no)
);
CREATE UNIQUE INDEX person_row_person ON person_row (site, person);
CREATE INDEX person_row_changed ON person_row (site, changed, no);

CREATE TABLE person_key (
  site TEXT COLLATE "C" NOT NULL, class BIGINT NOT NULL, text TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, class, text, no)
);

CREATE TABLE person_block (
  site TEXT COLLATE "C" NOT NULL, text TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, text, no)
);

CREATE TABLE person_merged (
  site TEXT COLLATE "C" NOT NULL, person TEXT COLLATE "C" NOT NULL, into_person TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, person)
);
CREATE INDEX person_merged_into ON person_merged (site, into_person);

CREATE TABLE household_row (
  site TEXT COLLATE "C" NOT NULL, household TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, number TEXT COLLATE "C" NOT NULL, number_key TEXT COLLATE "C" NOT NULL,
  address TEXT COLLATE "C",
  place TEXT COLLATE "C", tenure TEXT COLLATE "C", registered TEXT COLLATE "C", made_by TEXT COLLATE "C" NOT NULL, changed BIGINT NOT NULL,
  PRIMARY KEY (site, household)
);
CREATE INDEX household_row_number ON household_row (site, number_key);
CREATE INDEX household_row_changed ON household_row (site, changed, no);

CREATE TABLE household_member (
  site TEXT COLLATE "C" NOT NULL, household TEXT COLLATE "C" NOT NULL, person TEXT COLLATE "C" NOT NULL, place BIGINT NOT NULL,
  role TEXT COLLATE "C" NOT NULL, since TEXT COLLATE "C", until TEXT COLLATE "C",
  PRIMARY KEY (site, household, person, place)
);
CREATE INDEX household_member_person ON household_member (site, person);

CREATE TABLE stay_row (
  site TEXT COLLATE "C" NOT NULL, stay TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, person TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL,
  province TEXT COLLATE "C", city TEXT COLLATE "C", county TEXT COLLATE "C", tenure TEXT COLLATE "C", since TEXT COLLATE "C", until TEXT COLLATE "C", made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, stay)
);
CREATE INDEX stay_row_person ON stay_row (site, person);

CREATE TABLE tie_row (
  site TEXT COLLATE "C" NOT NULL, tie TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, person TEXT COLLATE "C" NOT NULL, other TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL, made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, tie)
);
CREATE INDEX tie_row_person ON tie_row (site, person);
CREATE INDEX tie_row_other ON tie_row (site, other);

CREATE TABLE place_row (
  site TEXT COLLATE "C" NOT NULL, place TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, name TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL,
  division TEXT COLLATE "C", parent TEXT COLLATE "C", aliases TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, place)
);
CREATE INDEX place_row_division ON place_row (site, division);

CREATE TABLE distinct_row (
  site TEXT COLLATE "C" NOT NULL, one TEXT COLLATE "C" NOT NULL, two TEXT COLLATE "C" NOT NULL, record TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, one, two, record)
);
