//! What outreach notes besides visits: incidents and their patterns, leaflets, soft changes of groups, the needs board; and
//! the warning that words name somebody.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::{get as reads, post as sends};
use jiff::Span;
use jiff::civil::Date;
use kernel::Roles;
use kernel::units::Copies;
use outreach::board::views::BoardCard;
use outreach::incident::views::{IncidentCard, Pattern};
use outreach::leaflet::views::{LeafletCard, LeafletSum};
use outreach::soft::views::{GroupChange, Ladder};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};

use super::caller::{Body, Caller, Params};
use super::loops::{Names, parsed};
use super::page::{Page, Paging, whole};
use super::problem::Fail;
use super::routes::{Routes, get, post};
use crate::app::App;

/// Incidents, and what they have in common.
#[derive(Serialize, JsonSchema)]
pub struct Incidents {
    items: Vec<IncidentCard>,
    next: Option<String>,
    /// Three or more alike at one place within a year.
    patterns: Vec<Pattern>,
}

/// Patterns of the last year with the names of their places.
pub async fn patterns(app: &App, caller: &Caller, names: &Names) -> Result<Vec<Pattern>, Fail> {
    let since = app.node.today().saturating_sub(Span::new().years(1));
    let mut patterns = outreach::incident::queries::patterns(&app.node, &caller.actor, since).await?;
    for place in patterns.iter_mut().filter_map(|pattern| pattern.place.as_mut()) {
        names.place(place);
    }
    Ok(patterns)
}

async fn incidents(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(paging): Params<Paging>,
) -> Result<Json<Incidents>, Fail> {
    let after = paging.after.as_deref();
    let mut page = outreach::incident::queries::list(&app.node, &caller.actor, after, paging.size()).await?;
    let names = Names::of_ids(&app, &caller, Vec::new()).await?;
    page.items.iter_mut().for_each(|one| one.place.iter_mut().for_each(|place| names.place(place)));
    let patterns = patterns(&app, &caller, &names).await?;
    Ok(Json(Incidents { items: page.items, next: page.next, patterns }))
}

/// Leaflet runs, and how many copies went out.
#[derive(Serialize, JsonSchema)]
pub struct Leaflets {
    items: Vec<LeafletCard>,
    next: Option<String>,
    /// Copies of each leaflet in the last year.
    sums: Vec<LeafletSum>,
    /// Copies altogether in the last year. Copies are not people.
    copies: Copies,
}

async fn leaflets(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(paging): Params<Paging>,
) -> Result<Json<Leaflets>, Fail> {
    use outreach::leaflet::queries;
    let (node, actor) = (&app.node, &caller.actor);
    let mut page = queries::list(node, actor, paging.after.as_deref(), paging.size()).await?;
    let names = Names::of_ids(&app, &caller, Vec::new()).await?;
    page.items.iter_mut().for_each(|one| one.place.iter_mut().for_each(|place| names.place(place)));
    let today = node.today();
    let span = (today.saturating_sub(Span::new().years(1)), today.tomorrow().unwrap_or(today));
    let sums = queries::sums(node, actor, span).await?;
    let copies = sums.iter().map(|sum| sum.copies).sum();
    Ok(Json(Leaflets { items: page.items, next: page.next, sums, copies }))
}

async fn board(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Page<BoardCard>>, Fail> {
    let mut items = outreach::board::queries::list(&app.node, &caller.actor).await?;
    let names = Names::of_ids(&app, &caller, Vec::new()).await?;
    for place in items.iter_mut().filter_map(|one| one.place.as_mut()) {
        names.place(place);
    }
    Ok(Json(whole(items)))
}

async fn ladders(_: Caller) -> Json<Page<Ladder>> {
    Json(whole(outreach::soft::queries::ladders()))
}

/// Of which days.
#[derive(Deserialize, JsonSchema)]
pub struct Days {
    /// First day; a year ago where nothing is said.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    from: Option<String>,
    /// Last day; today where nothing is said.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    to: Option<String>,
}

async fn changes(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<Days>,
) -> Result<Json<Page<GroupChange>>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let today = node.today();
    let from = parsed::<Date>("from", asked.from.as_deref())?;
    let to = parsed::<Date>("to", asked.to.as_deref())?;
    let span = (
        from.unwrap_or_else(|| today.saturating_sub(Span::new().years(1))),
        to.unwrap_or_else(|| today.tomorrow().unwrap_or(today)),
    );
    let mut groups = outreach::soft::queries::groups(node, actor, span).await?;
    for group in &mut groups {
        let Some(named) = &mut group.activity else { continue };
        let found = community::activity::queries::one(node, actor, named.id).await?;
        named.name = found.map(|activity| activity.title).unwrap_or_default();
    }
    Ok(Json(whole(groups)))
}

/// Words that should name nobody.
#[derive(Deserialize, JsonSchema)]
pub struct Words {
    #[schemars(length(max = 4000))]
    words: String,
}

/// Names of the register in them.
#[derive(Serialize, JsonSchema)]
pub struct Mentions {
    names: Vec<String>,
}

async fn mentions(
    State(app): State<Arc<App>>,
    caller: Caller,
    Body(words): Body<Words>,
) -> Result<Json<Mentions>, Fail> {
    caller.only(Roles::STAFF, "incident.amend")?;
    kernel::faults::text("words", &words.words, 4_000)?;
    let names = people::person::mentioned(&app.node, caller.actor.site, &words.words).await?;
    Ok(Json(Mentions { names }))
}

/// The routes of these.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/incidents",
            reads(incidents),
            [|g: &mut G| {
                get("outreach", "Incidents of discrimination, and their patterns.")
                    .query::<Paging>(g)
                    .answers::<Incidents>(g)
            }],
        )
        .at(
            "/api/v1/leaflets",
            reads(leaflets),
            [|g: &mut G| {
                get("outreach", "Leaflets that were handed out.").query::<Paging>(g).answers::<Leaflets>(g)
            }],
        )
        .at(
            "/api/v1/board",
            reads(board),
            [|g: &mut G| {
                get("outreach", "What people said, and what was done.").answers::<Page<BoardCard>>(g)
            }],
        )
        .at(
            "/api/v1/ladders",
            reads(ladders),
            [|g: &mut G| get("outreach", "The ladders of soft changes.").answers::<Page<Ladder>>(g)],
        )
        .at(
            "/api/v1/reports/soft-changes",
            reads(changes),
            [|g: &mut G| {
                get("outreach", "How groups of five or more changed.")
                    .query::<Days>(g)
                    .answers::<Page<GroupChange>>(g)
            }],
        )
        .at(
            "/api/v1/mentions",
            sends(mentions),
            [|g: &mut G| {
                post("outreach", "Names of the register in words that should name nobody.")
                    .body::<Words>(g)
                    .answers::<Mentions>(g)
            }],
        )
}
