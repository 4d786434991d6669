//! Organisations of the network and what they offer.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use kernel::Id;
use network::organisation::queries::{self, Filter};
use network::organisation::views::{OrganisationCard, OrganisationPage};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::Deserialize;

use super::caller::{At, Caller, Params};
use super::loops::{parsed, status, unknown};
use super::page::{Page, whole};
use super::problem::Fail;
use super::routes::{Routes, get};
use crate::app::App;

/// Which organisations.
#[derive(Deserialize, JsonSchema)]
pub struct Sought {
    /// Any part of a name or of a service, pinyin and initials included.
    #[serde(default)]
    #[schemars(length(max = 200))]
    q: String,
    /// Of this group: government, civil_society, private, media, migrants.
    #[serde(default)]
    group: Option<String>,
    /// With a service for this need.
    #[serde(default)]
    code: Option<String>,
    /// That serve this place, or everywhere.
    #[serde(default)]
    place: Option<String>,
    /// Only those that nobody has made sure of for half a year.
    #[serde(default)]
    stale: bool,
}

async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(sought): Params<Sought>,
) -> Result<Json<Page<OrganisationCard>>, Fail> {
    let filter = Filter {
        query: sought.q.chars().take(200).collect(),
        group: status(sought.group.as_deref())?,
        code: status(sought.code.as_deref())?,
        place: parsed::<Id>("place", sought.place.as_deref())?,
        stale: sought.stale,
    };
    let mut cards = queries::list(&app.node, &caller.actor, &filter).await?;
    let accounts = access::account::queries::names(&app.node, caller.actor.site).await?;
    cards.iter_mut().filter_map(|card| card.verified.by.as_mut()).for_each(|by| by.fill(&accounts));
    Ok(Json(whole(cards)))
}

async fn page(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
) -> Result<Json<OrganisationPage>, Fail> {
    let found = queries::page(&app.node, &caller.actor, id).await?;
    let mut page = found.ok_or_else(unknown)?;
    let accounts = access::account::queries::names(&app.node, caller.actor.site).await?;
    page.verified.by.iter_mut().for_each(|by| by.fill(&accounts));
    let places = people::place::queries::within(&app.node, &caller.actor, "").await?;
    let names = places.into_iter().map(|place| (place.id, place.name)).collect();
    page.places.iter_mut().for_each(|place| place.fill(&names));
    Ok(Json(page))
}

/// The routes of the network.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/organisations",
            reads(list),
            [|g: &mut G| {
                get("network", "Finds organisations.").query::<Sought>(g).answers::<Page<OrganisationCard>>(g)
            }],
        )
        .at(
            "/api/v1/organisations/{id}",
            reads(page),
            [|g: &mut G| get("network", "An organisation with its services.").answers::<OrganisationPage>(g)],
        )
}
