ALTER TABLE activity_row ADD COLUMN public INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session_row ADD COLUMN status TEXT NOT NULL DEFAULT 'planned';
ALTER TABLE session_row ADD COLUMN slot TEXT NOT NULL DEFAULT '';

CREATE TABLE activity_kind_row (
  site TEXT NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL,
  no INTEGER NOT NULL,
  PRIMARY KEY (site, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE signup_row (
  site TEXT NOT NULL, signup TEXT NOT NULL, session TEXT NOT NULL, activity TEXT NOT NULL, person TEXT,
  place INTEGER NOT NULL, heads INTEGER NOT NULL, certain INTEGER NOT NULL, cancelled INTEGER NOT NULL, told INTEGER NOT NULL,
  made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, signup)
) STRICT, WITHOUT ROWID;
CREATE INDEX signup_row_session ON signup_row (site, session, place, signup);
CREATE INDEX signup_row_activity ON signup_row (site, activity, session);
CREATE INDEX signup_row_person ON signup_row (site, person, session);

CREATE TABLE dish_row (
  site TEXT NOT NULL, dish TEXT NOT NULL, session TEXT NOT NULL, household TEXT NOT NULL,
  made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, dish)
) STRICT, WITHOUT ROWID;
CREATE INDEX dish_row_session ON dish_row (site, session, no);
CREATE INDEX participation_row_activity ON participation_row (site, activity, session);
