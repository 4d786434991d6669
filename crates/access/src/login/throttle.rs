//! The throttle of failed logins and codes, per login name, link and address: a few are free, then the wait doubles.

use jiff::{SignedDuration, Timestamp};
use journal::{Node, StoreError};
use kernel::{Column, TableDef};

use super::queries;

/// Failed attempts by key: `login:…`, `link:…` or `address:…`.
pub static LOGIN_THROTTLE: TableDef = TableDef::operational(
    "login_throttle",
    &[("key", Column::Text), ("failures", Column::Int), ("failed", Column::Int), ("until", Column::Int)],
    1,
);

/// Failures after which a pause is asked for, per login name.
pub const FREE: i64 = 5;
/// The same per address, which a whole centre may share.
pub const FREE_ADDRESS: i64 = 30;
/// Longest pause.
const LONGEST: i64 = 15 * 60;
/// After this long without a failure the count starts anew.
const FORGET: SignedDuration = SignedDuration::from_hours(24);

/// What is known about a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Failures in a row.
    pub failures: i64,
    /// The last one.
    pub failed: Timestamp,
    /// No attempt is taken before.
    pub until: Timestamp,
}

impl Tally {
    /// Seconds still to wait, if any.
    pub fn wait(&self, now: Timestamp) -> Option<i64> {
        let left = self.until.as_second() - now.as_second();
        (left > 0).then_some(left)
    }

    /// The tally after one more failure.
    #[must_use]
    pub fn failed_again(&self, now: Timestamp, free: i64) -> Self {
        let stale = now.duration_since(self.failed) > FORGET;
        let failures = if stale { 1 } else { self.failures + 1 };
        let over = failures - free;
        let pause = if over < 0 { 0 } else { (1_i64 << over.min(20)).min(LONGEST) };
        let until = now.checked_add(SignedDuration::from_secs(pause)).unwrap_or(now);
        Self { failures, failed: now, until }
    }
}

/// Seconds that an attempt under any of these keys still has to wait, if it has to.
pub async fn wait(node: &Node, keys: &[(String, i64)]) -> Result<Option<i64>, StoreError> {
    let now = node.now();
    for (key, _) in keys {
        if let Some(seconds) = queries::tally(node, key).await?.wait(now) {
            return Ok(Some(seconds));
        }
    }
    Ok(None)
}

/// Notes a failed attempt under these keys, each with the number of failures that are free. Says how many failures in
/// a row the first key has now.
pub async fn failed(node: &Node, keys: &[(String, i64)]) -> Result<i64, StoreError> {
    let now = node.now();
    let mut first = None;
    for (key, free) in keys {
        let tally = queries::tally(node, key).await?.failed_again(now, *free);
        queries::keep_tally(node, key, tally).await?;
        first = first.or(Some(tally.failures));
    }
    Ok(first.unwrap_or_default())
}

/// Failures in a row under a key, as far as they are remembered.
pub async fn failures(node: &Node, key: &str) -> Result<i64, StoreError> {
    Ok(queries::tally(node, key).await?.failures)
}

/// Forgets the failures of a key.
pub async fn forgive(node: &Node, key: &str) -> Result<(), StoreError> {
    queries::forget(node, key).await
}
