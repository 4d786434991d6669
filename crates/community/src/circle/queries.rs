//! Circles and what may be read of them.

use journal::{Node, StoreError};
use kernel::units::Participations;
use kernel::{ActivityId, Actor, Id, ScopeColumns, Sql, Use, scope};

use super::state::{Circle, circle_id};
use super::views::{CircleCard, CircleNoteView, CircleView, Meeting};
use crate::{activity, participation, session};

static NOTES: Sql = Sql {
    name: "community.circle_notes",
    text: "SELECT n.note, n.no FROM circle_note_row n WHERE n.site = $1 AND n.circle = $2",
};

static ALL: Sql = Sql {
    name: "community.circles",
    text: "SELECT circle FROM circle_row WHERE site = $1 ORDER BY no DESC, circle LIMIT 500",
};

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&NOTES, &ALL];

/// How many notes are shown, the latest.
const SHOWN: usize = 200;

/// The circle of an activity, if it was founded and the actor may know of it.
pub async fn of_activity(node: &Node, actor: &Actor, activity: Id) -> Result<Option<CircleView>, StoreError> {
    let held = node.visible_one(actor, "circle", circle_id(ActivityId(activity)), Use::Read).await?;
    Ok(held.map(|held| CircleView::of(&held, actor)))
}

/// The circles that the actor may know of, the latest first.
pub async fn list(node: &Node, actor: &Actor) -> Result<Vec<CircleCard>, StoreError> {
    let rows = node.rows(ALL.text, vec![actor.site.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "circle", &ids, Use::Read).await?;
    let circles: Vec<Circle> = held.iter().map(journal::state).collect();
    let activities: Vec<Id> = circles.iter().map(|circle| circle.activity.0).collect();
    let activities = activity::queries::states(node, actor, &activities).await?;
    let card = |circle: &Circle| CircleCard {
        activity: circle.activity.0,
        title: activities.get(&circle.activity.0).map(|it| it.title.clone()).unwrap_or_default(),
        members: circle.members.len(),
        member: circle.members.contains(&actor.account),
    };
    Ok(circles.iter().map(card).collect())
}

/// The notes of a circle that the actor may read, the latest first.
pub async fn notes(node: &Node, actor: &Actor, circle: Id) -> Result<Vec<CircleNoteView>, StoreError> {
    let columns = ScopeColumns { site: "n.site", id: "n.note", made_by: "n.made_by", within: &["n.reader"] };
    let mut values = vec![actor.site.into(), circle.into()];
    let scoped = scope(actor, "circle_note", Use::Read).sql(&columns, &mut values);
    let sql = format!("{} AND {scoped} GROUP BY n.note, n.no ORDER BY n.no DESC LIMIT {SHOWN}", NOTES.text);
    let rows = node.rows(&sql, values).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "circle_note", &ids, Use::Read).await?;
    Ok(held.iter().map(|held| CircleNoteView::of(held, actor)).collect())
}

/// The latest meetings with their head counts.
pub async fn meetings(node: &Node, actor: &Actor, activity: Id) -> Result<Vec<Meeting>, StoreError> {
    let sessions = session::queries::of_activity(node, actor, activity).await?;
    let today = node.today().to_string();
    let mut all = Vec::new();
    for session in sessions.into_iter().filter(|session| session.day <= today).take(6) {
        let roll = participation::queries::roll(node, actor, session.id).await?;
        let heads = roll.map_or(Participations(0), |roll| roll.totals.participations);
        all.push(Meeting { session, heads });
    }
    Ok(all)
}
