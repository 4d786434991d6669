//! Who is in care, and who may take them home.

use std::collections::HashMap;

use jiff::civil::Date;
use journal::{Node, StoreError, placeholders};
use kernel::{Actor, Id, Label, PersonId, SiteId, Sql, Use, Val};

use super::note::note_id;
use super::permission::{Line, PickupPermission};
use super::state::care_id;
use super::views::{CareChild, CareView, NoteView, Once, PermissionView};
use crate::participation::{MarkKind, mark_id};
use crate::session::views::SessionCard;

static OF_SESSION: Sql = Sql {
    name: "community.care",
    text: "SELECT care FROM care_row WHERE site = $1 AND session = $2 ORDER BY no, care",
};
static OF_ACTIVITY: Sql = Sql {
    name: "community.care_of_activity",
    text: "SELECT DISTINCT c.child FROM session_row s JOIN care_row c ON c.site = s.site AND c.session = s.session \
           WHERE s.site = $1 AND s.activity = $2 AND s.day >= $3 AND s.day <= $4 ORDER BY c.child",
};
static PERMISSIONS: Sql = Sql {
    name: "community.pickup_permissions",
    text: "SELECT permission FROM pickup_permission_row WHERE site = $1 AND child IN ($2) ORDER BY no, permission",
};

/// How far back one looks for children who come regularly.
const WEEKS: i64 = 4;

/// Every statement here.
pub const STATEMENTS: &[&Sql] = &[&OF_SESSION, &OF_ACTIVITY, &PERMISSIONS];

/// The children in care at a session that is in the actor's scope, by child.
pub async fn of_session(
    node: &Node,
    actor: &Actor,
    session: &SessionCard,
) -> Result<HashMap<Id, CareView>, StoreError> {
    let rows = node.rows(OF_SESSION.text, vec![actor.site.into(), session.id.into()]).await?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "care", &ids, Use::Read).await?;
    Ok(held.iter().map(|held| CareView::of(held, actor.role, session.end.as_deref())).collect())
}

/// Every child that was in care at the session's activity in the weeks before it. The caller shows those whom the actor
/// may know of.
pub async fn regulars(node: &Node, actor: &Actor, session: &SessionCard) -> Result<Vec<Id>, StoreError> {
    let day: Date = session.day.parse().unwrap_or_default();
    let since = day.saturating_sub(jiff::Span::new().weeks(WEEKS));
    let values =
        vec![actor.site.into(), session.activity.into(), since.to_string().into(), day.to_string().into()];
    let rows = node.rows(OF_ACTIVITY.text, values).await?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// The lists of these children, as far as the actor may read them, in the order they were made; judged on a day. Names
/// are for the caller to fill in.
pub async fn permissions(
    node: &Node,
    actor: &Actor,
    children: &[Id],
    day: Date,
) -> Result<Vec<PermissionView>, StoreError> {
    let ids = permission_ids(node, actor.site, children).await?;
    let held = node.visible(actor, "pickup_permission", &ids, Use::Read).await?;
    Ok(held.iter().map(|held| PermissionView::of(held, actor.role, day)).collect())
}

async fn permission_ids(node: &Node, site: SiteId, children: &[Id]) -> Result<Vec<Id>, StoreError> {
    if children.is_empty() {
        return Ok(Vec::new());
    }
    let sql = PERMISSIONS.text.replace("$2", &placeholders(2, children.len()));
    let mut values: Vec<Val> = vec![site.into()];
    values.extend(children.iter().map(|id| Val::from(*id)));
    let rows = node.rows(&sql, values).await?;
    Ok(rows.iter().map(|row| row.id(0)).collect())
}

/// Every line of these children, whoever asks: to see what was taken back. `root` gives the record that stands for a child;
/// names of people on the register are for the caller to add.
pub async fn lines(
    node: &Node,
    site: SiteId,
    children: &[Id],
    root: impl Fn(Id) -> Id,
) -> Result<Vec<Line>, StoreError> {
    let ids = permission_ids(node, site, children).await?;
    let held = node.held_many(site, "pickup_permission", &ids).await?;
    let line = |held: &kernel::Held| {
        let state: PickupPermission = journal::state(held);
        let child = root(state.child.0);
        let name = (!state.name.is_empty()).then(|| state.name.clone());
        let made = (node.day_of(held.meta.created), held.meta.created);
        let who = name.into_iter().collect();
        Line { id: held.meta.id, child, who, made, changed: held.meta.changed, state }
    };
    Ok(held.iter().filter(|held| held.is_live() && !held.meta.erased).map(line).collect())
}

/// What to know of these children, as far as the actor may read it.
pub async fn notes(node: &Node, actor: &Actor, children: &[Id]) -> Result<HashMap<Id, NoteView>, StoreError> {
    let of: HashMap<Id, Id> = children.iter().map(|id| (note_id(PersonId(*id)), *id)).collect();
    let ids: Vec<Id> = of.keys().copied().collect();
    let held = node.visible(actor, "care_note", &ids, Use::Read).await?;
    let view = |held: &kernel::Held| {
        let child = of.get(&held.meta.id)?;
        Some((*child, NoteView::of(held, |label: Label| label.readable_by(actor.role))))
    };
    Ok(held.iter().filter_map(view).collect())
}

/// Says of these children whether their arrival and their mark on the roll are there, or were taken back.
pub async fn made(
    node: &Node,
    actor: &Actor,
    session: Id,
    children: &mut [CareChild],
) -> Result<(), StoreError> {
    let arrival = |child: &CareChild| care_id(session, PersonId(child.child.id));
    let mark = |child: &CareChild| mark_id(session, MarkKind::Person, child.child.id);
    let held = async |noun: &str, ids: Vec<Id>| -> Result<HashMap<Id, Once>, StoreError> {
        let once = |held: &kernel::Held| if held.is_live() { Once::There } else { Once::Withdrawn };
        let held = node.held_many(actor.site, noun, &ids).await?;
        Ok(held.iter().map(|held| (held.meta.id, once(held))).collect())
    };
    let arrivals = held("care", children.iter().map(arrival).collect()).await?;
    let marks = held("participation", children.iter().map(mark).collect()).await?;
    for child in children {
        child.arrival = arrivals.get(&arrival(child)).copied().unwrap_or_default();
        child.marked = marks.get(&mark(child)).copied().unwrap_or_default();
    }
    Ok(())
}
