//! Finding hours, and adding them up.

use jiff::civil::Date;
use journal::{Node, StoreError, placeholders};
use kernel::page::{Named, Page, limit};
use kernel::{Actor, Id, ScopeColumns, Sql, Use, Val, scope};

use super::views::{HoursCard, HoursSum};

static LIST: Sql = Sql {
    name: "volunteering.hours",
    text: "SELECT h.hours FROM hours_row h WHERE h.site = $1 AND h.day >= $2 AND h.day <= $3 \
           AND (h.day < $4 OR (h.day = $4 AND h.hours < $5))",
};
static SUMS: Sql = Sql {
    name: "volunteering.sums",
    text: "SELECT h.who, h.kind, CAST(sum(h.minutes) AS BIGINT) AS total, count(*) FROM hours_row h \
           WHERE h.site = $1 AND h.day >= $2 AND h.day <= $3 GROUP BY h.who, h.kind",
};
static OF_WHOM: Sql = Sql {
    name: "volunteering.hours_of",
    text: "SELECT hours FROM hours_row WHERE site = $1 AND who IN ($2)",
};
static OF_ENCOUNTER: Sql = Sql {
    name: "volunteering.hours_of_encounter",
    text: "SELECT hours FROM hours_row WHERE site = $1 AND encounter = $2 ORDER BY hours LIMIT 200",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&LIST, &SUMS, &OF_WHOM, &OF_ENCOUNTER];

const COLUMNS: ScopeColumns<'static> = ScopeColumns {
    site: "h.site",
    id: "h.hours",
    made_by: "h.made_by",
    within: &["h.hours", "h.who", "h.encounter"],
};

/// Hours of a span of days in the actor's scope, the latest first.
pub async fn list(
    node: &Node,
    actor: &Actor,
    (from, to): (Date, Date),
    after: Option<&str>,
    asked: usize,
) -> Result<Page<HoursCard>, StoreError> {
    let limit = limit(asked);
    let (day, id) = after.and_then(|text| text.split_once('|')).unwrap_or(("~", "~"));
    let span = [from, to].map(|day| Val::from(day.to_string()));
    let mut values = vec![actor.site.into()];
    values.extend(span);
    values.extend([day.into(), id.into()]);
    let scoped = scope(actor, "hours", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY h.day DESC, h.hours DESC LIMIT {}", LIST.text, limit + 1);
    let rows = node.rows(&sql, values).await?;
    let cards = of_ids(node, actor, &rows.iter().map(|row| row.id(0)).collect::<Vec<_>>()).await?;
    Ok(Page::cut(cards, limit, |card| format!("{}|{}", card.day, card.id)))
}

/// What everybody in the actor's scope gave in a span of days, those who gave most first.
pub async fn sums(node: &Node, actor: &Actor, (from, to): (Date, Date)) -> Result<Vec<HoursSum>, StoreError> {
    let mut values = vec![actor.site.into(), from.to_string().into(), to.to_string().into()];
    let scoped = scope(actor, "hours", Use::Read).sql(&COLUMNS, &mut values);
    // What the reader may see is said between the days and the groups.
    let (days, groups) = SUMS.text.split_once(" GROUP BY").unwrap_or((SUMS.text, ""));
    let sql = format!("{days} AND {scoped} GROUP BY{groups} ORDER BY total DESC, h.who LIMIT 500");
    let rows = node.rows(&sql, values).await?;
    Ok(rows
        .iter()
        .map(|row| HoursSum {
            who: Named::unnamed(row.id(0)),
            account: row.text(1) == "account",
            minutes: row.int(2).unsigned_abs(),
            times: row.int(3).unsigned_abs(),
        })
        .collect())
}

/// The hours of an account, or of a person and those merged into it, the latest first.
pub async fn of_whom(
    node: &Node,
    actor: &Actor,
    whom: &[Id],
    asked: usize,
) -> Result<Vec<HoursCard>, StoreError> {
    if whom.is_empty() {
        return Ok(Vec::new());
    }
    let base = OF_WHOM.text.replace("$2", &placeholders(2, whom.len()));
    let mut values: Vec<Val> = vec![actor.site.into()];
    values.extend(whom.iter().map(|id| Val::from(*id)));
    let rows = node.rows(&format!("{base} ORDER BY day DESC LIMIT {}", limit(asked)), values).await?;
    of_ids(node, actor, &rows.iter().map(|row| row.id(0)).collect::<Vec<_>>()).await
}

/// The hours that were given at an encounter.
pub async fn of_encounter(node: &Node, actor: &Actor, encounter: Id) -> Result<Vec<HoursCard>, StoreError> {
    let rows = node.rows(OF_ENCOUNTER.text, vec![actor.site.into(), encounter.into()]).await?;
    of_ids(node, actor, &rows.iter().map(|row| row.id(0)).collect::<Vec<_>>()).await
}

async fn of_ids(node: &Node, actor: &Actor, ids: &[Id]) -> Result<Vec<HoursCard>, StoreError> {
    let held = node.visible(actor, "hours", ids, Use::Read).await?;
    Ok(held.iter().map(HoursCard::of).collect())
}
