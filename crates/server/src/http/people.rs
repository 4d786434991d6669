//! People, households, duplicates and places.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use kernel::faults::UNKNOWN_RECORD;
use kernel::{Actor, Held, Id, Refusal};
use people::duplicates::queries::DuplicateView;
use people::household::views::{HouseholdCard, HouseholdPage};
use people::person;
use people::views::{PersonCard, PersonPage, PlaceCard};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::caller::{At, Caller, Params};
use super::page::{Page, whole};
use super::problem::Fail;
use super::routes::{Routes, get};
use crate::app::App;

fn unknown() -> Fail {
    Refusal::new(&UNKNOWN_RECORD).into()
}

/// The names of people, as far as the actor may know them.
pub async fn names(app: &App, actor: &Actor, ids: Vec<Id>) -> Result<HashMap<Id, String>, Fail> {
    Ok(person::names_of(&app.node, actor, &ids).await?)
}

/// The records that merged people are counted as.
pub async fn roots(app: &App, actor: &Actor, ids: &[Id]) -> Result<HashMap<Id, Id>, Fail> {
    Ok(person::roots(&app.node, actor.site, ids).await?)
}

/// Every record of these people, their duplicates' included, with the one that stands for each.
pub async fn records(app: &App, actor: &Actor, ids: &[Id]) -> Result<HashMap<Id, Id>, Fail> {
    let standing = roots(app, actor, ids).await?;
    Ok(person::with_duplicates(&app.node, actor.site, standing.into_values()).await?)
}

/// Notes the read of a child's record.
pub async fn log_read(app: &App, actor: &Actor, held: &Held, purpose: &str) -> Result<(), Fail> {
    if held.def.noun != "person" || !person::is_minor(&journal::state(held), app.node.today()) {
        return Ok(());
    }
    Ok(access::log::note(&app.node, actor, "person", &[held.meta.id], purpose).await?)
}

/// Whom one looks for.
#[derive(Deserialize, JsonSchema)]
pub struct Sought {
    /// Any part of a name, pinyin, initials, a nickname, digits of a phone. Nothing: those changed last.
    #[serde(default)]
    #[schemars(length(max = 200))]
    q: String,
    #[serde(default)]
    #[schemars(length(max = 200))]
    after: Option<String>,
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
}

impl Sought {
    fn size(&self) -> usize {
        self.limit.unwrap_or(30) as usize
    }
}

async fn find(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(sought): Params<Sought>,
) -> Result<Json<Page<PersonCard>>, Fail> {
    if sought.q.trim().is_empty() {
        let after = sought.after.as_deref();
        let (items, next) = person::recent(&app.node, &caller.actor, after, sought.size()).await?;
        return Ok(Json(Page { items, next }));
    }
    Ok(Json(whole(person::find(&app.node, &caller.actor, &sought.q, sought.size()).await?)))
}

/// What a record is read for.
#[derive(Deserialize, JsonSchema)]
pub struct Purpose {
    /// Kept with the read of a child's record.
    #[serde(default)]
    #[schemars(length(max = 200))]
    purpose: Option<String>,
}

async fn page(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
    Params(purpose): Params<Purpose>,
) -> Result<Json<PersonPage>, Fail> {
    let found = person::page(&app.node, &caller.actor, id).await?;
    let mut page = found.ok_or_else(unknown)?;
    if page.minor {
        let purpose = purpose.purpose.as_deref().unwrap_or("care");
        access::log::note(&app.node, &caller.actor, "person", &[id], purpose).await?;
    }
    page.timeline = timeline(&app, &caller, id).await?;
    Ok(Json(page))
}

/// How many entries of each kind a timeline shows.
const SHOWN: usize = 60;

/// What happened to a person and to the duplicates merged into it, the latest first.
async fn timeline(app: &App, caller: &Caller, id: Id) -> Result<Vec<Map<String, Value>>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let all = person::same_person(node, actor.site, id).await?;
    let mut entries = Vec::new();
    for one in community::participation::queries::of_person(node, actor, &all, SHOWN).await? {
        entries.push(json!({
            "kind": "participation", "id": one.session, "day": one.day, "title": one.title,
            "claimed": one.claimed,
        }));
    }
    for one in outreach::encounter::queries::of_persons(node, actor, &all, SHOWN).await? {
        entries.push(json!({
            "kind": "encounter", "id": one.id, "day": one.day, "title": "", "of": one.kind,
        }));
    }
    for one in outreach::encounter::queries::of_volunteers(node, actor, &all, SHOWN).await? {
        entries.push(json!({
            "kind": "encounter", "id": one.id, "day": one.day, "title": "", "of": one.kind,
            "volunteered": true,
        }));
    }
    for one in resources::item::queries::of_whom(node, actor, &all, SHOWN).await? {
        entries.push(json!({
            "kind": "gift", "id": one.item, "day": one.day, "title": one.name, "count": one.count,
            "encounter": one.encounter,
        }));
    }
    for one in volunteering::hours::queries::of_whom(node, actor, &all, SHOWN).await? {
        entries.push(json!({
            "kind": "hours", "id": one.id, "day": one.day, "title": one.purpose, "minutes": one.minutes,
            "encounter": one.encounter,
        }));
    }
    for one in outreach::need::queries::of_persons(node, actor, &all, SHOWN).await? {
        let day = node.day_of(one.created);
        entries.push(json!({
            "kind": "need", "id": one.id, "day": day, "title": one.words, "code": one.code,
            "status": one.status,
        }));
    }
    for one in help::request::queries::of_persons(node, actor, &all, SHOWN).await? {
        let day = node.day_of(one.created);
        entries.push(json!({
            "kind": "request", "id": one.id, "day": day, "title": one.words, "code": one.code,
            "status": one.status, "due": one.due,
        }));
    }
    for one in help::referral::queries::of_persons(node, actor, &all, SHOWN).await? {
        let day = node.day_of(one.sent);
        entries.push(json!({
            "kind": "referral", "id": one.id, "day": day, "title": "", "code": one.code, "status": one.status,
        }));
    }
    entries.sort_by(|a, b| b["day"].as_str().cmp(&a["day"].as_str()));
    Ok(entries.into_iter().filter_map(|entry| entry.as_object().cloned()).collect())
}

