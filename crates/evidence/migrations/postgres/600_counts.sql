CREATE TABLE taken_part (
  site TEXT COLLATE "C" NOT NULL, class TEXT COLLATE "C" NOT NULL, unit TEXT COLLATE "C" NOT NULL, year BIGINT NOT NULL, sex TEXT COLLATE "C" NOT NULL,
  born_from TEXT COLLATE "C" NOT NULL, born_to TEXT COLLATE "C" NOT NULL, province TEXT COLLATE "C" NOT NULL, parts TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, class, unit, year)
);

CREATE TABLE session_part (
  site TEXT COLLATE "C" NOT NULL, session TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, marks BIGINT NOT NULL,
  nameless TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, session)
);

CREATE TABLE count_people (
  site TEXT COLLATE "C" NOT NULL, period TEXT COLLATE "C" NOT NULL, sex TEXT COLLATE "C" NOT NULL, band TEXT COLLATE "C" NOT NULL, province TEXT COLLATE "C" NOT NULL,
  people BIGINT NOT NULL, participations BIGINT NOT NULL,
  PRIMARY KEY (site, period, sex, band, province)
);

CREATE TABLE count_kind (
  site TEXT COLLATE "C" NOT NULL, period TEXT COLLATE "C" NOT NULL, class TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, sex TEXT COLLATE "C" NOT NULL,
  units BIGINT NOT NULL, participations BIGINT NOT NULL,
  PRIMARY KEY (site, period, class, kind, sex)
);

CREATE TABLE count_session (
  site TEXT COLLATE "C" NOT NULL, period TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, sex TEXT COLLATE "C" NOT NULL, age TEXT COLLATE "C" NOT NULL,
  sessions BIGINT NOT NULL, participations BIGINT NOT NULL,
  PRIMARY KEY (site, period, kind, sex, age)
);

CREATE TABLE count_encounter (
  site TEXT COLLATE "C" NOT NULL, period TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, encounters BIGINT NOT NULL,
  PRIMARY KEY (site, period, kind)
);
