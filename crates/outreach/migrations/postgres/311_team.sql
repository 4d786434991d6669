ALTER TABLE encounter_row ADD COLUMN place TEXT COLLATE "C";
ALTER TABLE encounter_row ADD COLUMN follow_up TEXT COLLATE "C";
CREATE INDEX encounter_row_place ON encounter_row (site, place, day);
CREATE INDEX encounter_row_follow_up ON encounter_row (site, follow_up, encounter);

ALTER TABLE encounter_person ADD COLUMN kind TEXT COLLATE "C" NOT NULL DEFAULT '';
UPDATE encounter_person SET kind = (SELECT e.kind FROM encounter_row e WHERE e.site = encounter_person.site AND e.encounter = encounter_person.encounter);
CREATE INDEX encounter_person_day ON encounter_person (site, day, person);

CREATE TABLE encounter_team (
  site TEXT COLLATE "C" NOT NULL, who TEXT COLLATE "C" NOT NULL, encounter TEXT COLLATE "C" NOT NULL, kind TEXT COLLATE "C" NOT NULL, day TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, who, encounter)
);
INSERT INTO encounter_team (site, who, encounter, kind, day) SELECT site, worker, encounter, 'account', day FROM encounter_row;
CREATE INDEX encounter_team_encounter ON encounter_team (site, encounter);

CREATE TABLE need_tag_row (
  site TEXT COLLATE "C" NOT NULL, tag TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, tag)
);
