CREATE TABLE template_row (
  site TEXT COLLATE "C" NOT NULL, template TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, digest TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, template)
);

CREATE TABLE filling_row (
  site TEXT COLLATE "C" NOT NULL, template TEXT COLLATE "C" NOT NULL, filling TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, template, filling)
);
