//! Photos and recordings, joined with the ledger of consents: who is on them and whether they may be public.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use kernel::consent::{Group, Purpose};
use kernel::{Actor, Envelope, FieldFault, Held, Id, Refusal, SiteId, Use};
use people::consent::shown::{Asked, Shown};
use publishing::faults;
use publishing::work::queries as found;
use publishing::work::views::{Standing, WorkView};
use publishing::work::{Face, Kind, Publish, Work};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::Deserialize;

use super::caller::{At, Caller, Params};
use super::loops::{parsed, status, unknown};
use super::page::{Page, whole};
use super::people::names;
use super::problem::Fail;
use super::routes::{Routes, get};
use super::work_file;
use crate::app::App;

/// How everybody on some works stands today.
pub struct Stands(HashMap<Id, Shown>);

impl Stands {
    /// Asks the ledger about everybody on these works, together.
    pub async fn of(app: &App, site: SiteId, works: &[Held]) -> Result<Self, Fail> {
        let mut persons: Vec<Id> =
            works.iter().flat_map(|held| journal::state::<Work>(held).persons()).collect();
        persons.sort_unstable();
        persons.dedup();
        if persons.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        let what = Asked { purpose: Purpose::Photo, group: Some(Group::Image) };
        let today = app.node.today();
        Ok(Self(people::consent::queries::shown(&app.node, site, &persons, what, today).await?))
    }

    fn one(&self, face: &Face) -> (Standing, Option<Id>) {
        let Some(person) = face.person else {
            let standing = if face.unrecognisable { Standing::Unrecognisable } else { Standing::Unknown };
            return (standing, None);
        };
        match self.0.get(&person.0) {
            Some(Shown::Consented(consent)) => (Standing::Consented, Some(consent.0)),
            Some(Shown::Refused) => (Standing::Refused, None),
            Some(Shown::Withdrawn) => (Standing::Withdrawn, None),
            Some(Shown::Expired) => (Standing::Expired, None),
            Some(Shown::Lacking) | None => (Standing::Lacking, None),
        }
    }

    /// Whether nothing stands against a work's being public.
    pub fn hold(&self, work: &Work) -> bool {
        work.faces.iter().all(|face| self.one(face).0.holds())
    }
}

/// Works as the actor sees them, with the names that it may know.
pub async fn views(app: &App, actor: &Actor, works: &[Held]) -> Result<Vec<WorkView>, Fail> {
    let stands = Stands::of(app, actor.site, works).await?;
    let mut views: Vec<WorkView> =
        works.iter().map(|held| WorkView::of(held, actor, |face| stands.one(face))).collect();
    let persons = views.iter().flat_map(|view| &view.faces).filter_map(|face| face.person.as_ref());
    let ids: Vec<Id> = persons.map(|person| person.id).collect();
    let known = names(app, actor, ids).await?;
    let all = views.iter_mut().flat_map(|view| &mut view.faces);
    all.filter_map(|face| face.person.as_mut()).for_each(|person| person.fill(&known));
    Ok(views)
}

/// What stands against a command about works, as only the server can tell: the ledger is another context's, and a file's
/// bytes come by a way of their own.
pub async fn objection(app: &App, actor: &Actor, command: &Envelope) -> Result<Option<Refusal>, Fail> {
    if command.verb == "work.file" {
        return Ok(Some(Refusal::new(&faults::NO_FILE)));
    }
    if command.verb != "work.publish" {
        return Ok(None);
    }
    if command.bundle.is_some() {
        return Ok(Some(Refusal::new(&faults::ALONE)));
    }
    let known = vec![actor.site.into(), command.id.into()];
    if !app.node.rows(crate::queries::KNOWN.text, known).await?.is_empty() {
        return Ok(None);
    }
    let held = app.node.visible_one(actor, "work", command.record, Use::Write).await?;
    let (Some(held), Ok(said)) = (held, serde_json::from_value::<Publish>(command.body.clone())) else {
        return Ok(None);
    };
    let stands = Stands::of(app, actor.site, std::slice::from_ref(&held)).await?;
    let work: Work = journal::state(&held);
    let all: Vec<(Id, Standing, Option<Id>)> = work
        .faces
        .iter()
        .map(|face| {
            let (standing, consent) = stands.one(face);
            (face.id, standing, consent)
        })
        .collect();
    if let Some(refusal) = not_ready(&all) {
        return Ok(Some(refusal));
    }
    let mut right: Vec<Id> = all.iter().filter_map(|(.., consent)| *consent).collect();
    let mut cited: Vec<Id> = said.consents.iter().map(|id| id.0).collect();
    for ids in [&mut right, &mut cited] {
        ids.sort_unstable();
        ids.dedup();
    }
    Ok((right != cited).then(|| Refusal::new(&faults::CITED).at("consents")))
}

