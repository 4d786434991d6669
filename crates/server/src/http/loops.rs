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
use outreach::encounter::views::EncounterCard;
use outreach::incident::views::Pattern;
use outreach::need::views::NeedCard;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};

use super::caller::{Caller, Params};
use super::page::{Page, whole};
use super::people::names;
use super::problem::Fail;
use super::routes::{Routes, get};
use crate::app::App;
use crate::attention::{self, Attention};
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
    /// Only those at this place.
    #[serde(default)]
    #[schemars(with = "Option<Id>")]
    place: Option<String>,
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
    let (node, actor, after) = (&app.node, &caller.actor, asked.after.as_deref());
    let place = parsed::<Id>("place", asked.place.as_deref())?;
    let mut page = match (parsed::<Id>("person", asked.person.as_deref())?, place) {
        (None, None) => outreach::encounter::queries::list(node, actor, after, size).await?,
        (None, Some(place)) => {
            outreach::encounter::queries::at_place(node, actor, place, after, size).await?
        }
        (Some(person), _) => {
            let reached = app.node.visible_one(&caller.actor, "person", person, Use::Read).await?;
            reached.ok_or_else(unknown)?;
            let all = people::person::same_person(&app.node, caller.actor.site, person).await?;
            whole(outreach::encounter::queries::of_persons(&app.node, &caller.actor, &all, size).await?)
        }
    };
    let met = page.items.iter().flat_map(|card| card.persons.iter().chain(&card.volunteers));
    let known = Names::of_ids(&app, &caller, met.map(|who| who.id).collect()).await?;
    page.items.iter_mut().for_each(|card| known.encounter(card));
    Ok(Json(page))
}

/// Names of people, accounts, places and tags.
pub struct Names {
    people: HashMap<Id, String>,
    accounts: HashMap<Id, String>,
    places: HashMap<Id, String>,
    tags: HashMap<Id, String>,
}

impl Names {
    /// The names of these people, and those of all accounts, places and tags.
    pub async fn of(
        app: &App,
        caller: &Caller,
        people: impl Iterator<Item = &kernel::page::Named>,
    ) -> Result<Self, Fail> {
        Self::of_ids(app, caller, people.map(|who| who.id).collect()).await
    }

    /// The names of the people of these ids, and those of all accounts, places and tags.
    pub async fn of_ids(app: &App, caller: &Caller, ids: Vec<Id>) -> Result<Self, Fail> {
        let (node, actor) = (&app.node, &caller.actor);
        let tags = outreach::need_tag::queries::of_site(node, actor.site).await?;
        let places = people::place::queries::within(node, actor, "").await?;
        Ok(Self {
            people: names(app, actor, ids).await?,
            accounts: access::account::queries::names(node, actor.site).await?,
            places: places.into_iter().map(|place| (place.id, place.name)).collect(),
            tags: tags.into_iter().map(|tag| (tag.id, tag.name(caller.lang))).collect(),
        })
    }

    /// Whose record an id is, a person's or an account's.
    pub fn whoever(&self, who: &mut kernel::page::Named) {
        let names = if self.accounts.contains_key(&who.id) { &self.accounts } else { &self.people };
        who.fill(names);
    }

    /// Fills in the name of a place.
    pub fn place(&self, place: &mut kernel::page::Named) {
        place.fill(&self.places);
    }

    /// Fills in the names of an encounter.
    pub fn encounter(&self, card: &mut EncounterCard) {
        card.persons.iter_mut().chain(&mut card.volunteers).for_each(|who| who.fill(&self.people));
        card.workers.iter_mut().chain(&mut card.shared_with).for_each(|who| who.fill(&self.accounts));
        card.place.iter_mut().for_each(|place| place.fill(&self.places));
        card.worker.fill(&self.accounts);
    }

    /// Fills in the names of a need.
    pub fn need(&self, card: &mut NeedCard) {
        card.person.iter_mut().for_each(|who| who.fill(&self.people));
        card.tag.iter_mut().for_each(|tag| tag.fill(&self.tags));
    }

    /// Fills in the names of a request.
    pub fn request(&self, card: &mut RequestCard) {
        card.person.iter_mut().for_each(|who| who.fill(&self.people));
        card.owner.fill(&self.accounts);
    }

    /// Fills in the names of a gift.
    pub fn gift(&self, card: &mut resources::item::views::GiftCard) {
        card.persons.iter_mut().for_each(|who| who.fill(&self.people));
        card.by.fill(&self.accounts);
    }

    /// Fills in the names of hours.
    pub fn hours(&self, card: &mut volunteering::hours::views::HoursCard) {
        card.person.iter_mut().for_each(|who| who.fill(&self.people));
        card.account.iter_mut().for_each(|who| who.fill(&self.accounts));
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
    let (node, actor, after) = (&app.node, &caller.actor, asked.after.as_deref());
    let over = filter.status.filter(|status| *status != help::request::Status::Open);
    let mut page = match over {
        Some(status) if filter.due_before.is_none() => {
            help::request::queries::closed(node, actor, status, filter.owner, after, size).await?
        }
        _ => help::request::queries::list(node, actor, filter, after, size).await?,
    };
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
    /// Encounters after which somebody should look in again.
    follow_ups: Vec<EncounterCard>,
    /// Requests that were done and should be asked after.
    request_follow_ups: Vec<RequestCard>,
    /// Whom and what nobody has been to for long.
    attention: Attention,
    /// Incidents of discrimination that are alike, three or more at one place within a year.
    patterns: Vec<Pattern>,
}

async fn today(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Today>, Fail> {
    let (node, actor, day) = (&app.node, &caller.actor, app.node.today());
    let sessions = community::session::queries::between(node, actor, (day, day), None, 200).await?.items;
    let (mut due, mut overdue) = help::request::queries::due(node, actor, day).await?;
    let mut asked_after = help::request::queries::follow_ups(node, actor, day).await?;
    let mut follow_ups = outreach::encounter::queries::follow_ups(node, actor, day).await?;
    let watch = access::site::queries::watch(node, actor.site).await?;
    let mut attention = attention::of(node, actor, watch).await?;
    let requests = overdue.iter().chain(&due).chain(&asked_after).filter_map(|card| card.person.as_ref());
    let unseen = attention.people.iter().chain(&attention.elders).map(|unseen| &unseen.who);
    let met = follow_ups.iter().flat_map(|card| card.persons.iter().chain(&card.volunteers));
    let all = requests.chain(unseen).chain(met).map(|who| who.id).collect();
    let known = Names::of_ids(&app, &caller, all).await?;
    overdue.iter_mut().chain(&mut due).chain(&mut asked_after).for_each(|card| known.request(card));
    let patterns = super::notes::patterns(&app, &caller, &known).await?;
    attention.people.iter_mut().chain(&mut attention.elders).for_each(|one| known.whoever(&mut one.who));
    for card in &mut follow_ups {
        known.encounter(card);
    }
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
    Ok(Json(Today {
        day,
        sessions,
        requests_due: due,
        requests_overdue: overdue,
        referrals_unanswered,
        needs_open,
        conflicts,
        follow_ups,
        request_follow_ups: asked_after,
        attention,
        patterns,
    }))
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
