CREATE TABLE activity_row (
  site TEXT NOT NULL, activity TEXT NOT NULL, no INTEGER NOT NULL, made_by TEXT NOT NULL, kind TEXT NOT NULL,
  title TEXT NOT NULL,
  PRIMARY KEY (site, activity)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_row_no ON activity_row (site, no);

CREATE TABLE session_row (
  site TEXT NOT NULL, session TEXT NOT NULL, activity TEXT NOT NULL, day TEXT NOT NULL, start TEXT NOT NULL,
  made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, session)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_row_day ON session_row (site, day, start, session);
CREATE INDEX session_row_activity ON session_row (site, activity, day);

CREATE TABLE participation_row (
  site TEXT NOT NULL, participation TEXT NOT NULL, session TEXT NOT NULL, activity TEXT NOT NULL,
  kind TEXT NOT NULL, household TEXT, count INTEGER NOT NULL, claimed INTEGER NOT NULL,
  sex TEXT, age TEXT, migrant INTEGER, made_by TEXT NOT NULL,
  no INTEGER NOT NULL,
  PRIMARY KEY (site, participation)
) STRICT, WITHOUT ROWID;
CREATE INDEX participation_row_session ON participation_row (site, session, no);

CREATE TABLE participation_person (
  site TEXT NOT NULL, person TEXT NOT NULL, participation TEXT NOT NULL, session TEXT NOT NULL,
  activity TEXT NOT NULL, claimed INTEGER NOT NULL,
  PRIMARY KEY (site, person, participation)
) STRICT, WITHOUT ROWID;
CREATE INDEX participation_person_session ON participation_person (site, session, person);
CREATE INDEX participation_person_activity ON participation_person (site, activity, session);
