CREATE TABLE activity_row (
  site TEXT COLLATE "C" NOT NULL, activity TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, made_by TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL,
  title TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, activity)
);
CREATE INDEX activity_row_no ON activity_row (site, no);

CREATE TABLE session_row (
  site TEXT COLLATE "C" NOT NULL, session TEXT COLLATE "C" NOT NULL, activity TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL, start TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, session)
);
CREATE INDEX session_row_day ON session_row (site, day, start, session);
CREATE INDEX session_row_activity ON session_row (site, activity, day);

CREATE TABLE participation_row (
  site TEXT COLLATE "C" NOT NULL, participation TEXT COLLATE "C" NOT NULL, session TEXT COLLATE "C" NOT NULL, activity TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL, household TEXT COLLATE "C", count BIGINT NOT NULL, claimed BIGINT NOT NULL,
  sex TEXT COLLATE "C", age TEXT COLLATE "C", migrant BIGINT, made_by TEXT COLLATE "C" NOT NULL,
  no BIGINT NOT NULL,
  PRIMARY KEY (site, participation)
);
CREATE INDEX participation_row_session ON participation_row (site, session, no);

CREATE TABLE participation_person (
  site TEXT COLLATE "C" NOT NULL, person TEXT COLLATE "C" NOT NULL, participation TEXT COLLATE "C" NOT NULL, session TEXT COLLATE "C" NOT NULL,
  activity TEXT COLLATE "C" NOT NULL, claimed BIGINT NOT NULL,
  PRIMARY KEY (site, person, participation)
);
CREATE INDEX participation_person_session ON participation_person (site, session, person);
CREATE INDEX participation_person_activity ON participation_person (site, activity, session);
