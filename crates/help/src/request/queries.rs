//! Finding requests.

use std::fmt::Write;

use jiff::civil::Date;
use journal::{Node, StoreError, placeholders};
use kernel::page::{Page, limit};
use kernel::{AccountId, Actor, Id, ScopeColumns, Sql, Use, Val, scope};

use super::Status;
use super::state::NO_DUE;
use super::views::RequestCard;

static LIST: Sql = Sql {
    name: "help.requests",
    text: "SELECT r.request, r.due, r.no FROM request_row r WHERE r.site = $1 \
           AND (r.due > $2 OR (r.due = $2 AND r.no > $3)) AND r.due <= $4",
};
static OF_PERSONS: Sql = Sql {
    name: "help.requests_of",
    text: "SELECT request FROM request_row WHERE site = $1 AND person IN ($2)",
};
static OF_NEED: Sql = Sql {
    name: "help.requests_of_need",
    text: "SELECT request FROM request_row WHERE site = $1 AND need = $2 ORDER BY no LIMIT 200",
};

static CLOSED: Sql = Sql {
    name: "help.requests_closed",
    text: "SELECT r.request, r.no FROM request_row r WHERE r.site = $1 AND r.status = $2 AND r.no < $3",
};
static FOLLOW_UPS: Sql = Sql {
    name: "help.request_follow_ups",
    text: "SELECT r.request FROM request_row r WHERE r.site = $1 AND r.follow_up <= $2",
};
static REFERRED: Sql = Sql {
    name: "help.requests_referred",
    text: "SELECT DISTINCT request FROM referral_row WHERE site = $1 AND status IN ('sent', 'accepted') \
           AND request IN ($2)",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&LIST, &CLOSED, &OF_PERSONS, &OF_NEED, &FOLLOW_UPS, &REFERRED];

const COLUMNS: ScopeColumns<'static> = ScopeColumns {
    site: "r.site",
    id: "r.request",
    made_by: "r.made_by",
    within: &["r.request", "r.person", "r.need"],
};

/// Which requests are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those that stand so.
    pub status: Option<Status>,
    /// Those that this account sees to.
    pub owner: Option<AccountId>,
    /// Those due before this day; ones without a due date are left out.
    pub due_before: Option<Date>,
    /// Those due on this day or later.
    pub due_from: Option<Date>,
}