async fn households(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(sought): Params<Sought>,
) -> Result<Json<Page<HouseholdCard>>, Fail> {
    let after = sought.after.as_deref();
    let found = people::household::queries::find(&app.node, &caller.actor, &sought.q, after, sought.size());
    let (items, next) = found.await?;
    Ok(Json(Page { items, next }))
}

async fn household(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
) -> Result<Json<HouseholdPage>, Fail> {
    let found = people::household::queries::page(&app.node, &caller.actor, id).await?;
    Ok(Json(found.ok_or_else(unknown)?))
}

/// How many pairs a page of duplicates shows.
const PAIRS: usize = 50;

/// Pairs of records that may be one person, the likeliest first. The register is compared anew when it has changed.
async fn duplicates(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Page<DuplicateView>>, Fail> {
    let site = caller.actor.site;
    let head = app
        .node
        .rows(crate::queries::HEAD.text, vec![site.into()])
        .await?
        .first()
        .map_or(0, |row| row.int(0));
    let kept = app.duplicates.lock().ok().and_then(|kept| kept.get(&site).cloned());
    let pairs = match kept {
        Some((at, pairs)) if at == head => pairs,
        _ => {
            let mut found = people::duplicates::queries::scan(&app.node, site).await?;
            found.sort_by(|a, b| b.probability.total_cmp(&a.probability));
            found.truncate(1_000);
            let found = Arc::new(found);
            if let Ok(mut kept) = app.duplicates.lock() {
                kept.insert(site, (head, Arc::clone(&found)));
            }
            found
        }
    };
    let shown = &pairs[..pairs.len().min(PAIRS)];
    Ok(Json(whole(people::duplicates::queries::views(&app.node, &caller.actor, shown).await?)))
}

/// A division of the country.
#[derive(Serialize, JsonSchema)]
pub struct Division {
    code: String,
    name: String,
    /// With the divisions above it.
    path: String,
}

/// Where one looks.
#[derive(Deserialize, JsonSchema)]
pub struct Inside {
    /// Code of a division; nothing for the provinces.
    #[serde(default)]
    #[schemars(length(max = 12))]
    within: Option<String>,
    /// Words or pinyin to look for.
    #[serde(default)]
    #[schemars(length(max = 100))]
    q: Option<String>,
}

/// Divisions, and the places that users added there.
#[derive(Serialize, JsonSchema)]
pub struct PlaceList {
    divisions: Vec<Division>,
    places: Vec<PlaceCard>,
}

fn division(place: &places::Place) -> Division {
    Division {
        code: place.code.to_string(),
        name: place.name.to_string(),
        path: places::path_name(place.code, places::Lang::Zh),
    }
}

async fn inside(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<Inside>,
) -> Result<Json<PlaceList>, Fail> {
    let sought = asked.q.as_deref().map(str::trim).filter(|query| !query.is_empty());
    let list = if let Some(query) = sought {
        PlaceList {
            divisions: places::suggest(query, 20).iter().map(division).collect(),
            places: people::place::queries::find(&app.node, &caller.actor, query, 20).await?,
        }
    } else {
        let code = asked.within.as_deref().unwrap_or_default();
        PlaceList {
            divisions: places::children_of(code).iter().map(division).collect(),
            places: people::place::queries::within(&app.node, &caller.actor, code).await?,
        }
    };
    Ok(Json(list))
}

/// The routes of people.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/people",
            reads(find),
            [|g: &mut G| get("people", "Finds people.").query::<Sought>(g).answers::<Page<PersonCard>>(g)],
        )
        .at(
            "/api/v1/people/{id}",
            reads(page),
            [|g: &mut G| get("people", "A person's page.").query::<Purpose>(g).answers::<PersonPage>(g)],
        )
        .at(
            "/api/v1/households",
            reads(households),
            [|g: &mut G| {
                get("people", "Finds households.").query::<Sought>(g).answers::<Page<HouseholdCard>>(g)
            }],
        )
        .at(
            "/api/v1/households/{id}",
            reads(household),
            [|g: &mut G| get("people", "A household's page.").answers::<HouseholdPage>(g)],
        )
        .at(
            "/api/v1/duplicates",
            reads(duplicates),
            [|g: &mut G| get("people", "Records that may be one person.").answers::<Page<DuplicateView>>(g)],
        )
        .at(
            "/api/v1/places",
            reads(inside),
            [|g: &mut G| get("people", "Divisions and places.").query::<Inside>(g).answers::<PlaceList>(g)],
        )
}
