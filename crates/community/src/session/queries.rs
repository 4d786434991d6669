//! Finding sessions.

use jiff::civil::Date;
use journal::{Node, Row, StoreError};
use kernel::page::{Page, limit};
use kernel::{Actor, Held, Id, ScopeColumns, Sql, Use, Val, scope};

use super::Session;
use super::views::SessionCard;
use crate::signup::queries::Asked;
use crate::{activity, signup};

static BETWEEN: Sql = Sql {
    name: "community.sessions_between",
    text: "SELECT s.session, s.day, s.start FROM session_row s WHERE s.site = $1 AND s.day >= $2 AND s.day <= $3 \
           AND (s.day > $4 OR (s.day = $4 AND (s.start > $5 OR (s.start = $5 AND s.session > $6))))",
};
static OF_ACTIVITY: Sql = Sql {
    name: "community.sessions_of",
    text: "SELECT s.session, s.day, s.start FROM session_row s WHERE s.site = $1 AND s.activity = $2",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[
    &BETWEEN,
    &OF_ACTIVITY,
    &super::super::participation::queries::ON_ROLL,
    &super::super::participation::queries::REGULARS,
    &super::super::participation::queries::OF_PERSON,
    &super::super::participation::queries::OF_SESSION,
];

const COLUMNS: ScopeColumns<'static> = ScopeColumns {
    site: "s.site",
    id: "s.session",
    made_by: "s.made_by",
    within: &["s.session", "s.activity"],
};

/// Sessions of these days in the actor's scope, in order of time.
pub async fn between(
    node: &Node,
    actor: &Actor,
    (from, to): (Date, Date),
    after: Option<&str>,
    asked: usize,
) -> Result<Page<SessionCard>, StoreError> {
    let limit = limit(asked);
    let mut place = after.unwrap_or_default().splitn(3, '|');
    let mut next = || Val::from(place.next().unwrap_or_default());
    let mut values =
        vec![actor.site.into(), from.to_string().into(), to.to_string().into(), next(), next(), next()];
    let scoped = scope(actor, "session", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!("{} AND {scoped} ORDER BY s.day, s.start, s.session LIMIT {}", BETWEEN.text, limit + 1);
    let rows = node.rows(&sql, values).await?;
    let cards = cards(node, actor, &rows).await?;
    let cursor = |card: &SessionCard| {
        format!("{}|{}|{}", card.day, card.start.as_deref().unwrap_or_default(), card.id)
    };
    Ok(Page::cut(cards, limit, cursor))
}

/// The sessions of an activity, the latest first; at most 400.
pub async fn of_activity(node: &Node, actor: &Actor, activity: Id) -> Result<Vec<SessionCard>, StoreError> {
    let mut values = vec![actor.site.into(), activity.into()];
    let scoped = scope(actor, "session", Use::Read).sql(&COLUMNS, &mut values);
    let sql = format!(
        "{} AND {scoped} ORDER BY s.day DESC, s.start DESC, s.session DESC LIMIT 400",
        OF_ACTIVITY.text
    );
    let rows = node.rows(&sql, values).await?;
    cards(node, actor, &rows).await
}

/// One session, if it is in the actor's scope.
pub async fn one(node: &Node, actor: &Actor, id: Id) -> Result<Option<SessionCard>, StoreError> {
    Ok(of_ids(node, actor, &[id]).await?.pop())
}

async fn cards(node: &Node, actor: &Actor, rows: &[Row]) -> Result<Vec<SessionCard>, StoreError> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    of_ids(node, actor, &ids).await
}

pub(crate) async fn of_ids(node: &Node, actor: &Actor, ids: &[Id]) -> Result<Vec<SessionCard>, StoreError> {
    let held = node.visible(actor, "session", ids, Use::Read).await?;
    let sessions: Vec<Session> = held.iter().map(journal::state).collect();
    let mut activities: Vec<Id> = sessions.iter().map(|session| session.activity.0).collect();
    activities.sort_unstable();
    activities.dedup();
    let activities = activity::queries::states(node, actor, &activities).await?;
    let fits = |session: &Session| {
        session
            .capacity
            .or_else(|| activities.get(&session.activity.0).and_then(|activity| activity.capacity))
    };
    let asked: Vec<Asked> = held
        .iter()
        .zip(&sessions)
        .map(|(held, session)| Asked {
            session: held.meta.id,
            capacity: fits(session),
            changes: session.changes,
        })
        .collect();
    let expected = signup::queries::expected(node, actor.site, &asked).await?;
    let card = |(held, session): (&Held, Session)| {
        let activity = activities.get(&session.activity.0).cloned().unwrap_or_default();
        let when = session.when();
        SessionCard {
            id: held.meta.id,
            activity: session.activity.0,
            capacity: session.capacity.or(activity.capacity),
            activity_title: activity.title,
            activity_kind: activity.kind.0,
            day: session.day.to_string(),
            start: session.start,
            end: session.end,
            title: session.title,
            place_text: if session.place_text.is_empty() { activity.place_text } else { session.place_text },
            status: session.status,
            why: session.why,
            moved_from: session.moved_from.filter(|from| *from != when),
            slot: session.slot.map(|slot| slot.to_string()),
            changes: session.changes,
            expected: expected.get(&held.meta.id).copied().unwrap_or_default(),
            version: held.meta.version,
        }
    };
    Ok(held.iter().zip(sessions).map(card).collect())
}
