//! Trips and camps: what a day needs before it is opened, and its list on the day.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use community::kind::Code;
use community::session::views::SessionCard;
use community::signup::views::{SignUpView, Standing};
use community::trip::queries as trips;
use community::trip::views::{Guardian, LedDay, TripChild, TripDayView, TripPage};
use community::trip::{TripDay, purpose_of};
use jiff::civil::Date;
use kernel::page::Named;
use kernel::{Actor, Held, Id, Role, Use};
use schemars::generate::SchemaGenerator;

use super::caller::{At, Caller};
use super::loops::unknown;
use super::page::{Page, whole};
use super::people::names;
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
    Ok((signups.iter().filter_map(child).collect(), unnamed.sum()))
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
    let given = people::consent::queries::in_force(node, actor.site, purpose, children, day).await?;
    let consents: HashMap<Id, Id> = given.iter().map(|one| (one.person.0, one.consent.0)).collect();
    let known = names(app, actor, children.to_vec()).await?;
    let mut notes = community::care::queries::notes(node, actor, children).await?;
    let mut kin = people::tie::queries::guardians(node, actor, children).await?;
    let row = |id: &Id| {
        let about = notes.remove(id).unwrap_or_default();
        let said = Guardian { name: about.guardian, kind: String::new(), phone: about.phone };
        let kin = kin.remove(id).unwrap_or_default().into_iter();
        let kin =
            kin.map(|one| Guardian { name: one.name, kind: one.kind.code().to_owned(), phone: one.phone });
        let mut child = Named::unnamed(*id);
        child.fill(&known);
        TripChild {
            child,
            guardians: std::iter::once(said).filter(|one| !one.phone.is_empty()).chain(kin).collect(),
            health: about.health,
            consent: consents.get(id).copied(),
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
