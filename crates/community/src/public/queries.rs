//! Reading what is public. There is no actor to ask the scope for: what is read here was opened to anybody by staff, and
//! nothing else is.

use std::collections::HashMap;

use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::{Held, Id, SiteId, Sql};

use super::views::PublicSession;
use crate::activity::Activity;
use crate::session::{Session, Status};

static COMING: Sql = Sql {
    name: "community.public_sessions",
    text: "SELECT s.session, s.activity FROM session_row s \
           JOIN activity_row a ON a.site = s.site AND a.activity = s.activity \
           WHERE s.site = $1 AND s.day >= $2 AND s.day <= $3 AND a.public = 1 \
           ORDER BY s.day, s.start, s.session LIMIT 300",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&COMING];

/// The sessions of public activities on these days, in order of time; at most 300.
pub async fn coming(
    node: &Node,
    site: SiteId,
    (from, to): (Date, Date),
) -> Result<Vec<PublicSession>, StoreError> {
    let values = vec![site.into(), from.to_string().into(), to.to_string().into()];
    let rows = node.rows(COMING.text, values).await?;
    let sessions: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let mut activities: Vec<Id> = rows.iter().map(|row| row.id(1)).collect();
    activities.sort_unstable();
    activities.dedup();
    let activities = node.held_many(site, "activity", &activities).await?;
    let activities: HashMap<Id, Activity> =
        activities.iter().map(|held| (held.meta.id, journal::state(held))).collect();
    let sessions = node.held_many(site, "session", &sessions).await?;
    Ok(sessions.iter().filter_map(|held| public(held, &activities)).collect())
}

fn public(held: &Held, activities: &HashMap<Id, Activity>) -> Option<PublicSession> {
    let session: Session = journal::state(held);
    let activity = activities.get(&session.activity.0).filter(|activity| activity.public)?;
    let title = match session.title.as_str() {
        "" => activity.title.clone(),
        own => format!("{} · {own}", activity.title),
    };
    let place = [&session.place_text, &activity.place_text].into_iter().find(|place| !place.is_empty());
    let when = session.when();
    Some(PublicSession {
        id: held.meta.id,
        title,
        kind: activity.kind.0.clone(),
        words: activity.words.clone(),
        place_text: place.cloned().unwrap_or_default(),
        day: session.day,
        start: session.start.clone(),
        end: session.end.clone(),
        cancelled: session.status == Status::Cancelled,
        why: session.why.clone(),
        moved: session.moved_from.as_ref().is_some_and(|from| *from != when),
        changes: session.changes,
        changed: held.meta.changed,
    })
}
