CREATE TABLE circle_row (
  site TEXT NOT NULL, circle TEXT NOT NULL, activity TEXT NOT NULL, made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, circle)
) STRICT, WITHOUT ROWID;

CREATE TABLE circle_note_row (
  site TEXT NOT NULL, note TEXT NOT NULL, reader TEXT NOT NULL, circle TEXT NOT NULL, made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, note, reader)
) STRICT, WITHOUT ROWID;
CREATE INDEX circle_note_row_reader ON circle_note_row (site, circle, reader, no);
