//! Finding incidents, and what they have in common.

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::page::{Named, Page, limit};
use kernel::{Actor, Id, ScopeColumns, Sql, Use, scope};

use super::views::{IncidentCard, Pattern};
use super::{Incident, Kind};

static LIST: Sql = Sql {
    name: "outreach.incidents",
    text: "SELECT i.incident FROM incident_row i WHERE i.site = $1 \
           AND (i.day < $2 OR (i.day = $2 AND i.incident < $3))",
};
static PATTERNS: Sql = Sql {
    name: "outreach.patterns",
    text: "SELECT i.spot, i.kind, count(*) AS many, min(i.day), max(i.day), max(i.incident) FROM incident_row i \
           WHERE i.site = $1 AND i.day >= $2 GROUP BY i.spot, i.kind HAVING count(*) >= $3",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&LIST, &PATTERNS];

/// From so many on, incidents that are alike make a pattern.
pub const ALIKE: i64 = 3;

const COLUMNS: ScopeColumns<'static> =
    ScopeColumns { site: "i.site", id: "i.incident", made_by: "i.made_by", within: &["i.incident"] };

/// Incidents in the actor's scope, the latest first.
pub async fn list(
    node: &Node,
    actor: &Actor,
    after: Option<&str>,
    asked: usize,
) -> Result<Page<IncidentCard>, StoreError> {
    let limit = limit(asked);
    let (day, id) = after.and_then(|text| text.split_once('|')).unwrap_or(("~", "~"));
    let mut values = vec![actor.site.into(), day.into(), id.into()];
    let scoped = scope(actor, "incident", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY i.day DESC, i.incident DESC LIMIT {}", LIST.text, limit + 1);
    let rows = node.rows(&sql, values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "incident", &ids, Use::Read).await?;
    let cards = held.iter().map(|held| IncidentCard::of(held, actor)).collect();
    Ok(Page::cut(cards, limit, |card: &IncidentCard| format!("{}|{}", card.day, card.id)))
}

/// Incidents since a day that are alike, at one place, three or more; for those who see all of them. Nobody is named:
/// an incident names nobody.
pub async fn patterns(node: &Node, actor: &Actor, since: Date) -> Result<Vec<Pattern>, StoreError> {
    if scope(actor, "incident", Use::Read) != kernel::Scope::All {
        return Ok(Vec::new());
    }
    let values = vec![actor.site.into(), since.to_string().into(), ALIKE.into()];
    let sql = format!("{} ORDER BY many DESC, i.spot, i.kind LIMIT 50", PATTERNS.text);
    let rows = node.rows(&sql, values).await?;
    let last: Vec<Id> = rows.iter().map(|row| row.id(5)).collect();
    let held = node.visible(actor, "incident", &last, Use::Read).await?;
    let told = rows.iter().filter_map(|row| {
        let named = held.iter().find(|held| held.meta.id == row.id(5))?;
        let incident: Incident = journal::state(named);
        Some(Pattern {
            kind: Kind::from_code(row.text(1))?,
            place: incident.place.map(Named::unnamed),
            place_text: incident.place_text,
            incidents: row.int(2).unsigned_abs(),
            first: row.text(3).to_owned(),
            last: row.text(4).to_owned(),
        })
    });
    Ok(told.collect())
}
