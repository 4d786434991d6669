CREATE TABLE item_row (
  site TEXT NOT NULL, item TEXT NOT NULL, no INTEGER NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL,
  given INTEGER NOT NULL, place TEXT, made_by TEXT NOT NULL,
  PRIMARY KEY (site, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_row_name ON item_row (site, name, item);

CREATE TABLE item_gift (
  site TEXT NOT NULL, who TEXT NOT NULL, gift TEXT NOT NULL, item TEXT NOT NULL, count INTEGER NOT NULL,
  day TEXT NOT NULL, encounter TEXT,
  PRIMARY KEY (site, who, gift)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_gift_encounter ON item_gift (site, encounter, gift);
