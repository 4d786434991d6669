//! Whom a roll names to somebody who knows of them by that alone.

use std::collections::HashMap;

use journal::{Node, Seen, StoreError};
use kernel::{Actor, Id, Use, scope};

use super::page::names_of;
use super::roots;
use crate::person::state::Person;
use crate::views::reads_names;

/// Names on a roll.
#[derive(Clone, Default)]
pub struct OnRoll {
    /// By person; a duplicate has the name of the record that stands for it.
    pub names: HashMap<Id, String>,
    /// Of these the reader knows the name alone, and by this roll alone.
    pub lent: Vec<Id>,
}

/// The names of these persons: those that the actor may read anyway, and those that the roll of the session offers.
pub async fn names_on_roll(
    node: &Node,
    actor: &Actor,
    session: Id,
    persons: &[Id],
) -> Result<OnRoll, StoreError> {
    let mut names = names_of(node, actor, persons).await?;
    let by_roll = Use::Roll(session);
    if !reads_names(actor.role) || scope(actor, "person", by_roll) == scope(actor, "person", Use::Read) {
        return Ok(OnRoll { names, lent: Vec::new() });
    }
    let rest: Vec<Id> = persons.iter().copied().filter(|id| !names.contains_key(id)).collect();
    let offered: Vec<Seen<Person>> = node.seen(actor, &rest, by_roll).await?;
    let lent: Vec<Id> = offered.iter().map(|seen| seen.meta.id).collect();
    let roots = roots::roots(node, actor.site, &lent).await?;
    let standing: Vec<Id> = roots.values().copied().collect();
    let held = node.held_many(actor.site, "person", &standing).await?;
    let shown: HashMap<Id, String> =
        held.iter().map(|held| (held.meta.id, journal::state::<Person>(held).shown().to_owned())).collect();
    names.extend(roots.iter().filter_map(|(id, root)| Some((*id, shown.get(root)?.clone()))));
    Ok(OnRoll { names, lent })
}
