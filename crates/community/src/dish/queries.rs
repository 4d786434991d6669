//! Who brings what.

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{Actor, Id, Sql, Use};

use super::Dish;
use super::views::{DishRow, Feast};
use crate::session;

static OF_SESSION: Sql = Sql {
    name: "community.dishes",
    text: "SELECT dish FROM dish_row WHERE site = $1 AND session = $2 ORDER BY no, dish",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&OF_SESSION];

/// The invitations to a session, if it is in the actor's scope. Names and ages are for the caller to look up.
pub async fn of_session(node: &Node, actor: &Actor, id: Id) -> Result<Option<Feast>, StoreError> {
    let Some(session) = session::queries::one(node, actor, id).await? else { return Ok(None) };
    let rows = node.rows(OF_SESSION.text, vec![actor.site.into(), id.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "dish", &ids, Use::Read).await?;
    let row = |held: &kernel::Held| {
        let dish: Dish = journal::state(held);
        DishRow {
            id: held.meta.id,
            household: dish.household.0,
            words: dish.words,
            brought: dish.brought,
            version: held.meta.version,
        }
    };
    let day = session.day.parse::<Date>().unwrap_or_default();
    Ok(Some(Feast { day, rows: held.iter().map(row).collect() }))
}
