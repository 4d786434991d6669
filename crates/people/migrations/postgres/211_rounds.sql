ALTER TABLE place_row ADD COLUMN rounds BIGINT NOT NULL DEFAULT 0;
CREATE INDEX place_row_rounds ON place_row (site, no) WHERE rounds = 1;
CREATE INDEX person_row_born ON person_row (site, birth_from, no);
