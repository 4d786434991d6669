//! Whether an edit crosses others: what its author saw, and what others changed meanwhile.

use std::collections::HashSet;

use kernel::{Action, Held, Object};

use crate::codec;
use crate::decide::Turn;
use crate::desk::Desk;
use crate::pipeline::Fault;
use crate::store::{StoreError, Writer};

/// What happened to a record since the version that the author of an edit saw.
pub(crate) struct Crossing {
    /// The fields as the author saw them.
    pub seen: Object,
    /// The fields that somebody else changed since, or the same person on another device. What the same device changed
    /// before, its author knows: that is no conflict.
    pub others: HashSet<String>,
}

/// Looks into the record's past where an edit touches a field that changed since; none where it crosses nothing.
pub(crate) async fn of(
    turn: Turn<'_>,
    db: &mut Writer,
    desk: &mut Desk,
    held: &Held,
) -> Result<Option<Crossing>, Fault> {
    let envelope = turn.envelope;
    let (Some(base), Some(body)) = (envelope.base, envelope.body.as_object()) else { return Ok(None) };
    let touched: HashSet<&String> =
        body.keys().filter(|name| held.stamps.get(*name).is_some_and(|stamp| *stamp > base)).collect();
    let amends =
        turn.inner.registry.command(&envelope.verb).is_some_and(|def| matches!(def.action, Action::Amend));
    if touched.is_empty() || !amends {
        return Ok(None);
    }
    if envelope.bundle.is_none() {
        // What waits in this batch becomes readable. A bundle may still be taken back, so it sees only what is stored.
        desk.flush(db, turn.inner.registry).await?;
    }
    let (site, id) = (held.meta.site, held.meta.id);
    let rows = db.rows(&codec::past_of_record(), &[site.into(), held.def.noun.into(), id.into()]).await?;
    let key = desk.entry((held.def.noun, id)).and_then(|entry| desk.key(entry.subject));
    let mut past = Held::blank(held.def, site, id);
    let mut crossing = Crossing { seen: Object::new(), others: HashSet::new() };
    for row in &rows {
        let stored = codec::read_stored(site, row, key)?;
        let before = past.object().clone();
        past.apply(&stored.changes, &stored.stamp).map_err(|error| StoreError::Damaged(error.to_string()))?;
        if past.meta.version <= base {
            crossing.seen.clone_from(past.object());
            continue;
        }
        let own =
            stored.stamp.actor == turn.submission.actor.account && stored.stamp.device == envelope.device;
        let changed = touched.iter().filter(|name| before.get(**name) != past.object().get(**name));
        crossing.others.extend(changed.filter(|_| !own).map(|name| (*name).clone()));
    }
    if past.meta.version < held.meta.version {
        crossing.others.extend(touched.into_iter().cloned());
    }
    Ok(Some(crossing))
}
