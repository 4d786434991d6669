//! Who answers for children.

use std::collections::HashMap;

use journal::{Node, StoreError};
use kernel::{Actor, Id, Label, Sql, Use};

use super::{Tie, TieKind};
use crate::person::{self, Person};
use crate::sql::{ids, rows_in};

const OF_CHILDREN: &str = "SELECT tie FROM tie_row \
    WHERE site = $1 AND kind IN ('mother', 'father', 'guardian', 'grandmother', 'grandfather') AND person IN";

/// Statements here, in the shape of one id.
pub static STATEMENTS: &[&Sql] = &[&Sql {
    name: "people.guardians",
    text: "SELECT tie FROM tie_row \
        WHERE site = $1 AND kind IN ('mother', 'father', 'guardian', 'grandmother', 'grandfather') \
        AND person IN ($2) ORDER BY no",
}];

/// A parent, grandparent or guardian with a phone. Has no `Debug`: it names people.
#[derive(Clone)]
pub struct Guardian {
    /// What they are to the child.
    pub kind: TieKind,
    /// Their name.
    pub name: String,
    /// Their first phone.
    pub phone: String,
}

/// The parents, guardians and grandparents of children who have a phone, parents first, as far as the actor may read them.
pub async fn guardians(
    node: &Node,
    actor: &Actor,
    children: &[Id],
) -> Result<HashMap<Id, Vec<Guardian>>, StoreError> {
    let rows = rows_in(node, actor.site, OF_CHILDREN, &ids(children), "ORDER BY no").await?;
    let found: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "tie", &found, Use::Read).await?;
    let mut ties: Vec<Tie> = held.iter().map(journal::state).collect();
    ties.sort_by_key(|tie| place(tie.kind));
    let others: Vec<Id> = ties.iter().map(|tie| tie.other.0).collect();
    let names = person::names_of(node, actor, &others).await?;
    let held = node.visible(actor, "person", &others, Use::Read).await?;
    let phone = |person: &Person| person.phones.first().map(|phone| phone.number.clone());
    let phones: HashMap<Id, String> =
        held.iter().filter_map(|held| Some((held.meta.id, phone(&journal::state(held))?))).collect();
    let mut all: HashMap<Id, Vec<Guardian>> = HashMap::new();
    for tie in ties.iter().filter(|_| Label::Contact.readable_by(actor.role)) {
        let Some(phone) = phones.get(&tie.other.0) else { continue };
        let name = names.get(&tie.other.0).cloned().unwrap_or_default();
        let guardian = Guardian { kind: tie.kind, name, phone: phone.clone() };
        all.entry(tie.person.0).or_default().push(guardian);
    }
    Ok(all)
}

/// Parents before guardians before grandparents.
fn place(kind: TieKind) -> u8 {
    match kind {
        TieKind::Mother => 0,
        TieKind::Father => 1,
        TieKind::Guardian => 2,
        _ => 3,
    }
}
