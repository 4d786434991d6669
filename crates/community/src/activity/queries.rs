//! Finding activities.

use std::collections::HashMap;

use journal::{Node, StoreError, placeholders};
use kernel::page::{Page, limit};
use kernel::{Actor, Held, Id, ScopeColumns, Sql, Use, Val, scope};

use super::Activity;
use super::views::{ActivityCard, PlanView};

static LIST: Sql = Sql {
    name: "community.activities",
    text: "SELECT a.activity, a.no FROM activity_row a WHERE a.site = $1 AND a.no < $2",
};
static COUNTS: Sql = Sql {
    name: "community.session_counts",
    text: "SELECT activity, COUNT(*), MAX(day) FROM session_row WHERE site = $1 AND activity IN ($2) GROUP BY activity",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&LIST, &COUNTS];

/// Activities in the actor's scope, newest first.
pub async fn list(
    node: &Node,
    actor: &Actor,
    after: Option<&str>,
    asked: usize,
) -> Result<Page<ActivityCard>, StoreError> {
    let limit = limit(asked);
    let after = after.and_then(|text| text.parse::<i64>().ok()).unwrap_or(i64::MAX);
    let mut values = vec![actor.site.into(), after.into()];
    let columns =
        ScopeColumns { site: "a.site", id: "a.activity", made_by: "a.made_by", within: &["a.activity"] };
    let scoped = scope(actor, "activity", Use::Read).sql(&columns, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY a.no DESC LIMIT {}", LIST.text, limit + 1);
    let rows = node.rows(&sql, values).await?;
    let numbers: HashMap<Id, i64> = rows.iter().map(|row| (row.id(0), row.int(1))).collect();
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "activity", &ids, Use::Read).await?;
    let cards = cards(node, actor, &held).await?;
    let cursor = |card: &ActivityCard| numbers.get(&card.id).copied().unwrap_or_default().to_string();
    Ok(Page::cut(cards, limit, cursor))
}

/// One activity, if it is in the actor's scope.
pub async fn one(node: &Node, actor: &Actor, id: Id) -> Result<Option<ActivityCard>, StoreError> {
    let held = node.visible(actor, "activity", &[id], Use::Read).await?;
    Ok(cards(node, actor, &held).await?.pop())
}

async fn cards(node: &Node, actor: &Actor, held: &[Held]) -> Result<Vec<ActivityCard>, StoreError> {
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let sql = COUNTS.text.replace("$2", &placeholders(2, held.len()));
    let mut values: Vec<Val> = vec![actor.site.into()];
    values.extend(held.iter().map(|held| Val::from(held.meta.id)));
    let rows = node.rows(&sql, values).await?;
    let counts: HashMap<Id, (u64, Option<String>)> = rows
        .iter()
        .map(|row| (row.id(0), (row.int(1).unsigned_abs(), row.opt_text(2).map(str::to_owned))))
        .collect();
    let today = node.today();
    let card = |held: &Held| {
        let activity: Activity = journal::state(held);
        let (sessions, last_day) = counts.get(&held.meta.id).cloned().unwrap_or_default();
        ActivityCard {
            id: held.meta.id,
            title: activity.title,
            kind: activity.kind.0,
            words: activity.words,
            place: activity.place,
            place_text: activity.place_text,
            capacity: activity.capacity,
            children_per_adult: activity.children_per_adult,
            staff: activity.staff.iter().map(|account| account.0).collect(),
            volunteers: activity.volunteers.iter().map(|account| account.0).collect(),
            public: activity.public,
            plans: activity.plans.into_iter().map(|plan| PlanView::of(plan, today)).collect(),
            sessions,
            last_day,
            version: held.meta.version,
        }
    };
    Ok(held.iter().map(card).collect())
}

/// Activities as they stand, whoever asks; for lists whose own entries are in scope.
pub(crate) async fn states(
    node: &Node,
    actor: &Actor,
    activities: &[Id],
) -> Result<HashMap<Id, Activity>, StoreError> {
    let held = node.held_many(actor.site, "activity", activities).await?;
    Ok(held.iter().map(|held| (held.meta.id, journal::state(held))).collect())
}
