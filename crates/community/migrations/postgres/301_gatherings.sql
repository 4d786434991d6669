ALTER TABLE activity_row ADD COLUMN public BIGINT NOT NULL DEFAULT 0;
ALTER TABLE session_row ADD COLUMN status TEXT COLLATE "C" NOT NULL DEFAULT 'planned';
ALTER TABLE session_row ADD COLUMN slot TEXT COLLATE "C" NOT NULL DEFAULT '';

CREATE TABLE activity_kind_row (
  site TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, code TEXT COLLATE "C" NOT NULL, zh TEXT COLLATE "C" NOT NULL, en TEXT COLLATE "C" NOT NULL,
  no BIGINT NOT NULL,
  PRIMARY KEY (site, kind)
);

CREATE TABLE signup_row (
  site TEXT COLLATE "C" NOT NULL, signup TEXT COLLATE "C" NOT NULL, session TEXT COLLATE "C" NOT NULL, activity TEXT COLLATE "C" NOT NULL, person TEXT COLLATE "C",
  place BIGINT NOT NULL, heads BIGINT NOT NULL, certain BIGINT NOT NULL, cancelled BIGINT NOT NULL, told BIGINT NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, signup)
);
CREATE INDEX signup_row_session ON signup_row (site, session, place, signup);
CREATE INDEX signup_row_activity ON signup_row (site, activity, session);
CREATE INDEX signup_row_person ON signup_row (site, person, session);

CREATE TABLE dish_row (
  site TEXT COLLATE "C" NOT NULL, dish TEXT COLLATE "C" NOT NULL, session TEXT COLLATE "C" NOT NULL, household TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, dish)
);
CREATE INDEX dish_row_session ON dish_row (site, session, no);
CREATE INDEX participation_row_activity ON participation_row (site, activity, session);
