//! Things that are given out, and hours that people gave.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use jiff::Span;
use jiff::civil::Date;
use kernel::{Id, Use};
use resources::item::views::{ItemCard, ItemPage};
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};
use volunteering::hours::views::{HoursCard, HoursSum};

use super::caller::{At, Caller, Params};
use super::loops::{Names, parsed, unknown};
use super::page::{Page, Paging};
use super::problem::Fail;
use super::routes::{Routes, get};
use crate::app::App;

async fn items(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<ItemCard>>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let mut page =
        resources::item::queries::list(node, actor, paging.after.as_deref(), paging.size()).await?;
    let places: Vec<Id> = page.items.iter().filter_map(|item| Some(item.place.as_ref()?.id)).collect();
    let places = people::place::queries::names(node, actor, &places).await?;
    page.items.iter_mut().for_each(|item| item.place.iter_mut().for_each(|place| place.fill(&places)));
    Ok(Json(page))
}

async fn item(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<ItemPage>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let mut page = resources::item::queries::page(node, actor, id).await?.ok_or_else(unknown)?;
    let known = Names::of(&app, &caller, page.gifts.iter().flat_map(|gift| &gift.persons)).await?;
    page.gifts.iter_mut().for_each(|gift| known.gift(gift));
    if let Some(place) = &mut page.item.place {
        place.fill(&people::place::queries::names(node, actor, &[place.id]).await?);
    }
    Ok(Json(page))
}

/// Whose hours, of which days.
#[derive(Deserialize, JsonSchema)]
pub struct Asked {
    /// Only those of this account.
    #[serde(default)]
    #[schemars(with = "Option<Id>")]
    account: Option<String>,
    /// Only those of this person.
    #[serde(default)]
    #[schemars(with = "Option<Id>")]
    person: Option<String>,
    /// First day; a year ago where nothing is said.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    from: Option<String>,
    /// Last day; tomorrow where nothing is said, as a device may be a day ahead.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    to: Option<String>,
    #[serde(default)]
    #[schemars(length(max = 200))]
    after: Option<String>,
    #[serde(default)]
    #[schemars(range(min = 1, max = 200))]
    limit: Option<u32>,
}

/// Hours of a span of days, and what everybody gave altogether in it.
#[derive(Serialize, JsonSchema)]
pub struct HoursPage {
    items: Vec<HoursCard>,
    next: Option<String>,
    /// What everybody gave altogether, those who gave most first.
    sums: Vec<HoursSum>,
}

async fn hours(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(asked): Params<Asked>,
) -> Result<Json<HoursPage>, Fail> {
    use volunteering::hours::queries;
    let (node, actor) = (&app.node, &caller.actor);
    let today = node.today();
    let from = parsed("from", asked.from.as_deref())?;
    let to = parsed("to", asked.to.as_deref())?;
    let span: (Date, Date) = (
        from.unwrap_or_else(|| today.saturating_sub(Span::new().years(1))),
        to.unwrap_or_else(|| today.tomorrow().unwrap_or(today)),
    );
    let size = asked.limit.unwrap_or(50) as usize;
    let mut page = if let Some(person) = parsed::<Id>("person", asked.person.as_deref())? {
        node.visible_one(actor, "person", person, Use::Read).await?.ok_or_else(unknown)?;
        let all = people::person::same_person(node, actor.site, person).await?;
        HoursPage { items: queries::of_whom(node, actor, &all, size).await?, next: None, sums: Vec::new() }
    } else if let Some(account) = parsed::<Id>("account", asked.account.as_deref())? {
        let items = queries::of_whom(node, actor, &[account], size).await?;
        HoursPage { items, next: None, sums: Vec::new() }
    } else {
        let page = queries::list(node, actor, span, asked.after.as_deref(), size).await?;
        let sums = queries::sums(node, actor, span).await?;
        HoursPage { items: page.items, next: page.next, sums }
    };
    let people = page.items.iter().filter_map(|one| one.person.as_ref());
    let people = people.chain(page.sums.iter().filter(|sum| !sum.account).map(|sum| &sum.who));
    let known = Names::of(&app, &caller, people).await?;
    page.items.iter_mut().for_each(|one| known.hours(one));
    page.sums.iter_mut().for_each(|sum| known.whoever(&mut sum.who));
    Ok(Json(page))
}

/// The routes of items and hours.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/items",
            reads(items),
            [|g: &mut G| {
                get("resources", "Things that are given out.").query::<Paging>(g).answers::<Page<ItemCard>>(g)
            }],
        )
        .at(
            "/api/v1/items/{id}",
            reads(item),
            [|g: &mut G| get("resources", "An item with what went to whom.").answers::<ItemPage>(g)],
        )
        .at(
            "/api/v1/hours",
            reads(hours),
            [|g: &mut G| {
                get("volunteering", "Hours that people gave.").query::<Asked>(g).answers::<HoursPage>(g)
            }],
        )
}
