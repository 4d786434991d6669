CREATE TABLE pickup_permission_row (
  site TEXT COLLATE "C" NOT NULL, permission TEXT COLLATE "C" NOT NULL, child TEXT COLLATE "C" NOT NULL, made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, permission)
);
CREATE INDEX pickup_permission_row_child ON pickup_permission_row (site, child, no);

CREATE TABLE care_row (
  site TEXT COLLATE "C" NOT NULL, care TEXT COLLATE "C" NOT NULL, session TEXT COLLATE "C" NOT NULL, activity TEXT COLLATE "C" NOT NULL, child TEXT COLLATE "C" NOT NULL,
  made_by TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, care)
);
CREATE INDEX care_row_session ON care_row (site, session, no);
