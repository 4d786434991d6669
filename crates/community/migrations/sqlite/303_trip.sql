CREATE TABLE trip_day_row (
  site TEXT NOT NULL, trip_day TEXT NOT NULL, session TEXT NOT NULL, activity TEXT NOT NULL, day TEXT NOT NULL,
  made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, trip_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX trip_day_row_day ON trip_day_row (site, day, trip_day);
CREATE INDEX trip_day_row_activity ON trip_day_row (site, activity, day);
