//! Circles: their members, their meetings, and those of their notes that the reader may read.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use community::circle::queries as circles;
use community::circle::views::{CircleCard, CircleNoteView, CircleView, Meeting};
use community::{Activity, activity};
use kernel::Id;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::Serialize;

use super::caller::{At, Caller};
use super::loops::unknown;
use super::page::{Page, whole};
use super::problem::Fail;
use super::routes::{Routes, get};
use crate::app::App;

/// A circle with what the reader may read of it.
#[derive(Serialize, JsonSchema)]
pub struct CirclePage {
    /// The activity.
    activity: Id,
    /// What it is called.
    title: String,
    /// The circle, where it was founded.
    circle: Option<CircleView>,
    /// The notes that the reader may read, the latest first.
    notes: Vec<CircleNoteView>,
    /// The latest meetings.
    meetings: Vec<Meeting>,
}

async fn page(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<CirclePage>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let circle = circles::of_activity(node, actor, id).await?;
    let known = activity::queries::one(node, actor, id).await?;
    if circle.is_none() && known.is_none() {
        return Err(unknown());
    }
    let held = node.held(actor.site, "activity", id).await?.ok_or_else(unknown)?;
    let notes = match &circle {
        Some(circle) => circles::notes(node, actor, circle.id).await?,
        None => Vec::new(),
    };
    Ok(Json(CirclePage {
        activity: id,
        title: journal::state::<Activity>(&held).title,
        meetings: circles::meetings(node, actor, id).await?,
        circle,
        notes,
    }))
}

async fn list(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Page<CircleCard>>, Fail> {
    Ok(Json(whole(circles::list(&app.node, &caller.actor).await?)))
}

/// The routes of circles.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/circles",
            reads(list),
            [|g: &mut G| get("community", "Circles that one may know of.").answers::<Page<CircleCard>>(g)],
        )
        .at(
            "/api/v1/activities/{id}/circle",
            reads(page),
            [|g: &mut G| get("community", "A circle and its notes.").answers::<CirclePage>(g)],
        )
}
