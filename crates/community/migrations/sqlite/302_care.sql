CREATE TABLE pickup_permission_row (
  site TEXT NOT NULL, permission TEXT NOT NULL, child TEXT NOT NULL, made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, permission)
) STRICT, WITHOUT ROWID;
CREATE INDEX pickup_permission_row_child ON pickup_permission_row (site, child, no);

CREATE TABLE care_row (
  site TEXT NOT NULL, care TEXT NOT NULL, session TEXT NOT NULL, activity TEXT NOT NULL, child TEXT NOT NULL,
  made_by TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, care)
) STRICT, WITHOUT ROWID;
CREATE INDEX care_row_session ON care_row (site, session, no);
