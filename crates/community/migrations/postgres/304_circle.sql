CREATE TABLE circle_row (
  site TEXT COLLATE "C" NOT NULL, circle TEXT COLLATE "C" NOT NULL, activity TEXT COLLATE "C" NOT NULL, made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, circle)
);

CREATE TABLE circle_note_row (
  site TEXT COLLATE "C" NOT NULL, note TEXT COLLATE "C" NOT NULL, reader TEXT COLLATE "C" NOT NULL, circle TEXT COLLATE "C" NOT NULL, made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, note, reader)
);
CREATE INDEX circle_note_row_reader ON circle_note_row (site, circle, reader, no);
