CREATE TABLE incident_row (
  site TEXT COLLATE "C" NOT NULL, incident TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, kind TEXT COLLATE "C" NOT NULL, spot TEXT COLLATE "C" NOT NULL,
  day TEXT COLLATE "C" NOT NULL, made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, incident)
);
CREATE INDEX incident_row_day ON incident_row (site, day, incident);

CREATE TABLE leaflet_row (
  site TEXT COLLATE "C" NOT NULL, run TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, day TEXT COLLATE "C" NOT NULL, title TEXT COLLATE "C" NOT NULL,
  copies BIGINT NOT NULL, place TEXT COLLATE "C", made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, run)
);
CREATE INDEX leaflet_row_day ON leaflet_row (site, day, run);

CREATE TABLE soft_row (
  site TEXT COLLATE "C" NOT NULL, change TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, day TEXT COLLATE "C" NOT NULL, person TEXT COLLATE "C", activity TEXT COLLATE "C",
  dimension TEXT COLLATE "C" NOT NULL, step BIGINT NOT NULL,
  PRIMARY KEY (site, change)
);
CREATE INDEX soft_row_day ON soft_row (site, day, no);

CREATE TABLE board_row (
  site TEXT COLLATE "C" NOT NULL, entry TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, status TEXT COLLATE "C" NOT NULL, voices BIGINT NOT NULL,
  public BIGINT NOT NULL, made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, entry)
);
CREATE INDEX board_row_public ON board_row (site, public, voices, no);
