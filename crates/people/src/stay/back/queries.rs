//! Who means to be back when.

use std::collections::HashMap;

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{Actor, Id, Sql, Use};

use crate::sql::{ids, rows_in};
use crate::stay::Stay;

const HERE: &str = "SELECT stay, person, since, until FROM stay_row WHERE site = $1 AND kind IN ('living', 'working') AND person IN";

/// Statements here, in the shape of one id.
pub static STATEMENTS: &[&Sql] = &[&Sql {
    name: "people.stays_here",
    text: "SELECT stay, person, since, until FROM stay_row WHERE site = $1 AND kind IN ('living', 'working') \
           AND person IN ($2) ORDER BY kind DESC, no",
}];

/// A stay here, and when they mean to be back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// The stay.
    pub stay: Id,
    /// The day they mean to be back, where an exact one is noted.
    pub expected_back: Option<Date>,
    /// For edits.
    pub version: i64,
}

/// Where each of these people lives on a day, or works, as far as the actor may know of it: the latest such stay.
pub async fn here(
    node: &Node,
    actor: &Actor,
    persons: &[Id],
    day: Date,
) -> Result<HashMap<Id, Here>, StoreError> {
    let today = day.to_string();
    let rows = rows_in(node, actor.site, HERE, &ids(persons), "ORDER BY kind DESC, no").await?;
    let now = |row: &&journal::Row| {
        let later = row.opt_text(2).is_some_and(|since| since > today.as_str());
        let over = row.opt_text(3).is_some_and(|until| until < today.as_str());
        !later && !over
    };
    let stays: HashMap<Id, Id> = rows.iter().filter(now).map(|row| (row.id(1), row.id(0))).collect();
    let wanted: Vec<Id> = stays.values().copied().collect();
    let held = node.visible(actor, "stay", &wanted, Use::Read).await?;
    let of = |held: &kernel::Held| {
        let stay: Stay = journal::state(held);
        let expected_back = stay.expected_back.as_ref().and_then(calendar::Stated::day_if_exact);
        (stay.person.0, Here { stay: held.meta.id, expected_back, version: held.meta.version })
    };
    Ok(held.iter().map(of).collect())
}
