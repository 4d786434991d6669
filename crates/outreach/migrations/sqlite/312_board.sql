CREATE TABLE incident_row (
  site TEXT NOT NULL, incident TEXT NOT NULL, no INTEGER NOT NULL, kind TEXT NOT NULL, spot TEXT NOT NULL,
  day TEXT NOT NULL, made_by TEXT NOT NULL,
  PRIMARY KEY (site, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_row_day ON incident_row (site, day, incident);

CREATE TABLE leaflet_row (
  site TEXT NOT NULL, run TEXT NOT NULL, no INTEGER NOT NULL, day TEXT NOT NULL, title TEXT NOT NULL,
  copies INTEGER NOT NULL, place TEXT, made_by TEXT NOT NULL,
  PRIMARY KEY (site, run)
) STRICT, WITHOUT ROWID;
CREATE INDEX leaflet_row_day ON leaflet_row (site, day, run);

CREATE TABLE soft_row (
  site TEXT NOT NULL, change TEXT NOT NULL, no INTEGER NOT NULL, day TEXT NOT NULL, person TEXT, activity TEXT,
  dimension TEXT NOT NULL, step INTEGER NOT NULL,
  PRIMARY KEY (site, change)
) STRICT, WITHOUT ROWID;
CREATE INDEX soft_row_day ON soft_row (site, day, no);

CREATE TABLE board_row (
  site TEXT NOT NULL, entry TEXT NOT NULL, no INTEGER NOT NULL, status TEXT NOT NULL, voices INTEGER NOT NULL,
  public INTEGER NOT NULL, made_by TEXT NOT NULL,
  PRIMARY KEY (site, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX board_row_public ON board_row (site, public, voices, no);
