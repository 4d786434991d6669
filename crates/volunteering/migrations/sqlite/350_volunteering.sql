CREATE TABLE hours_row (
  site TEXT NOT NULL, hours TEXT NOT NULL, no INTEGER NOT NULL, day TEXT NOT NULL, who TEXT NOT NULL,
  kind TEXT NOT NULL, minutes INTEGER NOT NULL, encounter TEXT, activity TEXT, made_by TEXT NOT NULL,
  PRIMARY KEY (site, hours)
) STRICT, WITHOUT ROWID;
CREATE INDEX hours_row_day ON hours_row (site, day, hours);
CREATE INDEX hours_row_who ON hours_row (site, who, day);
CREATE INDEX hours_row_encounter ON hours_row (site, encounter);
