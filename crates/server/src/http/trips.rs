//! Trips and camps: what a day needs before it is opened, and its list on the day.

use std::collections::HashSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use community::care::views::NoteView;
use community::kind::Code;
use community::session::views::SessionCard;
use community::signup::views::{SignUpView, Standing};
use community::trip::queries as trips;
use community::trip::views::{Guardian, LedDay, TripChild, TripDayView, TripPage};
use community::trip::{TripDay, purpose_of};
use jiff::civil::Date;
use kernel::page::Named;
use kernel::{Actor, Held, Id, Role, Use};
use people::consent::shown::{Asked, Shown};
use schemars::generate::SchemaGenerator;

use super::caller::{At, Caller};
use super::loops::unknown;
use super::page::{Page, whole};
use super::people::{names, records, roots};
use super::problem::Fail;
use super::routes::{Routes, get};
use crate::app::App;

/// As whom the list is read: staff as themselves; those who lead the day, on the day, as whoever opened it and so lent it
/// to them. For anybody else there is none.
fn reader(actor: &Actor, day: Option<&Held>, today: Date) -> Option<Actor> {
    if matches!(actor.role, Role::Manager | Role::Worker) {
        return Some(actor.clone());
    }
    let held = day?;
    let lent = actor.role == Role::Volunteer && journal::state::<TripDay>(held).lends_to(actor, today);
    lent.then_some(Actor { account: held.meta.made_by, role: Role::Worker, site: actor.site })
}

/// Who is expected on a day that is not opened yet, and how many children signed up without a name.
async fn expected(app: &App, actor: &Actor, session: &SessionCard) -> Result<(Vec<Id>, u32), Fail> {
    let node = &app.node;
    let seated = |signups: Vec<SignUpView>| -> Vec<SignUpView> {
        let has_place = |each: &SignUpView| matches!(each.standing, Standing::In | Standing::Came);
        signups.into_iter().filter(has_place).collect()
    };
    let mut signups = seated(community::signup::queries::of_session(node, actor, session).await?);
    if signups.is_empty() {
        if let Some(day) = trips::before(node, actor, session).await? {
            return Ok((day.children.iter().map(|child| child.0).collect(), 0));
        }
        if let Some(first) = trips::first_signups(node, actor, session.activity).await?
            && let Some(first) = community::session::queries::one(node, actor, first).await?
        {
            signups = seated(community::signup::queries::of_session(node, actor, &first).await?);
        }
    }
    let people: Vec<Id> = signups.iter().filter_map(|each| each.person.as_ref()).map(|who| who.id).collect();
    let known = node.visible(actor, "person", &people, Use::Read).await?;
    let grown = |held: &&Held| people::person::is_grown(&journal::state(held), node.today());
    let grown: HashSet<Id> = known.iter().filter(grown).map(|held| held.meta.id).collect();
    let child = |each: &SignUpView| each.person.as_ref().map(|who| who.id).filter(|id| !grown.contains(id));
    let unnamed = signups.iter().map(|each| each.children.saturating_sub(u32::from(child(each).is_some())));
    let unnamed = unnamed.sum();
    let children: Vec<Id> = signups.iter().filter_map(child).collect();
    // Two records of one child are one child.
    let standing = roots(app, actor, &children).await?;
    let mut seen = HashSet::new();
    let one = |id: &Id| Some(*standing.get(id)?).filter(|root| seen.insert(*root));
    Ok((children.iter().filter_map(one).collect(), unnamed))
}

