//! Reading and keeping what logging in needs.

use jiff::Timestamp;
use journal::{Node, Row, StoreError, Write};
use kernel::{AccountId, Id, Role, Sql};

use super::SignedIn;
use super::session::{LOGIN_SESSION, TOUCH, Token, ends};
use super::throttle::{LOGIN_THROTTLE, Tally};
use super::totp::TOTP_USED;
use crate::account::Language;

static BY_LOGIN: Sql = Sql {
    name: "access.by_login",
    text: "SELECT account, site, role, login, display, lang FROM account_row \
           WHERE login = $1 AND active = 1 ORDER BY account LIMIT 1",
};
static SESSION: Sql = Sql {
    name: "access.session",
    text: "SELECT a.account, a.site, a.role, a.login, a.display, a.lang, s.created, s.seen, s.expires, s.agent \
           FROM login_session s JOIN account_row a ON a.site = s.site AND a.account = s.account \
           WHERE s.id = $1 AND a.active = 1",
};
static OF_ACCOUNT: Sql =
    Sql { name: "access.sessions_of", text: "SELECT id FROM login_session WHERE account = $1 ORDER BY id" };
static ENDED: Sql = Sql {
    name: "access.sessions_ended",
    text: "SELECT id FROM login_session WHERE expires < $1 ORDER BY id LIMIT 500",
};
static TALLY: Sql =
    Sql { name: "access.tally", text: "SELECT failures, failed, until FROM login_throttle WHERE key = $1" };
static STALE: Sql = Sql {
    name: "access.tallies_stale",
    text: "SELECT key FROM login_throttle WHERE failed < $1 ORDER BY key LIMIT 500",
};
static STEP: Sql = Sql { name: "access.totp_step", text: "SELECT step FROM totp_used WHERE account = $1" };

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&BY_LOGIN, &SESSION, &OF_ACCOUNT, &ENDED, &TALLY, &STALE, &STEP];

fn time(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or_default()
}

fn signed_in(row: &Row) -> Option<SignedIn> {
    Some(SignedIn {
        account: row.id(0).into(),
        site: row.id(1).into(),
        role: Role::from_name(row.text(2))?,
        login: row.text(3).to_owned(),
        display: row.text(4).to_owned(),
        lang: Language::from_code(row.text(5)),
    })
}

/// The account of a login name, in its kept form.
pub(super) async fn by_login(node: &Node, login: &str) -> Result<Option<SignedIn>, StoreError> {
    let rows = node.rows(BY_LOGIN.text, vec![login.into()]).await?;
    Ok(rows.first().and_then(signed_in))
}

/// Starts a session.
pub(super) async fn begin(node: &Node, who: &SignedIn, token: &Token, agent: &str) -> Result<(), StoreError> {
    let now = node.now();
    put(node, token, (who.site.0, who.account.0), (now, now), agent).await
}

async fn put(
    node: &Node,
    token: &Token,
    (site, account): (Id, Id),
    (created, seen): (Timestamp, Timestamp),
    agent: &str,
) -> Result<(), StoreError> {
    let agent: String = agent.chars().filter(|c| !c.is_control()).take(200).collect();
    let values = vec![
        token.key().into(),
        site.into(),
        account.into(),
        created.as_microsecond().into(),
        seen.as_microsecond().into(),
        ends(created, seen).as_microsecond().into(),
        agent.into(),
    ];
    node.direct(vec![Write::Put { table: &LOGIN_SESSION, values }]).await
}

/// Whose session it is, noting now and then that it is in use.
pub(super) async fn session(node: &Node, token: &Token) -> Result<Option<SignedIn>, StoreError> {
    let rows = node.rows(SESSION.text, vec![token.key().into()]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let now = node.now();
    let (created, seen, expires) = (time(row.int(6)), time(row.int(7)), time(row.int(8)));
    if now >= expires {
        end(node, &token.key()).await?;
        return Ok(None);
    }
    let Some(who) = signed_in(row) else { return Ok(None) };
    if now.duration_since(seen) > TOUCH {
        put(node, token, (who.site.0, who.account.0), (created, now), row.text(9)).await?;
    }
    Ok(Some(who))
}

/// Ends the session of this key.
pub(super) async fn end(node: &Node, key: &str) -> Result<(), StoreError> {
    node.direct(vec![Write::Delete { table: &LOGIN_SESSION, key: vec![key.into()] }]).await
}

/// Ends all sessions of an account but this one: after a new password, or when it is retired.
pub async fn end_others(node: &Node, account: AccountId, keep: Option<&Token>) -> Result<(), StoreError> {
    let keep = keep.map(Token::key);
    let rows = node.rows(OF_ACCOUNT.text, vec![account.into()]).await?;
    let ended = rows.iter().map(|row| row.text(0)).filter(|id| Some(*id) != keep.as_deref());
    let writes = ended.map(|id| Write::Delete { table: &LOGIN_SESSION, key: vec![id.into()] }).collect();
    node.direct(writes).await
}

/// Removes sessions that ended and tallies that are forgotten; called now and then.
pub async fn tidy_up(node: &Node) -> Result<(), StoreError> {
    let now = node.now();
    let day_before = now.checked_sub(jiff::SignedDuration::from_hours(24)).unwrap_or(now);
    let ended = node.rows(ENDED.text, vec![now.as_microsecond().into()]).await?;
    let stale = node.rows(STALE.text, vec![day_before.as_microsecond().into()]).await?;
    let delete = |table, row: &Row| Write::Delete { table, key: vec![row.text(0).into()] };
    let mut writes: Vec<Write> = ended.iter().map(|row| delete(&LOGIN_SESSION, row)).collect();
    writes.extend(stale.iter().map(|row| delete(&LOGIN_THROTTLE, row)));
    if writes.is_empty() { Ok(()) } else { node.direct(writes).await }
}

/// Failed logins of a key.
pub(super) async fn tally(node: &Node, key: &str) -> Result<Tally, StoreError> {
    let rows = node.rows(TALLY.text, vec![bounded(key).into()]).await?;
    let known = rows.first().map(|row| Tally {
        failures: row.int(0),
        failed: time(row.int(1)),
        until: time(row.int(2)),
    });
    Ok(known.unwrap_or_default())
}

/// Keeps the failed logins of a key.
pub(super) async fn keep_tally(node: &Node, key: &str, tally: Tally) -> Result<(), StoreError> {
    let values = vec![
        bounded(key).into(),
        tally.failures.into(),
        tally.failed.as_microsecond().into(),
        tally.until.as_microsecond().into(),
    ];
    node.direct(vec![Write::Put { table: &LOGIN_THROTTLE, values }]).await
}

/// Forgets the failed logins of a key.
pub(super) async fn forget(node: &Node, key: &str) -> Result<(), StoreError> {
    node.direct(vec![Write::Delete { table: &LOGIN_THROTTLE, key: vec![bounded(key).into()] }]).await
}

/// What was typed can be long or hold U+0000.
fn bounded(key: &str) -> String {
    key.chars().filter(|c| !c.is_control()).take(120).collect()
}

/// The last accepted time step of an account's codes.
pub(super) async fn used_step(node: &Node, account: AccountId) -> Result<Option<i64>, StoreError> {
    let rows = node.rows(STEP.text, vec![account.into()]).await?;
    Ok(rows.first().map(|row| row.int(0)))
}

/// Keeps the last accepted time step.
pub(super) async fn keep_step(node: &Node, account: AccountId, step: i64) -> Result<(), StoreError> {
    let values = vec![account.into(), step.into()];
    node.direct(vec![Write::Put { table: &TOTP_USED, values }]).await
}
