//! Finding places that users added.

use std::collections::HashMap;

use journal::{Node, Row, StoreError};
use kernel::{Actor, Id, Scope, Sql, Use, Val};
use names::{NameForm, Query};

use super::Place;
use crate::views::PlaceCard;

static ALL: Sql = Sql {
    name: "places.all",
    text: "SELECT place, name, kind, division, parent, aliases, rounds FROM place_row WHERE site = $1 ORDER BY no LIMIT 5000",
};
static WITHIN: Sql = Sql {
    name: "places.within",
    text: "SELECT place, name, kind, division, parent, aliases, rounds FROM place_row WHERE site = $1 \
        AND division >= $2 AND division < $3 ORDER BY division, no LIMIT 1000",
};

/// Statements here.
pub static STATEMENTS: &[&Sql] = &[&ALL, &WITHIN];

fn card(row: &Row) -> PlaceCard {
    PlaceCard {
        id: row.id(0),
        name: row.text(1).to_owned(),
        kind: row.text(2).to_owned(),
        within: row.opt_text(3).map(str::to_owned),
        parent: row.opt_id(4),
        aliases: row.text(5).lines().map(str::to_owned).collect(),
        rounds: row.int(6) == 1,
    }
}

/// Places within a division, at any depth; all of them where none is given.
pub async fn within(node: &Node, actor: &Actor, code: &str) -> Result<Vec<PlaceCard>, StoreError> {
    if kernel::scope(actor, "place", Use::Read) == Scope::Nothing {
        return Ok(Vec::new());
    }
    let rows = if code.is_empty() {
        node.rows(ALL.text, vec![actor.site.into()]).await?
    } else {
        let values: Vec<Val> = vec![actor.site.into(), code.into(), format!("{code}~").into()];
        node.rows(WITHIN.text, values).await?
    };
    Ok(rows.iter().map(card).collect())
}

/// The names of these places.
pub async fn names(node: &Node, actor: &Actor, places: &[Id]) -> Result<HashMap<Id, String>, StoreError> {
    let held = node.visible(actor, "place", places, Use::Read).await?;
    Ok(held.iter().map(|held| (held.meta.id, journal::state::<Place>(held).name)).collect())
}

/// Places by name or alias, searched as people are, best first.
pub async fn find(
    node: &Node,
    actor: &Actor,
    query: &str,
    limit: usize,
) -> Result<Vec<PlaceCard>, StoreError> {
    let query = Query::parse(query);
    let mut found: Vec<_> = within(node, actor, "")
        .await?
        .into_iter()
        .filter_map(|place| {
            let names = std::iter::once(&place.name).chain(&place.aliases);
            let forms: Vec<NameForm> = names.map(|name| NameForm::birth(name.as_str())).collect();
            query.rank(&forms, &[]).map(|rank| (rank, place))
        })
        .collect();
    found.sort_by_key(|(rank, place)| (*rank, place.name.chars().count(), place.id));
    Ok(found.into_iter().take(limit).map(|(_, place)| place).collect())
}
