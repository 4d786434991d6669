CREATE INDEX referral_row_request ON referral_row (site, request);
