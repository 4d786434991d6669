//! Finding needs.

use journal::{Node, StoreError, placeholders};
use kernel::page::{Page, limit};
use kernel::{Actor, Id, ScopeColumns, Sql, Use, Val, scope};

use super::Status;
use super::views::NeedCard;

static LIST: Sql = Sql {
    name: "outreach.needs",
    text: "SELECT n.need, n.no FROM need_row n WHERE n.site = $1 AND n.status = $2 AND n.no < $3",
};
static ALL: Sql = Sql {
    name: "outreach.needs_all",
    text: "SELECT n.need, n.no FROM need_row n WHERE n.site = $1 AND n.status <> $2 AND n.no < $3",
};
static COUNT: Sql = Sql {
    name: "outreach.need_count",
    text: "SELECT COUNT(*) FROM need_row n WHERE n.site = $1 AND n.status = $2",
};
static OF_ENCOUNTER: Sql = Sql {
    name: "outreach.needs_of_encounter",
    text: "SELECT need FROM need_row WHERE site = $1 AND encounter = $2 ORDER BY no LIMIT 200",
};
static OF_PERSONS: Sql = Sql {
    name: "outreach.needs_of_persons",
    text: "SELECT need FROM need_row WHERE site = $1 AND person IN ($2)",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&LIST, &ALL, &COUNT, &OF_ENCOUNTER, &OF_PERSONS];

const COLUMNS: ScopeColumns<'static> = ScopeColumns {
    site: "n.site",
    id: "n.need",
    made_by: "n.made_by",
    within: &["n.need", "n.person", "n.encounter"],
};

/// Needs in the actor's scope, those of one status or all, newest first.
pub async fn list(
    node: &Node,
    actor: &Actor,
    status: Option<Status>,
    after: Option<&str>,
    asked: usize,
) -> Result<Page<NeedCard>, StoreError> {
    let limit = limit(asked);
    let after = after.and_then(|text| text.parse::<i64>().ok()).unwrap_or(i64::MAX);
    let (base, status) = status.map_or((&ALL, ""), |status| (&LIST, status.code()));
    let mut values = vec![actor.site.into(), status.into(), after.into()];
    let scoped = scope(actor, "need", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY n.no DESC LIMIT {}", base.text, limit + 1);
    let rows = node.rows(&sql, values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "need", &ids, Use::Read).await?;
    let page = Page::cut(held, limit, |held| held.meta.no.to_string());
    Ok(page.map(|held| NeedCard::of(&held)))
}

/// How many needs of a status are in the actor's scope.
pub async fn count(node: &Node, actor: &Actor, status: Status) -> Result<u64, StoreError> {
    let mut values = vec![actor.site.into(), status.code().into()];
    let scoped = scope(actor, "need", Use::Read).sql(&COLUMNS, &mut values);
    let rows = node.rows(&format!("{} AND {scoped}", COUNT.text), values).await?;
    Ok(rows.first().map_or(0, |row| row.int(0).unsigned_abs()))
}

/// One need, if it is in the actor's scope.
pub async fn one(node: &Node, actor: &Actor, id: Id) -> Result<Option<NeedCard>, StoreError> {
    Ok(of_ids(node, actor, &[id]).await?.pop())
}

/// The needs heard at an encounter.
pub async fn of_encounter(node: &Node, actor: &Actor, encounter: Id) -> Result<Vec<NeedCard>, StoreError> {
    let rows = node.rows(OF_ENCOUNTER.text, vec![actor.site.into(), encounter.into()]).await?;
    of_ids(node, actor, &rows.iter().map(|row| row.id(0)).collect::<Vec<_>>()).await
}

/// The needs of a person and of those merged into it, newest first.
pub async fn of_persons(
    node: &Node,
    actor: &Actor,
    persons: &[Id],
    asked: usize,
) -> Result<Vec<NeedCard>, StoreError> {
    if persons.is_empty() {
        return Ok(Vec::new());
    }
    let base = OF_PERSONS.text.replace("$2", &placeholders(2, persons.len()));
    let mut values: Vec<Val> = vec![actor.site.into()];
    values.extend(persons.iter().map(|id| Val::from(*id)));
    let rows = node.rows(&format!("{base} ORDER BY no DESC LIMIT {}", limit(asked)), values).await?;
    of_ids(node, actor, &rows.iter().map(|row| row.id(0)).collect::<Vec<_>>()).await
}

async fn of_ids(node: &Node, actor: &Actor, ids: &[Id]) -> Result<Vec<NeedCard>, StoreError> {
    let held = node.visible(actor, "need", ids, Use::Read).await?;
    Ok(held.iter().map(NeedCard::of).collect())
}
