ALTER TABLE encounter_row ADD COLUMN place TEXT;
ALTER TABLE encounter_row ADD COLUMN follow_up TEXT;
CREATE INDEX encounter_row_place ON encounter_row (site, place, day);
CREATE INDEX encounter_row_follow_up ON encounter_row (site, follow_up, encounter);

ALTER TABLE encounter_person ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE encounter_person SET kind = (SELECT e.kind FROM encounter_row e WHERE e.site = encounter_person.site AND e.encounter = encounter_person.encounter);
CREATE INDEX encounter_person_day ON encounter_person (site, day, person);

CREATE TABLE encounter_team (
  site TEXT NOT NULL, who TEXT NOT NULL, encounter TEXT NOT NULL, kind TEXT NOT NULL, day TEXT NOT NULL,
  PRIMARY KEY (site, who, encounter)
) STRICT, WITHOUT ROWID;
INSERT INTO encounter_team (site, who, encounter, kind, day) SELECT site, worker, encounter, 'account', day FROM encounter_row;
CREATE INDEX encounter_team_encounter ON encounter_team (site, encounter);

CREATE TABLE need_tag_row (
  site TEXT NOT NULL, tag TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, tag)
) STRICT, WITHOUT ROWID;