/// How many stand against it, why, and which marks they are. Names are not in a problem: who may read them has them on the
/// page.
fn not_ready(all: &[(Id, Standing, Option<Id>)]) -> Option<Refusal> {
    let count = |which: &[Standing]| all.iter().filter(|(_, standing, _)| which.contains(standing)).count();
    let against: Vec<FieldFault> = all
        .iter()
        .filter_map(|(face, standing, _)| {
            let def = match standing {
                Standing::Consented | Standing::Unrecognisable => return None,
                Standing::Lacking => &faults::LACKING,
                Standing::Refused => &faults::REFUSED,
                Standing::Withdrawn | Standing::Expired => &faults::ENDED,
                Standing::Unknown => &faults::UNKNOWN,
            };
            Some(FieldFault { field: format!("faces.{face}"), problem: Refusal::new(def) })
        })
        .collect();
    if against.is_empty() {
        return None;
    }
    let refusal = Refusal::new(&faults::NOT_READY)
        .with("count", against.len())
        .with("lacking", count(&[Standing::Lacking]))
        .with("refused", count(&[Standing::Refused]))
        .with("withdrawn", count(&[Standing::Withdrawn, Standing::Expired]))
        .with("unknown", count(&[Standing::Unknown]));
    Some(Refusal { fields: against, ..refusal })
}

/// Which works.
#[derive(Deserialize, JsonSchema)]
pub struct Which {
    /// Only photos, or only recordings.
    #[serde(default)]
    #[schemars(extend("enum" = ["photo", "recording"]))]
    kind: Option<String>,
    /// `lacking`: not published and something stands against it. `published`: public now. `take_back`: published, but
    /// somebody's consent is gone.
    #[serde(default)]
    #[schemars(extend("enum" = ["lacking", "published", "take_back"]))]
    state: Option<String>,
    /// Only those of this session.
    #[serde(default)]
    #[schemars(length(max = 26))]
    session: Option<String>,
    #[serde(default)]
    #[schemars(length(max = 200))]
    after: Option<String>,
    #[serde(default)]
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u32>,
}

/// How many portions are looked through for one page.
const ROUNDS: usize = 20;

fn fits(view: &WorkView, state: Option<&str>) -> bool {
    match state {
        Some("lacking") => view.published_on.is_none() && !view.holds,
        Some("published") => view.published_on.is_some() && view.holds,
        Some("take_back") => view.published_on.is_some() && !view.holds,
        _ => true,
    }
}

async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(which): Params<Which>,
) -> Result<Json<Page<WorkView>>, Fail> {
    let size = which.limit.unwrap_or(30) as usize;
    let state = which.state.as_deref();
    let asked = found::Asked {
        kind: status::<Kind>(which.kind.as_deref())?,
        session: parsed("session", which.session.as_deref())?,
        published: matches!(state, Some("published" | "take_back")),
    };
    let mut place = parsed("after", which.after.as_deref())?.unwrap_or(i64::MAX);
    let mut items: Vec<(i64, WorkView)> = Vec::new();
    let mut more = None;
    for _ in 0..ROUNDS {
        let (held, next) = found::before(&app.node, &caller.actor, asked, place).await?;
        let places: Vec<i64> = held.iter().map(|held| held.meta.no).collect();
        let views = views(&app, &caller.actor, &held).await?;
        items.extend(places.into_iter().zip(views).filter(|(_, view)| fits(view, state)));
        more = next;
        match next {
            Some(next) if items.len() <= size => place = next,
            _ => break,
        }
    }
    if items.len() > size {
        items.truncate(size);
        more = items.last().map(|(place, _)| *place);
    }
    let items = items.into_iter().map(|(_, view)| view).collect();
    Ok(Json(Page { items, next: more.map(|place| place.to_string()) }))
}

async fn show(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<WorkView>, Fail> {
    Ok(Json(one(&app, &caller.actor, id).await?))
}

/// One work, if the actor may open it.
pub async fn one(app: &App, actor: &Actor, id: Id) -> Result<WorkView, Fail> {
    let held = app.node.visible_one(actor, "work", id, Use::Read).await?.ok_or_else(unknown)?;
    views(app, actor, &[held]).await?.pop().ok_or_else(unknown)
}

async fn of_person(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
) -> Result<Json<Page<WorkView>>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    node.visible_one(actor, "person", id, Use::Read).await?.ok_or_else(unknown)?;
    let all = people::person::same_person(node, actor.site, id).await?;
    let held = found::of_persons(node, actor, &all).await?;
    Ok(Json(whole(views(&app, actor, &held).await?)))
}

/// The routes of works.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    let routes = routes
        .at(
            "/api/v1/works",
            reads(list),
            [|g: &mut G| {
                get("publishing", "Photos and recordings that one may open.")
                    .query::<Which>(g)
                    .answers::<Page<WorkView>>(g)
            }],
        )
        .at(
            "/api/v1/works/{id}",
            reads(show),
            [|g: &mut G| get("publishing", "A photo or recording, and who is on it.").answers::<WorkView>(g)],
        )
        .at(
            "/api/v1/people/{id}/works",
            reads(of_person),
            [|g: &mut G| {
                get("publishing", "Photos and recordings that show somebody.").answers::<Page<WorkView>>(g)
            }],
        );
    work_file::routes(routes)
}
