CREATE TABLE site_row (
  site TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C" NOT NULL, lang TEXT COLLATE "C" NOT NULL, timezone TEXT COLLATE "C" NOT NULL, created BIGINT NOT NULL,
  PRIMARY KEY (site)
);

CREATE TABLE account_row (
  site TEXT COLLATE "C" NOT NULL, account TEXT COLLATE "C" NOT NULL, login TEXT COLLATE "C" NOT NULL, display TEXT COLLATE "C" NOT NULL, role TEXT COLLATE "C" NOT NULL,
  active BIGINT NOT NULL, lang TEXT COLLATE "C" NOT NULL, no BIGINT NOT NULL,
  PRIMARY KEY (site, account)
);
CREATE INDEX account_row_login ON account_row (login);
CREATE INDEX account_row_account ON account_row (account);

CREATE TABLE assigned (
  site TEXT COLLATE "C" NOT NULL, account TEXT COLLATE "C" NOT NULL, record TEXT COLLATE "C" NOT NULL, assignment TEXT COLLATE "C" NOT NULL, noun TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, account, record, assignment)
);
CREATE INDEX assigned_record ON assigned (site, record);

CREATE TABLE login_session (
  id TEXT COLLATE "C" NOT NULL, site TEXT COLLATE "C" NOT NULL, account TEXT COLLATE "C" NOT NULL, created BIGINT NOT NULL, seen BIGINT NOT NULL,
  expires BIGINT NOT NULL, agent TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX login_session_account ON login_session (account);

CREATE TABLE login_throttle (
  key TEXT COLLATE "C" NOT NULL, failures BIGINT NOT NULL, failed BIGINT NOT NULL, until BIGINT NOT NULL,
  PRIMARY KEY (key)
);

CREATE TABLE totp_used (
  account TEXT COLLATE "C" NOT NULL, step BIGINT NOT NULL,
  PRIMARY KEY (account)
);

CREATE TABLE access_log (
  site TEXT COLLATE "C" NOT NULL, id TEXT COLLATE "C" NOT NULL, at BIGINT NOT NULL, account TEXT COLLATE "C" NOT NULL, noun TEXT COLLATE "C" NOT NULL,
  record TEXT COLLATE "C" NOT NULL, purpose TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (site, id)
);
CREATE INDEX access_log_record ON access_log (site, record, id);
CREATE INDEX access_log_account ON access_log (site, account, id);
