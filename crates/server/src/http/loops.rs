//! The loop of a working day: encounters, needs, requests, and what is due today.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use community::session::views::SessionCard;
use help::referral::views::ReferralCard;
use help::request::queries::Filter;
use help::request::views::RequestCard;
use jiff::civil::Date;
use kernel::faults::UNKNOWN_RECORD;
use kernel::{AccountId, Id, Refusal, Use};
use outreach::encounter::views::{EncounterCard, EncounterPage};
use outreach::need::views::NeedCard;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};

use super::caller::{At, Caller, Params};
use super::page::{Page, whole};
use super::people::names;
use super::problem::Fail;
use super::routes::{Routes, get};
use crate::app::App;
use crate::faults;

pub(super) fn unknown() -> Fail {
    Refusal::new(&UNKNOWN_RECORD).into()
}

pub(super) fn parsed<T: std::str::FromStr>(
    name: &'static str,
    text: Option<&str>,
) -> Result<Option<T>, Fail> {
    let bad = |_| Refusal::new(&faults::BAD_PARAMETER).with("why", name).at(name);
    Ok(text.filter(|text| !text.is_empty()).map(str::parse).transpose().map_err(bad)?)
}

/// A status as the contexts name it.
pub(super) fn status<T: serde::de::DeserializeOwned>(text: Option<&str>) -> Result<Option<T>, Fail> {
    let bad = |_| Refusal::new(&faults::BAD_PARAMETER).with("why", "status").at("status");
    let text = text.filter(|text| !text.is_empty());
    Ok(text.map(|text| serde_json::from_value(text.into())).transpose().map_err(bad)?)
}

/// Whose, and where to read on.
#[derive(Deserialize, JsonSchema)]
pub struct OfPerson {
    /// Only those with this person.
    #[serde(default)]
    #[schemars(with = "Option<Id>")]
    person: Option<String>,
    #[serde(default)]
    #[schemars(length(max = 200))]
    after: Option<String>,
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
}

async fn encounters(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<OfPerson>,
) -> Result<Json<Page<EncounterCard>>, Fail> {
    let size = asked.limit.unwrap_or(50) as usize;
    let mut page = match parsed::<Id>("person", asked.person.as_deref())? {
        None => {
            let after = asked.after.as_deref();
            outreach::encounter::queries::list(&app.node, &caller.actor, after, size).await?
        }
        Some(person) => {
            let reached = app.node.visible_one(&caller.actor, "person", person, Use::Read).await?;
            reached.ok_or_else(unknown)?;
            let all = people::person::same_person(&app.node, caller.actor.site, person).await?;
            whole(outreach::encounter::queries::of_persons(&app.node, &caller.actor, &all, size).await?)
        }
    };
    let known = Names::of(&app, &caller, page.items.iter().flat_map(|card| &card.persons)).await?;
    for card in &mut page.items {
        known.encounter(card);
    }
    Ok(Json(page))
}

async fn encounter(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
) -> Result<Json<EncounterPage>, Fail> {
    let found = outreach::encounter::queries::page(&app.node, &caller.actor, id).await?;
    let mut page = found.ok_or_else(unknown)?;
    let of_needs = page.needs.iter().filter_map(|need| need.person.as_ref());
    let known = Names::of(&app, &caller, page.encounter.persons.iter().chain(of_needs)).await?;
    known.encounter(&mut page.encounter);
    for need in &mut page.needs {
        known.need(need);
    }
    Ok(Json(page))
}

/// Names of people and of accounts.
pub struct Names {
    people: HashMap<Id, String>,
    accounts: HashMap<Id, String>,
}

impl Names {
    /// The names of these people, and those of all accounts.
    pub async fn of(
        app: &App,
        caller: &Caller,
        people: impl Iterator<Item = &kernel::page::Named>,
    ) -> Result<Self, Fail> {
        let ids = people.map(|who| who.id).collect();
        Ok(Self {
            people: names(app, &caller.actor, ids).await?,
            accounts: access::account::queries::names(&app.node, caller.actor.site).await?,
        })
    }

    fn encounter(&self, card: &mut EncounterCard) {
        card.persons.iter_mut().for_each(|who| who.fill(&self.people));
        card.worker.fill(&self.accounts);
    }

    fn need(&self, card: &mut NeedCard) {
        card.person.iter_mut().for_each(|who| who.fill(&self.people));
    }

    fn request(&self, card: &mut RequestCard) {
        card.person.iter_mut().for_each(|who| who.fill(&self.people));
        card.owner.fill(&self.accounts);
    }
}