async fn rows(
    app: &App,
    actor: &Actor,
    children: &[Id],
    (session, code): (&SessionCard, &str),
) -> Result<Vec<TripChild>, Fail> {
    let node = &app.node;
    let purpose = purpose_of(&Code(code.to_owned()));
    let day: Date = session.day.parse().unwrap_or_default();
    let asked = Asked { purpose, group: None };
    let stand = people::consent::queries::shown(node, actor.site, children, asked, day).await?;
    let known = names(app, actor, children.to_vec()).await?;
    // What was written down for any record of a child is about the child.
    let standing = roots(app, actor, children).await?;
    let records = records(app, actor, children).await?;
    let all: Vec<Id> = records.keys().copied().collect();
    let mut notes = community::care::queries::notes(node, actor, &all).await?;
    let kin = people::tie::queries::guardians(node, actor, &all).await?;
    let row = |id: &Id| {
        let root = standing.get(id).copied().unwrap_or(*id);
        let mut own: Vec<Id> = records.iter().filter(|(_, of)| **of == root).map(|(id, _)| *id).collect();
        own.sort_unstable_by_key(|id| (*id != root, *id));
        let about: Vec<NoteView> = own.iter().filter_map(|id| notes.remove(id)).collect();
        let said = about.iter().map(|note| Guardian {
            name: note.guardian.clone(),
            kind: String::new(),
            phone: note.phone.clone(),
        });
        let kin = own.iter().filter_map(|id| kin.get(id)).flatten().map(|one| Guardian {
            name: one.name.clone(),
            kind: one.kind.code().to_owned(),
            phone: one.phone.clone(),
        });
        let mut guardians: Vec<Guardian> = Vec::new();
        for one in said.filter(|one| !one.phone.is_empty()).chain(kin) {
            if !guardians.iter().any(|known| known.name == one.name && known.phone == one.phone) {
                guardians.push(one);
            }
        }
        let mut child = Named::unnamed(*id);
        child.fill(&known);
        TripChild {
            child,
            guardians,
            health: NoteView::health_of(&about),
            consent: match stand.get(id) {
                Some(Shown::Consented(consent)) => Some(consent.0),
                _ => None,
            },
            expected: true,
            gone: false,
            back: false,
        }
    };
    Ok(children.iter().map(row).collect())
}

async fn page(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<TripPage>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let held = trips::of_session(node, actor, id).await?;
    let reader = reader(actor, held.as_ref(), node.today()).ok_or_else(unknown)?;
    let session = community::session::queries::one(node, &reader, id).await?.ok_or_else(unknown)?;
    let activity = community::activity::queries::one(node, &reader, session.activity).await?;
    let day: Option<TripDay> = held.as_ref().map(journal::state);
    let (children, unnamed) = match &day {
        Some(day) => (day.children.iter().map(|child| child.0).collect(), 0),
        None => expected(&app, &reader, &session).await?,
    };
    if reader != *actor {
        access::log::note(node, actor, "person", &children, "trip").await?;
    }
    let mut list = rows(&app, &reader, &children, (&session, &session.activity_kind)).await?;
    for row in list.iter_mut().filter(|_| day.is_some()) {
        let among = |ids: &[kernel::PersonId]| ids.iter().any(|child| child.0 == row.child.id);
        row.gone = day.as_ref().is_some_and(|day| among(&day.gone));
        row.back = day.as_ref().is_some_and(|day| among(&day.back));
    }
    list.sort_by(|a, b| a.child.name.cmp(&b.child.name));
    Ok(Json(TripPage {
        purpose: purpose_of(&Code(session.activity_kind.clone())),
        children_per_adult: activity.and_then(|activity| activity.children_per_adult),
        day: held.as_ref().map(TripDayView::of),
        children: list,
        unnamed,
        keep_until: session.day.clone(),
        session,
    }))
}

async fn led(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Page<LedDay>>, Fail> {
    Ok(Json(whole(trips::led(&app.node, &caller.actor, app.node.today()).await?)))
}

/// The routes of trips and camps.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/sessions/{id}/trip",
            reads(page),
            [|g: &mut G| get("community", "A day of a trip or camp, with its list.").answers::<TripPage>(g)],
        )
        .at(
            "/api/v1/trips",
            reads(led),
            [|g: &mut G| get("community", "The days that one leads today.").answers::<Page<LedDay>>(g)],
        )
}
