-- Rows of some hundred bytes and more make a tree without rowids deep: every look-up then opens several pages, each of them deciphered.
CREATE TABLE journal_by_rowid (
  site TEXT NOT NULL, pos INTEGER NOT NULL, command TEXT NOT NULL, at INTEGER NOT NULL, stored INTEGER NOT NULL,
  actor TEXT NOT NULL, device TEXT NOT NULL, verb TEXT NOT NULL, noun TEXT NOT NULL, record TEXT NOT NULL,
  subject TEXT NOT NULL, version INTEGER NOT NULL, bundle TEXT, outcome INTEGER NOT NULL, events TEXT NOT NULL,
  sealed BLOB, digest BLOB NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (site, pos)
) STRICT;
INSERT INTO journal_by_rowid SELECT * FROM journal ORDER BY site, pos;
DROP TABLE journal;
ALTER TABLE journal_by_rowid RENAME TO journal;
CREATE UNIQUE INDEX journal_command ON journal (site, command);
CREATE INDEX journal_record ON journal (site, noun, record, pos);

CREATE TABLE record_by_rowid (
  site TEXT NOT NULL, noun TEXT NOT NULL, id TEXT NOT NULL, no INTEGER NOT NULL, version INTEGER NOT NULL,
  subject TEXT NOT NULL, made_by TEXT NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL,
  retracted INTEGER NOT NULL, erased INTEGER NOT NULL, asides INTEGER NOT NULL, within TEXT NOT NULL,
  doc TEXT NOT NULL, sealed BLOB, stamps TEXT NOT NULL,
  PRIMARY KEY (site, noun, id)
) STRICT;
INSERT INTO record_by_rowid SELECT * FROM record ORDER BY site, no;
DROP TABLE record;
ALTER TABLE record_by_rowid RENAME TO record;
CREATE INDEX record_subject ON record (site, subject);
CREATE INDEX record_aside ON record (site, noun, id) WHERE asides > 0;
