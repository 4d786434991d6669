//! Finding leaflet runs, and adding up their copies.

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::page::{Page, limit};
use kernel::units::Copies;
use kernel::{Actor, Id, ScopeColumns, Sql, Use, Val, scope};

use super::views::{LeafletCard, LeafletSum};

static LIST: Sql = Sql {
    name: "outreach.leaflets",
    text: "SELECT l.run FROM leaflet_row l WHERE l.site = $1 AND (l.day < $2 OR (l.day = $2 AND l.run < $3))",
};
static SUMS: Sql = Sql {
    name: "outreach.leaflet_sums",
    text: "SELECT l.title, CAST(sum(l.copies) AS BIGINT) AS total FROM leaflet_row l \
           WHERE l.site = $1 AND l.day >= $2 AND l.day <= $3 GROUP BY l.title",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&LIST, &SUMS];

const COLUMNS: ScopeColumns<'static> =
    ScopeColumns { site: "l.site", id: "l.run", made_by: "l.made_by", within: &["l.run"] };

/// Leaflet runs in the actor's scope, the latest first.
pub async fn list(
    node: &Node,
    actor: &Actor,
    after: Option<&str>,
    asked: usize,
) -> Result<Page<LeafletCard>, StoreError> {
    let limit = limit(asked);
    let (day, id) = after.and_then(|text| text.split_once('|')).unwrap_or(("~", "~"));
    let mut values = vec![actor.site.into(), day.into(), id.into()];
    let scoped = scope(actor, "leaflet_run", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY l.day DESC, l.run DESC LIMIT {}", LIST.text, limit + 1);
    let rows = node.rows(&sql, values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "leaflet_run", &ids, Use::Read).await?;
    let cards = held.iter().map(LeafletCard::of).collect();
    Ok(Page::cut(cards, limit, |card: &LeafletCard| format!("{}|{}", card.day, card.id)))
}

/// How many copies of each leaflet went out in a span of days, as far as the actor may count.
pub async fn sums(node: &Node, actor: &Actor, span: (Date, Date)) -> Result<Vec<LeafletSum>, StoreError> {
    if scope(actor, "leaflet_run", Use::Count) != kernel::Scope::All {
        return Ok(Vec::new());
    }
    let values: Vec<Val> = vec![actor.site.into(), span.0.to_string().into(), span.1.to_string().into()];
    let sql = format!("{} ORDER BY total DESC, l.title LIMIT 200", SUMS.text);
    let rows = node.rows(&sql, values).await?;
    let sum = |row: &journal::Row| LeafletSum {
        title: row.text(0).to_owned(),
        copies: Copies(row.int(1).unsigned_abs()),
    };
    Ok(rows.iter().map(sum).collect())
}
