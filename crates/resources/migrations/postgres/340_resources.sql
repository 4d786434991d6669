CREATE TABLE item_row (
  site TEXT COLLATE "C" NOT NULL, item TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, name TEXT COLLATE "C" NOT NULL, count BIGINT NOT NULL,
  given BIGINT NOT NULL, place TEXT COLLATE "C", made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, item)
);
CREATE INDEX item_row_name ON item_row (site, name, item);

CREATE TABLE item_gift (
  site TEXT COLLATE "C" NOT NULL, who TEXT COLLATE "C" NOT NULL, gift TEXT COLLATE "C" NOT NULL, item TEXT COLLATE "C" NOT NULL, count BIGINT NOT NULL,
  day TEXT COLLATE "C" NOT NULL, encounter TEXT COLLATE "C",
  PRIMARY KEY (site, who, gift)
);
CREATE INDEX item_gift_encounter ON item_gift (site, encounter, gift);