/// Requests in the actor's scope, those due first first, those without a due date last.
pub async fn list(
    node: &Node,
    actor: &Actor,
    filter: Filter,
    after: Option<&str>,
    asked: usize,
) -> Result<Page<RequestCard>, StoreError> {
    let limit = limit(asked);
    let (due, no) = match after.and_then(|text| text.split_once('|')) {
        Some((due, no)) => (due.to_owned(), no.parse().unwrap_or(i64::MAX)),
        // `no` starts at 1, so -1 takes in everything of the first day.
        None => (filter.due_from.map_or_else(String::new, |day| day.to_string()), -1),
    };
    let last = match filter.due_before.map(Date::yesterday) {
        None => NO_DUE.to_owned(),
        Some(Ok(day)) => day.to_string(),
        Some(Err(_)) => String::new(),
    };
    let mut values = vec![actor.site.into(), due.into(), no.into(), last.into()];
    let mut conditions = String::new();
    let mut only = |column: &str, value: Val| {
        values.push(value);
        let _ = write!(conditions, " AND {column} = ${}", values.len());
    };
    if let Some(status) = filter.status {
        only("r.status", status.code().into());
    }
    if let Some(owner) = filter.owner {
        only("r.owner", owner.into());
    }
    let scoped = scope(actor, "request", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{}{conditions} AND {scoped} ORDER BY r.due, r.no LIMIT {}", LIST.text, limit + 1);
    let rows = node.rows(&sql, values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "request", &ids, Use::Read).await?;
    let page = Page::cut(held, limit, |held| {
        let card = RequestCard::of(held);
        format!("{}|{}", card.due.as_deref().unwrap_or(NO_DUE), held.meta.no)
    });
    let mut page = page.map(|held| RequestCard::of(&held));
    referred(node, actor, &mut page.items).await?;
    Ok(page)
}

/// Requests that are over in the actor's scope, those asked last first.
pub async fn closed(
    node: &Node,
    actor: &Actor,
    status: Status,
    owner: Option<AccountId>,
    after: Option<&str>,
    asked: usize,
) -> Result<Page<RequestCard>, StoreError> {
    let limit = limit(asked);
    let after = after.and_then(|text| text.parse::<i64>().ok()).unwrap_or(i64::MAX);
    let mut values = vec![actor.site.into(), status.code().into(), after.into()];
    let mut sql = CLOSED.text.to_owned();
    if let Some(owner) = owner {
        values.push(owner.into());
        let _ = write!(sql, " AND r.owner = ${}", values.len());
    }
    let scoped = scope(actor, "request", Use::Read).sql(&COLUMNS, &mut values);
    let _ = write!(sql, " AND {scoped} ORDER BY r.no DESC LIMIT {}", limit + 1);
    let rows = node.rows(&sql, values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "request", &ids, Use::Read).await?;
    let page = Page::cut(held, limit, |held| held.meta.no.to_string());
    Ok(page.map(|held| RequestCard::of(&held)))
}

/// Notes which of these requests a partner is seeing to.
async fn referred(node: &Node, actor: &Actor, cards: &mut [RequestCard]) -> Result<(), StoreError> {
    let open: Vec<Id> = cards.iter().filter(|card| card.status == Status::Open).map(|card| card.id).collect();
    if open.is_empty() {
        return Ok(());
    }
    let mut values: Vec<Val> = vec![actor.site.into()];
    values.extend(open.iter().map(|id| Val::from(*id)));
    let sql = REFERRED.text.replace("$2", &placeholders(2, open.len()));
    let rows = node.rows(&sql, values).await?;
    for card in cards {
        card.referred = rows.iter().any(|row| row.id(0) == card.id);
    }
    Ok(())
}

/// Requests that are done and to be asked after by this day, those due first first. For Today.
pub async fn follow_ups(node: &Node, actor: &Actor, day: Date) -> Result<Vec<RequestCard>, StoreError> {
    let mut values = vec![actor.site.into(), day.to_string().into()];
    let scoped = scope(actor, "request", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY r.follow_up, r.no LIMIT 100", FOLLOW_UPS.text);
    let rows = node.rows(&sql, values).await?;
    of_ids(node, actor, &rows.iter().map(|row| row.id(0)).collect::<Vec<_>>()).await
}

/// One request, if it is in the actor's scope.
pub async fn one(node: &Node, actor: &Actor, id: Id) -> Result<Option<RequestCard>, StoreError> {
    Ok(of_ids(node, actor, &[id]).await?.pop())
}

/// Open requests that are due on this day, and those that were due before it.
pub async fn due(
    node: &Node,
    actor: &Actor,
    day: Date,
) -> Result<(Vec<RequestCard>, Vec<RequestCard>), StoreError> {
    let open = Filter { status: Some(Status::Open), ..Filter::default() };
    let overdue = list(node, actor, Filter { due_before: Some(day), ..open }, None, 200).await?.items;
    let until = day.tomorrow().ok();
    let today = Filter { due_from: Some(day), due_before: until, ..open };
    Ok((list(node, actor, today, None, 200).await?.items, overdue))
}

/// The requests that came from a need.
pub async fn of_need(node: &Node, actor: &Actor, need: Id) -> Result<Vec<RequestCard>, StoreError> {
    let rows = node.rows(OF_NEED.text, vec![actor.site.into(), need.into()]).await?;
    of_ids(node, actor, &rows.iter().map(|row| row.id(0)).collect::<Vec<_>>()).await
}

/// The requests for a person and for those merged into it, newest first.
pub async fn of_persons(
    node: &Node,
    actor: &Actor,
    persons: &[Id],
    asked: usize,
) -> Result<Vec<RequestCard>, StoreError> {
    if persons.is_empty() {
        return Ok(Vec::new());
    }
    let base = OF_PERSONS.text.replace("$2", &placeholders(2, persons.len()));
    let mut values: Vec<Val> = vec![actor.site.into()];
    values.extend(persons.iter().map(|id| Val::from(*id)));
    let rows = node.rows(&format!("{base} ORDER BY no DESC LIMIT {}", limit(asked)), values).await?;
    of_ids(node, actor, &rows.iter().map(|row| row.id(0)).collect::<Vec<_>>()).await
}

async fn of_ids(node: &Node, actor: &Actor, ids: &[Id]) -> Result<Vec<RequestCard>, StoreError> {
    let held = node.visible(actor, "request", ids, Use::Read).await?;
    Ok(held.iter().map(RequestCard::of).collect())
}
