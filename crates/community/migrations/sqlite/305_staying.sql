CREATE TABLE festival_stay_row (
  site TEXT NOT NULL, festival_stay TEXT NOT NULL, festival TEXT NOT NULL, year INTEGER NOT NULL, household TEXT, person TEXT,
  answer TEXT NOT NULL, meal TEXT NOT NULL, made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, festival_stay)
) STRICT, WITHOUT ROWID;
CREATE INDEX festival_stay_row_festival ON festival_stay_row (site, festival, year, answer, no);

CREATE TABLE festival_meal_row (
  site TEXT NOT NULL, festival_meal TEXT NOT NULL, session TEXT, made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, festival_meal)
) STRICT, WITHOUT ROWID;
