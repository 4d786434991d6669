CREATE TABLE hours_row (
  site TEXT COLLATE "C" NOT NULL, hours TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, day TEXT COLLATE "C" NOT NULL, who TEXT COLLATE "C" NOT NULL,
  kind TEXT COLLATE "C" NOT NULL, minutes BIGINT NOT NULL, encounter TEXT COLLATE "C", activity TEXT COLLATE "C", made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, hours)
);
CREATE INDEX hours_row_day ON hours_row (site, day, hours);
CREATE INDEX hours_row_who ON hours_row (site, who, day);
CREATE INDEX hours_row_encounter ON hours_row (site, encounter);
