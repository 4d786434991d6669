CREATE TABLE referral_row (
  site TEXT COLLATE "C" NOT NULL, referral TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL, status TEXT COLLATE "C" NOT NULL, due TEXT COLLATE "C" NOT NULL,
  person TEXT COLLATE "C" NOT NULL, need TEXT COLLATE "C", request TEXT COLLATE "C", organisation TEXT COLLATE "C" NOT NULL, consent TEXT COLLATE "C" NOT NULL,
  owner TEXT COLLATE "C" NOT NULL, slip TEXT COLLATE "C" NOT NULL, link TEXT COLLATE "C", sent BIGINT NOT NULL, made_by TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, referral)
);
CREATE INDEX referral_row_due ON referral_row (site, status, due, no);
CREATE INDEX referral_row_person ON referral_row (site, person, no);
CREATE INDEX referral_row_organisation ON referral_row (site, organisation, no);
CREATE INDEX referral_row_consent ON referral_row (site, consent);
CREATE INDEX referral_row_slip ON referral_row (site, slip);
CREATE INDEX referral_row_link ON referral_row (link);
