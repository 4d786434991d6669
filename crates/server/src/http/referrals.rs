//! Referrals to partners: lists, one with its answers, and the link that a partner is given.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::{get as reads, post as sends};
use help::referral::Secret;
use help::referral::queries::{self, Filter};
use help::referral::views::{ReferralCard, ReferralPage};
use jiff::{SignedDuration, Timestamp};
use kernel::{AccountId, Envelope, Id, Outcome, Refusal, Use};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::caller::{At, Caller, Params};
use super::loops::{parsed, status, unknown};
use super::page::{Page, whole};
use super::problem::Fail;
use super::routes::{Routes, get, post};
use crate::app::App;
use crate::faults;

/// For how long a link opens, if the consent holds.
const OPEN_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Which referrals.
#[derive(Deserialize, JsonSchema)]
pub struct Asked {
    /// True: those that something is still expected of; false: those that are over.
    #[serde(default)]
    open: Option<bool>,
    /// sent, accepted, declined, done, unanswered, cancelled.
    #[serde(default)]
    status: Option<String>,
    /// Those that this account follows up.
    #[serde(default)]
    owner: Option<String>,
    /// To this organisation.
    #[serde(default)]
    organisation: Option<String>,
    /// Of this person.
    #[serde(default)]
    person: Option<String>,
    /// Resting on this consent: who was told under it.
    #[serde(default)]
    consent: Option<String>,
    /// From this request.
    #[serde(default)]
    request: Option<String>,
    /// The one whose printed slip has this code.
    #[serde(default)]
    #[schemars(length(max = 20))]
    slip: Option<String>,
    #[serde(default)]
    after: Option<String>,
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
}

/// Fills in the names of people, accounts, organisations and services.
pub async fn named<'a>(
    app: &App,
    caller: &Caller,
    cards: impl IntoIterator<Item = &'a mut ReferralCard>,
) -> Result<(), Fail> {
    let mut cards: Vec<&mut ReferralCard> = cards.into_iter().collect();
    if cards.is_empty() {
        return Ok(());
    }
    let people = cards.iter().map(|card| card.person.id).collect();
    let people = super::people::names(app, &caller.actor, people).await?;
    let accounts = access::account::queries::names(&app.node, caller.actor.site).await?;
    let organisations: Vec<Id> = cards.iter().map(|card| card.organisation.id).collect();
    let services: Vec<Id> = cards.iter().filter_map(|card| Some(card.service.as_ref()?.id)).collect();
    let site = caller.actor.site;
    let words = network::organisation::queries::words(&app.node, site, &organisations, &services).await?;
    for card in &mut cards {
        card.person.fill(&people);
        card.owner.fill(&accounts);
        card.organisation.fill(&words);
        card.service.iter_mut().for_each(|service| service.fill(&words));
    }
    Ok(())
}

async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<Asked>,
) -> Result<Json<Page<ReferralCard>>, Fail> {
    let size = asked.limit.unwrap_or(50) as usize;
    let mut page = if let Some(person) = parsed::<Id>("person", asked.person.as_deref())? {
        app.node.visible_one(&caller.actor, "person", person, Use::Read).await?.ok_or_else(unknown)?;
        let all = people::person::same_person(&app.node, caller.actor.site, person).await?;
        whole(queries::of_persons(&app.node, &caller.actor, &all, size).await?)
    } else {
        let filter = Filter {
            open: asked.open,
            status: status(asked.status.as_deref())?,
            owner: parsed::<Id>("owner", asked.owner.as_deref())?.map(AccountId),
            organisation: parsed("organisation", asked.organisation.as_deref())?,
            consent: parsed("consent", asked.consent.as_deref())?,
            request: parsed("request", asked.request.as_deref())?,
            slip: asked.slip.filter(|slip| !slip.is_empty()),
        };
        queries::list(&app.node, &caller.actor, &filter, asked.after.as_deref(), size).await?
    };
    named(&app, &caller, &mut page.items).await?;
    Ok(Json(page))
}

async fn page(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<ReferralPage>, Fail> {
    let found = queries::page(&app.node, &caller.actor, id).await?;
    let mut page = found.ok_or_else(unknown)?;
    named(&app, &caller, [&mut page.card]).await?;
    // A partner reads as the referral itself.
    let by_link = access::log::Filter::Account(AccountId(id));
    let reads = access::log::list(&app.node, caller.actor.site, by_link, None, 20).await?;
    page.viewed = reads.into_iter().map(|read| read.at).collect();
    Ok(Json(page))
}

/// A link and its code. They are told once: what is kept are hashes.
#[derive(Serialize, JsonSchema)]
pub struct LinkView {
    /// What the address ends with.
    path: String,
    /// Six digits, to be told by another way.
    code: String,
    /// It opens nothing from this moment on.
    #[schemars(with = "String", extend("format" = "date-time"))]
    until: Timestamp,
}

/// Makes a link for the partner, by a command of whoever asks. A link made before opens nothing any more.
async fn link(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<LinkView>, Fail> {
    let page = queries::page(&app.node, &caller.actor, id).await?.ok_or_else(unknown)?;
    let secret = Secret::new(app.node.random());
    let now = app.node.now();
    let until = now.checked_add(OPEN_FOR).unwrap_or(now);
    let envelope = Envelope {
        id: app.node.new_id(),
        verb: "referral.open_link".into(),
        record: id,
        base: None,
        at: now,
        device: String::new(),
        bundle: None,
        reason: None,
        body: json!({ "link": secret.kept(until), "consent": page.consent }),
    };
    let receipts = app.node.submit(&caller.actor, vec![envelope], None, caller.lang).await;
    let receipt = receipts.into_iter().next().ok_or_else(|| Refusal::new(&faults::BROKEN))?;
    app.metrics.command(receipt.outcome);
    match (receipt.outcome, receipt.problem) {
        (Outcome::Refused, Some(problem)) => Err(problem.into()),
        _ => Ok(Json(LinkView { path: format!("/r/{}", secret.token), code: secret.code, until })),
    }
}

/// The routes of referrals.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/referrals",
            reads(list),
            [|g: &mut G| {
                get("help", "Referrals, those due first first.")
                    .query::<Asked>(g)
                    .answers::<Page<ReferralCard>>(g)
            }],
        )
        .at(
            "/api/v1/referrals/{id}",
            reads(page),
            [|g: &mut G| get("help", "A referral with its answers.").answers::<ReferralPage>(g)],
        )
        .at(
            "/api/v1/referrals/{id}/link",
            sends(link),
            [|g: &mut G| {
                post("help", "Makes a link and a code for the partner; the ones before end.")
                    .answers::<LinkView>(g)
                    .refuses(&[409, 410])
            }],
        )
}
