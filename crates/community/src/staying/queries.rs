//! Who was asked, and what they said.

use std::collections::HashSet;

use journal::{Node, StoreError};
use kernel::{Actor, Held, Id, ScopeColumns, SiteId, Sql, Use, scope};

use super::{FestivalMeal, meal_id};

static OF_FESTIVAL: Sql = Sql {
    name: "community.festival_stays",
    text: "SELECT f.festival_stay FROM festival_stay_row f WHERE f.site = $1 AND f.festival = $2 AND f.year = $3",
};
static ASKED: Sql = Sql {
    name: "community.festival_asked",
    text: "SELECT household, person FROM festival_stay_row WHERE site = $1 AND festival = $2 AND year = $3 \
           AND answer <> 'not_asked' ORDER BY festival_stay",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&OF_FESTIVAL, &ASKED];

/// How an answer is reached: by itself, and through the household or person.
pub const COLUMNS: ScopeColumns<'static> = ScopeColumns {
    site: "f.site",
    id: "f.festival_stay",
    made_by: "f.made_by",
    within: &["f.festival_stay", "f.household", "f.person"],
};

/// The answers of a festival that the actor may know of, in the order they were made.
pub async fn of_festival(
    node: &Node,
    actor: &Actor,
    festival: &str,
    year: i16,
) -> Result<Vec<Held>, StoreError> {
    let mut values = vec![actor.site.into(), festival.into(), i64::from(year).into()];
    let scoped = scope(actor, "festival_stay", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY f.no, f.festival_stay", OF_FESTIVAL.text);
    let rows = node.rows(&sql, values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    node.visible(actor, "festival_stay", &ids, Use::Read).await
}

/// The households, and the people without one, that have answered, whoever asks.
pub async fn asked(node: &Node, site: SiteId, festival: &str, year: i16) -> Result<HashSet<Id>, StoreError> {
    let values = vec![site.into(), festival.into(), i64::from(year).into()];
    let rows = node.rows(ASKED.text, values).await?;
    let id = |row: &journal::Row| row.opt_text(0).or(row.opt_text(1)).and_then(|text| text.parse().ok());
    Ok(rows.iter().filter_map(id).collect())
}

/// The shared meal of a festival, where one was named: the session, and the version of the record.
pub async fn meal(
    node: &Node,
    actor: &Actor,
    festival: &str,
    year: i16,
) -> Result<Option<(Option<Id>, i64)>, StoreError> {
    let id = meal_id(actor.site, festival, year);
    let held = node.visible_one(actor, "festival_meal", id, Use::Read).await?;
    Ok(held.map(|held| (journal::state::<FestivalMeal>(&held).session, held.meta.version)))
}
