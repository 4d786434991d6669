CREATE TABLE site_row (
  site TEXT NOT NULL, name TEXT NOT NULL, lang TEXT NOT NULL, timezone TEXT NOT NULL, created INTEGER NOT NULL,
  PRIMARY KEY (site)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_row (
  site TEXT NOT NULL, account TEXT NOT NULL, login TEXT NOT NULL, display TEXT NOT NULL, role TEXT NOT NULL,
  active INTEGER NOT NULL, lang TEXT NOT NULL, no INTEGER NOT NULL,
  PRIMARY KEY (site, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_row_login ON account_row (login);
CREATE INDEX account_row_account ON account_row (account);

CREATE TABLE assigned (
  site TEXT NOT NULL, account TEXT NOT NULL, record TEXT NOT NULL, assignment TEXT NOT NULL, noun TEXT NOT NULL,
  PRIMARY KEY (site, account, record, assignment)
) STRICT, WITHOUT ROWID;
CREATE INDEX assigned_record ON assigned (site, record);

CREATE TABLE login_session (
  id TEXT NOT NULL, site TEXT NOT NULL, account TEXT NOT NULL, created INTEGER NOT NULL, seen INTEGER NOT NULL,
  expires INTEGER NOT NULL, agent TEXT NOT NULL,
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX login_session_account ON login_session (account);

CREATE TABLE login_throttle (
  key TEXT NOT NULL, failures INTEGER NOT NULL, failed INTEGER NOT NULL, until INTEGER NOT NULL,
  PRIMARY KEY (key)
) STRICT, WITHOUT ROWID;

CREATE TABLE totp_used (
  account TEXT NOT NULL, step INTEGER NOT NULL,
  PRIMARY KEY (account)
) STRICT, WITHOUT ROWID;

CREATE TABLE access_log (
  site TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, account TEXT NOT NULL, noun TEXT NOT NULL,
  record TEXT NOT NULL, purpose TEXT NOT NULL,
  PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX access_log_record ON access_log (site, record, id);
CREATE INDEX access_log_account ON access_log (site, account, id);
