CREATE TABLE festival_stay_row (
  site TEXT COLLATE "C" NOT NULL, festival_stay TEXT COLLATE "C" NOT NULL, festival TEXT COLLATE "C" NOT NULL, year BIGINT NOT NULL, household TEXT COLLATE "C", person TEXT COLLATE "C",
  answer TEXT COLLATE "C" NOT NULL, meal TEXT COLLATE "C" NOT NULL, made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, festival_stay)
);
CREATE INDEX festival_stay_row_festival ON festival_stay_row (site, festival, year, answer, no);

CREATE TABLE festival_meal_row (
  site TEXT COLLATE "C" NOT NULL, festival_meal TEXT COLLATE "C" NOT NULL, session TEXT COLLATE "C", made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, festival_meal)
);
