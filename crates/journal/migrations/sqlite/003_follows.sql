-- Marks on a roll are many and mostly without anything private: a list of them by person costs a page for each.
ALTER TABLE record ADD COLUMN follows INTEGER NOT NULL DEFAULT 1;
UPDATE record SET follows = 0, erased = 0 WHERE noun = 'participation' AND sealed IS NULL AND NOT EXISTS (
  SELECT 1 FROM journal j WHERE j.site = record.site AND j.noun = record.noun AND j.record = record.id AND j.sealed IS NOT NULL);
DROP INDEX record_subject;
CREATE INDEX record_subject ON record (site, subject) WHERE follows = 1;
