//! Child care: the list of a session, and a child's own page of who may take it home and what to know of it.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use community::care::queries as care;
use community::care::views::{CareChild, CareList, NoteView, PermissionView};
use community::signup::views::{SignUpView, Standing};
use jiff::civil::Date;
use kernel::page::Named;
use kernel::{Actor, Id, Use};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::Serialize;

use super::caller::{At, Caller};
use super::loops::unknown;
use super::objections::taken_back;
use super::people::{names, records, roots};
use super::problem::Fail;
use super::routes::{Routes, get};
use crate::app::App;

/// Who is expected: those who signed up, those who come regularly, those marked on the roll; grown-ups who are known as such
/// are left out. The record that stands for a merged child is shown.
async fn children(
    app: &App,
    actor: &Actor,
    session: &community::session::views::SessionCard,
) -> Result<Vec<CareChild>, Fail> {
    let node = &app.node;
    let signups = community::signup::queries::of_session(node, actor, session).await?;
    let roll = community::participation::queries::roll(node, actor, session.id).await?.ok_or_else(unknown)?;
    let marked = roll.people();
    let views = care::of_session(node, actor, session).await?;
    let regulars = care::regulars(node, actor, session).await?;
    let signed = signups.iter().filter(|each| each.standing != Standing::Cancelled);
    let signed: HashMap<Id, &SignUpView> =
        signed.filter_map(|each| Some((each.person.as_ref()?.id, each))).collect();
    let mut ids: Vec<Id> =
        views.keys().chain(signed.keys()).chain(&marked).chain(&regulars).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let merged = roots(app, actor, &ids).await?;
    let today = node.today();
    let known = node.visible(actor, "person", &ids, Use::Read).await?;
    let grown: Vec<Id> = known
        .iter()
        .filter(|held| people::person::is_grown(&journal::state(held), today))
        .map(|held| held.meta.id)
        .collect();
    let mut all: HashMap<Id, CareChild> = HashMap::new();
    for id in ids {
        let root = merged.get(&id).copied().unwrap_or(id);
        if grown.contains(&id) && !views.contains_key(&id) {
            continue;
        }
        let child = all.entry(root).or_insert_with(|| CareChild::new(root));
        if let Some(signup) = signed.get(&id) {
            child.signed_up(signup);
        }
        child.care = child.care.take().or_else(|| views.get(&id).cloned());
    }
    Ok(all.into_values().collect())
}

/// The lists of these children; a line that was taken back since on another record holds no longer.
async fn permissions(
    app: &App,
    actor: &Actor,
    children: &[Id],
    day: Date,
) -> Result<Vec<PermissionView>, Fail> {
    let mut lines = care::permissions(&app.node, actor, children, day).await?;
    let back = taken_back(app, actor, children, day).await?;
    for line in lines.iter_mut().filter(|line| back.contains(&line.id)) {
        line.holds = false;
    }
    Ok(lines)
}

async fn list(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<CareList>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let session = community::session::queries::one(node, actor, id).await?.ok_or_else(unknown)?;
    let mut children = children(&app, actor, &session).await?;
    let ids: Vec<Id> = children.iter().map(|each| each.child.id).collect();
    let day: Date = session.day.parse().unwrap_or_default();
    care::made(node, actor, id, &mut children).await?;
    // What was written for any record of a child is about the child.
    let records = records(&app, actor, &ids).await?;
    let all: Vec<Id> = records.keys().copied().collect();
    let mut lines = permissions(&app, actor, &all, day).await?;
    let mut notes: HashMap<Id, Vec<NoteView>> = HashMap::new();
    for (of, note) in care::notes(node, actor, &all).await? {
        let root = records.get(&of).copied().unwrap_or(of);
        let own = notes.entry(root).or_default();
        own.insert(if of == root { 0 } else { own.len() }, note);
    }
    let fetchers = lines.iter().filter_map(|line| line.person.as_ref()).map(|who| who.id);
    let known = names(&app, actor, ids.iter().copied().chain(fetchers).collect()).await?;
    for line in &mut lines {
        line.person.iter_mut().for_each(|who| who.fill(&known));
    }
    for each in &mut children {
        each.child.fill(&known);
        let own = |line: &&PermissionView| records.get(&line.child) == Some(&each.child.id);
        each.permissions = lines.iter().filter(own).cloned().collect();
        let about = notes.remove(&each.child.id).unwrap_or_default();
        let health = NoteView::health_of(&about);
        each.note = NoteView { health, ..about.into_iter().next().unwrap_or_default() };
    }
    // Who cannot be named is nobody's to hand over.
    children.retain(|each| !each.child.name.is_empty());
    Ok(Json(CareList::of(session, children)))
}

/// Who may take a child home, and what to know of it.
#[derive(Serialize, JsonSchema)]
pub struct ChildCare {
    child: Named,
    /// In the order they were made; `holds` is judged today.
    permissions: Vec<PermissionView>,
    note: NoteView,
}

async fn child(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<ChildCare>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let held = node.visible_one(actor, "person", id, Use::Read).await?.ok_or_else(unknown)?;
    super::people::log_read(&app, actor, &held, "care").await?;
    let all: Vec<Id> = records(&app, actor, &[id]).await?.into_keys().collect();
    let mut permissions = permissions(&app, actor, &all, node.today()).await?;
    let fetchers = permissions.iter().filter_map(|line| line.person.as_ref()).map(|who| who.id);
    let known = names(&app, actor, std::iter::once(id).chain(fetchers).collect()).await?;
    for line in &mut permissions {
        line.person.iter_mut().for_each(|who| who.fill(&known));
    }
    let mut child = Named::unnamed(id);
    child.fill(&known);
    let about = care::notes(node, actor, &[id]).await?.remove(&id).unwrap_or_default();
    Ok(Json(ChildCare { child, permissions, note: about }))
}

/// The routes of child care.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/sessions/{id}/care",
            reads(list),
            [|g: &mut G| get("community", "The children of a session in care.").answers::<CareList>(g)],
        )
        .at(
            "/api/v1/people/{id}/care",
            reads(child),
            [|g: &mut G| get("community", "Who may take a child home.").answers::<ChildCare>(g)],
        )
}
