CREATE TABLE trip_day_row (
  site TEXT COLLATE "C" NOT NULL, trip_day TEXT COLLATE "C" NOT NULL, session TEXT COLLATE "C" NOT NULL, activity TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, trip_day)
);
CREATE INDEX trip_day_row_day ON trip_day_row (site, day, trip_day);
CREATE INDEX trip_day_row_activity ON trip_day_row (site, activity, day);
