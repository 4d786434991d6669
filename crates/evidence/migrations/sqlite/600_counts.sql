CREATE TABLE taken_part (
  site TEXT NOT NULL, class TEXT NOT NULL, unit TEXT NOT NULL, year INTEGER NOT NULL, sex TEXT NOT NULL,
  born_from TEXT NOT NULL, born_to TEXT NOT NULL, province TEXT NOT NULL, parts TEXT NOT NULL,
  PRIMARY KEY (site, class, unit, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE session_part (
  site TEXT NOT NULL, session TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, marks INTEGER NOT NULL,
  nameless TEXT NOT NULL,
  PRIMARY KEY (site, session)
) STRICT, WITHOUT ROWID;

CREATE TABLE count_people (
  site TEXT NOT NULL, period TEXT NOT NULL, sex TEXT NOT NULL, band TEXT NOT NULL, province TEXT NOT NULL,
  people INTEGER NOT NULL, participations INTEGER NOT NULL,
  PRIMARY KEY (site, period, sex, band, province)
) STRICT, WITHOUT ROWID;

CREATE TABLE count_kind (
  site TEXT NOT NULL, period TEXT NOT NULL, class TEXT NOT NULL, kind TEXT NOT NULL, sex TEXT NOT NULL,
  units INTEGER NOT NULL, participations INTEGER NOT NULL,
  PRIMARY KEY (site, period, class, kind, sex)
) STRICT, WITHOUT ROWID;

CREATE TABLE count_session (
  site TEXT NOT NULL, period TEXT NOT NULL, kind TEXT NOT NULL, sex TEXT NOT NULL, age TEXT NOT NULL,
  sessions INTEGER NOT NULL, participations INTEGER NOT NULL,
  PRIMARY KEY (site, period, kind, sex, age)
) STRICT, WITHOUT ROWID;

CREATE TABLE count_encounter (
  site TEXT NOT NULL, period TEXT NOT NULL, kind TEXT NOT NULL, encounters INTEGER NOT NULL,
  PRIMARY KEY (site, period, kind)
) STRICT, WITHOUT ROWID;
