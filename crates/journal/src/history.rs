//! What happened to a record: who, when, on which device, before and after, and why.

use jiff::Timestamp;
use kernel::{AccountId, Held, Id, Object, SiteId};
use serde_json::Value;

use crate::codec;
use crate::desk::{self, KeyState};
use crate::node::Node;
use crate::store::StoreError;

/// One stored command of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// Place in the site's journal.
    pub position: i64,
    /// The command's id.
    pub command: Id,
    /// When it was done, by the corrected device time.
    pub at: Timestamp,
    /// When it was stored.
    pub stored: Timestamp,
    /// Who.
    pub by: AccountId,
    /// On which device.
    pub device: String,
    /// `noun.verb`.
    pub verb: String,
    /// Why, where it was said.
    pub reason: Option<String>,
    /// The fields that changed, as they were.
    pub before: Object,
    /// The fields that changed, as they became.
    pub after: Object,
    /// Fields whose value was set aside.
    pub set_aside: Vec<String>,
}

impl Node {
    /// The history of a record, oldest first, whoever asks; callers keep to scope and labels.
    pub async fn history(&self, site: SiteId, noun: &str, id: Id) -> Result<Vec<Past>, StoreError> {
        let Some(def) = self.registry().record(noun) else { return Ok(Vec::new()) };
        let rows = self.rows(&codec::past_of_record(), vec![site.into(), noun.into(), id.into()]).await?;
        let Some(first) = rows.first() else { return Ok(Vec::new()) };
        let key_sql = "SELECT subject, wrapped FROM subject_key WHERE site = $1 AND subject = $2";
        let keys = self.rows(key_sql, vec![site.into(), first.id(9).into()]).await?;
        let key = match keys.first() {
            Some(row) => desk::unwrapped(self.key(), site, row.id(0), row.blob(1))?,
            None => KeyState::None,
        };
        let key = if let KeyState::Here(key) = &key { Some(key) } else { None };
        let mut held = Held::blank(def, site, id);
        let mut past = Vec::with_capacity(rows.len());
        for row in &rows {
            let stored = codec::read_stored(site, row, key)?;
            let old = held.clone();
            held.apply(&stored.changes, &stored.stamp)
                .map_err(|error| StoreError::Damaged(error.to_string()))?;
            let (before, after) = difference(old.object(), held.object());
            let fresh = held.set_aside.iter().filter(|aside| aside.command == stored.stamp.command);
            past.push(Past {
                position: stored.stamp.position,
                command: stored.stamp.command,
                at: stored.stamp.at,
                stored: stored.stamp.stored,
                by: stored.stamp.actor,
                device: stored.stamp.device.clone(),
                verb: stored.verb,
                reason: stored.reason.or_else(|| told(&stored.changes)),
                before,
                after,
                set_aside: fresh.map(|aside| aside.field.clone()).collect(),
            });
        }
        Ok(past)
    }
}

fn told(changes: &[Object]) -> Option<String> {
    changes.iter().find_map(|change| change.get("~reason")?.as_str().map(str::to_owned))
}

fn difference(old: &Object, new: &Object) -> (Object, Object) {
    let mut before = Object::new();
    let mut after = Object::new();
    for (name, value) in new {
        let was = old.get(name).unwrap_or(&Value::Null);
        if was != value {
            before.insert(name.clone(), was.clone());
            after.insert(name.clone(), value.clone());
        }
    }
    (before, after)
}
