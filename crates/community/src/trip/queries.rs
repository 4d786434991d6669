//! Days of trips and camps.

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{Actor, Held, Id, Sql, Use};

use super::state::{TripDay, trip_day_id};
use super::views::LedDay;
use crate::activity;
use crate::session::views::SessionCard;

static ON: Sql = Sql {
    name: "community.trip_days_on",
    text: "SELECT trip_day FROM trip_day_row WHERE site = $1 AND day = $2 ORDER BY trip_day",
};
static BEFORE: Sql = Sql {
    name: "community.trip_day_before",
    text: "SELECT trip_day FROM trip_day_row WHERE site = $1 AND activity = $2 AND day < $3 \
           ORDER BY day DESC, trip_day DESC LIMIT 1",
};
static FIRST_SIGNUPS: Sql = Sql {
    name: "community.first_signups",
    text: "SELECT s.session FROM session_row s JOIN signup_row u ON u.site = s.site AND u.session = s.session \
           WHERE s.site = $1 AND s.activity = $2 AND u.cancelled = 0 ORDER BY s.day, s.start, s.session LIMIT 1",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&ON, &BEFORE, &FIRST_SIGNUPS];

/// The day of a session as it stands, whoever asks: who may read it is for the caller to ask.
pub async fn of_session(node: &Node, actor: &Actor, session: Id) -> Result<Option<Held>, StoreError> {
    node.held(actor.site, "trip_day", trip_day_id(session)).await
}

/// Who was along on the latest day of the activity before this one.
pub async fn before(
    node: &Node,
    actor: &Actor,
    session: &SessionCard,
) -> Result<Option<TripDay>, StoreError> {
    let values = vec![actor.site.into(), session.activity.into(), session.day.as_str().into()];
    let rows = node.rows(BEFORE.text, values).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let held = node.visible_one(actor, "trip_day", row.id(0), Use::Read).await?;
    Ok(held.as_ref().map(journal::state))
}

/// The first session of the activity that anybody signed up for: a camp is signed up for once.
pub async fn first_signups(node: &Node, actor: &Actor, activity: Id) -> Result<Option<Id>, StoreError> {
    let rows = node.rows(FIRST_SIGNUPS.text, vec![actor.site.into(), activity.into()]).await?;
    Ok(rows.first().map(|row| row.id(0)))
}

/// The days of today that somebody leads and that are not closed.
pub async fn led(node: &Node, actor: &Actor, today: Date) -> Result<Vec<LedDay>, StoreError> {
    let rows = node.rows(ON.text, vec![actor.site.into(), today.to_string().into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "trip_day", &ids, Use::Read).await?;
    let days: Vec<TripDay> = held.iter().map(journal::state).collect();
    let days: Vec<TripDay> = days.into_iter().filter(|day| day.lends_to(actor, today)).collect();
    let activities: Vec<Id> = days.iter().map(|day| day.activity.0).collect();
    let activities = activity::queries::states(node, actor, &activities).await?;
    let led = |day: &TripDay| LedDay {
        session: day.session,
        title: activities.get(&day.activity.0).map(|activity| activity.title.clone()).unwrap_or_default(),
        day: day.day.to_string(),
        children: day.along().count(),
    };
    Ok(days.iter().map(led).collect())
}
