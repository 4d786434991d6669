//! Records as pages show them: read straight into their type, without what the pipeline keeps beside.

use std::collections::HashMap;

use kernel::{Actor, Facts, Id, Meta, Record, Scope, SiteId, Use, Val};

use crate::codec::{self, Opened};
use crate::keys::DataKey;
use crate::node::Node;
use crate::row::{Row, lookups, placeholders};
use crate::store::StoreError;

/// A record's state with its identity. Of a [`kernel::Held`] it lacks the fields as JSON, their versions, and values
/// set aside: lists of many records need none of that.
pub struct Seen<R> {
    /// Identity, version, times.
    pub meta: Meta,
    /// The state.
    pub state: R,
}

/// Reads a state row whose columns are [`codec::SEEN_COLUMNS`].
fn read<R: Record>(site: SiteId, row: &Row, key: Option<&DataKey>) -> Result<Seen<R>, StoreError> {
    let meta = codec::read_meta(site, row);
    let damaged = || StoreError::Damaged(format!("{} {}", R::NOUN, row.text(0)));
    let plain = row.text(9);
    let state = if row.blob(10).is_empty() {
        serde_json::from_str(plain)
    } else {
        let key = key.ok_or(StoreError::WrongKey)?;
        let bytes = key
            .open(&codec::state_purpose(site, R::NOUN, meta.id, meta.version), row.blob(10))
            .map_err(|_| damaged())?;
        let sealed: Opened<'_> = serde_json::from_slice(&bytes).map_err(|_| damaged())?;
        serde_json::from_str(&codec::joined(plain, sealed.fields.get()).ok_or_else(damaged)?)
    };
    Ok(Seen { meta, state: state.map_err(|_| damaged())? })
}

impl Node {
    /// Of these records, those that the actor may reach for this use, in the order of the ids; withdrawn ones are left
    /// out. For lists; what the pipeline keeps beside comes with [`Node::visible`].
    pub async fn seen<R: Record>(
        &self,
        actor: &Actor,
        ids: &[Id],
        why: Use,
    ) -> Result<Vec<Seen<R>>, StoreError> {
        let scope = kernel::scope(actor, R::NOUN, why);
        if scope == Scope::Nothing || ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut found: HashMap<Id, Seen<R>> = HashMap::with_capacity(ids.len());
        for lookup in lookups(ids) {
            let sql = codec::lookup(codec::SEEN_COLUMNS, &placeholders(3, lookup.len()));
            let mut values = vec![actor.site.into(), R::NOUN.into()];
            values.extend(lookup.into_iter().map(Val::from));
            for row in self.rows(&sql, values).await? {
                let key = self.key_of(actor.site, &row, codec::SEEN_COUNT)?;
                let seen = read::<R>(actor.site, &row, key.as_ref())?;
                if seen.meta.version > 0 && !seen.meta.retracted {
                    found.insert(seen.meta.id, seen);
                }
            }
        }
        if scope != Scope::All {
            let mine = self.mine(actor, why).await?;
            found.retain(|id, seen| {
                let within = std::iter::once(*id).chain(seen.state.within()).collect();
                scope.admits(&Facts { id: *id, made_by: seen.meta.made_by, within }, &mine)
            });
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }
}