/// Which needs or requests.
#[derive(Deserialize, JsonSchema)]
pub struct Asked {
    /// Needs: heard, asked, dismissed. Requests: open, done, dropped.
    #[serde(default)]
    #[schemars(length(max = 20))]
    status: Option<String>,
    /// Requests of this account.
    #[serde(default)]
    #[schemars(with = "Option<Id>")]
    owner: Option<String>,
    /// Requests due before this day.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    due_before: Option<String>,
    #[serde(default)]
    #[schemars(length(max = 200))]
    after: Option<String>,
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
}

async fn needs(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<Asked>,
) -> Result<Json<Page<NeedCard>>, Fail> {
    let size = asked.limit.unwrap_or(50) as usize;
    let of = status(asked.status.as_deref())?;
    let after = asked.after.as_deref();
    let mut page = outreach::need::queries::list(&app.node, &caller.actor, of, after, size).await?;
    let known = Names::of(&app, &caller, page.items.iter().filter_map(|card| card.person.as_ref())).await?;
    page.items.iter_mut().for_each(|card| known.need(card));
    Ok(Json(page))
}

async fn requests(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<Asked>,
) -> Result<Json<Page<RequestCard>>, Fail> {
    let size = asked.limit.unwrap_or(50) as usize;
    let filter = Filter {
        status: status(asked.status.as_deref())?,
        owner: parsed::<Id>("owner", asked.owner.as_deref())?.map(AccountId),
        due_before: parsed("due_before", asked.due_before.as_deref())?,
        ..Filter::default()
    };
    let after = asked.after.as_deref();
    let mut page = help::request::queries::list(&app.node, &caller.actor, filter, after, size).await?;
    let known = Names::of(&app, &caller, page.items.iter().filter_map(|card| card.person.as_ref())).await?;
    page.items.iter_mut().for_each(|card| known.request(card));
    Ok(Json(page))
}

/// What is due today.
#[derive(Serialize, JsonSchema)]
pub struct Today {
    #[schemars(with = "String", extend("format" = "date"))]
    day: Date,
    sessions: Vec<SessionCard>,
    requests_due: Vec<RequestCard>,
    requests_overdue: Vec<RequestCard>,
    /// Referrals that a partner has left unanswered.
    referrals_unanswered: Vec<ReferralCard>,
    /// Needs that were heard and not followed up.
    needs_open: u64,
    /// Records with values that wait to be settled.
    conflicts: i64,
}

async fn today(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Today>, Fail> {
    let (node, actor, day) = (&app.node, &caller.actor, app.node.today());
    let sessions = community::session::queries::between(node, actor, (day, day), None, 200).await?.items;
    let (mut due, mut overdue) = help::request::queries::due(node, actor, day).await?;
    let all = overdue.iter().chain(&due).filter_map(|card| card.person.as_ref());
    let known = Names::of(&app, &caller, all).await?;
    overdue.iter_mut().chain(&mut due).for_each(|card| known.request(card));
    let needs_open = outreach::need::queries::count(node, actor, outreach::need::Status::Heard).await?;
    let conflicts = if kernel::scope(actor, "person", Use::Read) == kernel::Scope::All {
        node.rows(crate::queries::CONFLICT_COUNT.text, vec![actor.site.into()])
            .await?
            .first()
            .map_or(0, |row| row.int(0))
    } else {
        0
    };
    let mut referrals_unanswered = help::referral::queries::unanswered(node, actor).await?;
    super::referrals::named(&app, &caller, &mut referrals_unanswered).await?;
    let (requests_due, requests_overdue) = (due, overdue);
    let today =
        Today { day, sessions, requests_due, requests_overdue, referrals_unanswered, needs_open, conflicts };
    Ok(Json(today))
}

/// The routes of the loop.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/encounters",
            reads(encounters),
            [|g: &mut G| {
                get("outreach", "Encounters.").query::<OfPerson>(g).answers::<Page<EncounterCard>>(g)
            }],
        )
        .at(
            "/api/v1/encounters/{id}",
            reads(encounter),
            [|g: &mut G| get("outreach", "An encounter.").answers::<EncounterPage>(g)],
        )
        .at(
            "/api/v1/needs",
            reads(needs),
            [|g: &mut G| get("outreach", "Needs.").query::<Asked>(g).answers::<Page<NeedCard>>(g)],
        )
        .at(
            "/api/v1/requests",
            reads(requests),
            [|g: &mut G| get("help", "Requests.").query::<Asked>(g).answers::<Page<RequestCard>>(g)],
        )
        .at(
            "/api/v1/today",
            reads(today),
            [|g: &mut G| get("help", "What is due today.").answers::<Today>(g)],
        )
}
