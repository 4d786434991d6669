//! One entry with everything that came of it: the encounter, needs and requests, what was given, whose time it took; and
//! how all of it is taken back.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use help::request::views::RequestCard;
use kernel::{Id, Roles, Use};
use outreach::encounter::views::EncounterPage;
use outreach::need_tag::views::TagView;
use resources::item::views::GiftCard;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::Serialize;
use serde_json::{Value, json};
use volunteering::hours::views::HoursCard;

use super::caller::{At, Caller};
use super::loops::{Names, unknown};
use super::page::{Page, whole};
use super::problem::Fail;
use super::routes::{Routes, get};
use crate::app::App;
use crate::queries;

/// A command that takes a part of an entry back.
#[derive(Serialize, JsonSchema)]
pub struct Undo {
    verb: &'static str,
    record: Id,
    #[schemars(with = "serde_json::Map<String, Value>")]
    body: Value,
}

/// An encounter with everything that was entered with it.
#[derive(Serialize, JsonSchema)]
pub struct Entry {
    #[serde(flatten)]
    page: EncounterPage,
    /// What was asked of the needs that were heard.
    requests: Vec<RequestCard>,
    /// What was given.
    gifts: Vec<GiftCard>,
    /// Whose time it took.
    hours: Vec<HoursCard>,
    /// The commands that take the whole entry back, to be sent as one bundle; none for those who may not.
    undo: Vec<Undo>,
}

async fn entry(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<Entry>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let page = outreach::encounter::queries::page(node, actor, id).await?.ok_or_else(unknown)?;
    let mut requests = Vec::new();
    for need in &page.needs {
        requests.extend(help::request::queries::of_need(node, actor, need.id).await?);
    }
    let gifts = resources::item::queries::of_encounter(node, actor, id).await?;
    let hours = volunteering::hours::queries::of_encounter(node, actor, id).await?;
    let mut entry = Entry { page, requests, gifts, hours, undo: Vec::new() };
    if Roles::STAFF.has(actor.role) {
        entry.undo = undo(&app, &caller, &entry).await?;
    }
    named(&app, &caller, &mut entry).await?;
    Ok(Json(entry))
}

/// What depends on something comes before it.
async fn undo(app: &App, caller: &Caller, entry: &Entry) -> Result<Vec<Undo>, Fail> {
    let id = entry.page.encounter.id;
    let plain = |verb: &'static str, record: Id| Undo { verb, record, body: json!({}) };
    let mut undo: Vec<Undo> = entry.hours.iter().map(|one| plain("hours.retract", one.id)).collect();
    let back =
        |one: &GiftCard| Undo { verb: "item.take_back", record: one.item, body: json!({ "gift": one.gift }) };
    undo.extend(entry.gifts.iter().map(back));
    undo.extend(entry.requests.iter().map(|one| plain("request.retract", one.id)));
    undo.extend(entry.page.needs.iter().map(|one| plain("need.retract", one.id)));
    if let Some(before) = entry.page.encounter.follows {
        let body = json!({ "followed": false });
        undo.push(Undo { verb: "encounter.followed", record: before, body });
    }
    undo.push(plain("encounter.retract", id));
    undo.extend(newcomers(app, caller, id).await?.into_iter().map(|one| plain("person.retract", one)));
    Ok(undo)
}

/// The people who were registered with the entry and of whom nothing else is known yet.
async fn newcomers(app: &App, caller: &Caller, encounter: Id) -> Result<Vec<Id>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let values = vec![actor.site.into(), "encounter".into(), encounter.into()];
    let rows = node.rows(queries::MADE_AT.text, values).await?;
    let Some((place, Some(bundle))) = rows.first().map(|row| (row.int(0), row.opt_id(1))) else {
        return Ok(Vec::new());
    };
    let values = vec![actor.site.into(), (place - 200).into(), (place + 200).into(), bundle.into()];
    let rows = node.rows(queries::MADE_WITH.text, values).await?;
    let made: Vec<Id> = rows.iter().map(|row| row.id(0)).collect();
    let mut alone = Vec::new();
    for held in node.visible(actor, "person", &made, Use::Read).await? {
        let who = [held.meta.id];
        let met = outreach::encounter::queries::of_persons(node, actor, &who, 2).await?.len();
        let came = community::participation::queries::of_person(node, actor, &who, 1).await?.len();
        if held.meta.version == 1 && met <= 1 && came == 0 {
            alone.push(held.meta.id);
        }
    }
    Ok(alone)
}

async fn named(app: &App, caller: &Caller, entry: &mut Entry) -> Result<(), Fail> {
    let met = &entry.page.encounter;
    let people = met.persons.iter().chain(&met.volunteers);
    let people = people.chain(entry.page.needs.iter().filter_map(|need| need.person.as_ref()));
    let people = people.chain(entry.requests.iter().filter_map(|one| one.person.as_ref()));
    let people = people.chain(entry.gifts.iter().flat_map(|gift| &gift.persons));
    let people = people.chain(entry.hours.iter().filter_map(|one| one.person.as_ref()));
    let known = Names::of(app, caller, people).await?;
    known.encounter(&mut entry.page.encounter);
    entry.page.needs.iter_mut().for_each(|need| known.need(need));
    entry.requests.iter_mut().for_each(|one| known.request(one));
    entry.gifts.iter_mut().for_each(|gift| known.gift(gift));
    entry.hours.iter_mut().for_each(|one| known.hours(one));
    Ok(())
}

async fn tags(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Page<TagView>>, Fail> {
    Ok(Json(whole(outreach::need_tag::queries::of_site(&app.node, caller.actor.site).await?)))
}

/// The routes of entries.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/encounters/{id}",
            reads(entry),
            [|g: &mut G| {
                get("outreach", "An encounter with everything that was entered with it.").answers::<Entry>(g)
            }],
        )
        .at(
            "/api/v1/need-tags",
            reads(tags),
            [|g: &mut G| get("outreach", "The tags by which needs are noted.").answers::<Page<TagView>>(g)],
        )
}
