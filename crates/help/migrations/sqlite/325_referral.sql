CREATE TABLE referral_row (
  site TEXT NOT NULL, referral TEXT NOT NULL, no INTEGER NOT NULL, status TEXT NOT NULL, due TEXT NOT NULL,
  person TEXT NOT NULL, need TEXT, request TEXT, organisation TEXT NOT NULL, consent TEXT NOT NULL,
  owner TEXT NOT NULL, slip TEXT NOT NULL, link TEXT, sent INTEGER NOT NULL, made_by TEXT NOT NULL,
  PRIMARY KEY (site, referral)
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_row_due ON referral_row (site, status, due, no);
CREATE INDEX referral_row_person ON referral_row (site, person, no);
CREATE INDEX referral_row_organisation ON referral_row (site, organisation, no);
CREATE INDEX referral_row_consent ON referral_row (site, consent);
CREATE INDEX referral_row_slip ON referral_row (site, slip);
CREATE INDEX referral_row_link ON referral_row (link);
