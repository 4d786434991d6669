//! Who stays here over a festival: the list that families, and people without one, are asked by.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::get as reads;
use calendar::festivals::{self, Kept};
use community::session::views::SessionCard;
use community::signup::views::{SignUpView, Standing};
use community::staying::views::{
    BackView, FestivalOption, MealSignUp, Relative, StayItem, StayList, StayTotals,
};
use community::staying::{Answer, ELDER, OFFERED, SPRING, eve, festival, stay_id};
use jiff::ToSpan;
use jiff::civil::Date;
use kernel::page::Named;
use kernel::{Actor, Id, Label, Refusal, Use};
use people::household::views::{Guest, Guests};
use people::household::{elsewhere, queries as households};
use people::stay::back::Here;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::Deserialize;

use super::caller::{Caller, Params};
use super::community::{kept_here, named_peoples};
use super::page::{Page, whole};
use super::people::names;
use super::problem::Fail;
use super::routes::{Routes, get};
use crate::app::App;

/// How long after its first day a festival is still the one that is asked about.
const AFTER: i64 = 15;
/// How far ahead festivals can be chosen, in days.
const AHEAD: i64 = 120;
/// How many of those not asked yet are shown.
const SHOWN: usize = 200;

/// Which festival.
#[derive(Deserialize, JsonSchema)]
pub struct Which {
    /// Its code; the Spring Festival where nothing is said.
    #[serde(default)]
    #[schemars(length(max = 40))]
    festival: Option<String>,
    /// The year in which it begins; its next turn where nothing is said.
    #[serde(default)]
    #[schemars(range(min = 1990, max = 2050))]
    year: Option<i16>,
}

fn option(kept: &Kept, day: Date, today: Date) -> FestivalOption {
    let days = today.until(eve(day)).map_or(0, |span| span.get_days());
    FestivalOption {
        code: kept.code.to_owned(),
        year: day.year(),
        name_zh: kept.name.0.to_owned(),
        name_en: kept.name.1.to_owned(),
        day: day.to_string(),
        eve: eve(day).to_string(),
        days,
        offered: kept.code == SPRING && (0..=OFFERED).contains(&i64::from(days)),
    }
}

/// The turn of a festival that is asked about on a day: the next, or the one that was just kept.
fn turn(code: &str, today: Date) -> Option<(&'static Kept, Date)> {
    let since = today.saturating_sub(AFTER.days());
    (since.year()..=since.year() + 2).filter_map(|year| festival(code, year)).find(|(_, day)| *day >= since)
}

impl Which {
    fn found(&self, today: Date) -> Result<(&'static Kept, Date), Refusal> {
        let code = self.festival.as_deref().filter(|code| !code.is_empty()).unwrap_or(SPRING);
        let found = match self.year {
            Some(year) => festival(code, year),
            None => turn(code, today),
        };
        found.ok_or_else(|| Refusal::new(&community::faults::FESTIVAL).at("festival"))
    }
}

async fn options(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Page<FestivalOption>>, Fail> {
    let today = app.node.today();
    let named = named_peoples(&app, &caller).await?;
    let span = (today.saturating_sub(AFTER.days()), today.saturating_add(AHEAD.days()));
    let mut all: Vec<FestivalOption> = festivals::between(span.0, span.1)
        .iter()
        .filter(|turn| kept_here(turn.festival, &named))
        .map(|turn| option(turn.festival, turn.day, today))
        .collect();
    if !all.iter().any(|each| each.code == SPRING)
        && let Some((kept, day)) = turn(SPRING, today)
    {
        all.push(option(kept, day, today));
    }
    Ok(Json(whole(all)))
}

/// The list before names are looked up.
struct Draft {
    items: Vec<StayItem>,
    more: bool,
    totals: StayTotals,
}

/// Those who answered, and those who were not asked yet: families, and people without one, who are from elsewhere.
async fn draft(app: &App, actor: &Actor, (code, year): (&str, i16)) -> Result<Draft, Fail> {
    let (node, today) = (&app.node, app.node.today());
    let held = community::staying::queries::of_festival(node, actor, code, year).await?;
    let mut items: Vec<StayItem> = held.iter().map(StayItem::of).collect();
    let listed: HashSet<Id> = items.iter().filter_map(|item| item.household.or(item.person)).collect();
    let asked = community::staying::queries::asked(node, actor.site, code, year).await?;
    let fresh = |id: &Id| !listed.contains(id) && !asked.contains(id);
    let homes = elsewhere::households(node, actor, today).await?;
    let single = elsewhere::single(node, actor, today).await?;
    let homes = homes.into_iter().filter(fresh).map(|id| (Some(id), None));
    let single = single.into_iter().filter(fresh).map(|id| (None, Some(id)));
    let unasked: Vec<(Option<Id>, Option<Id>)> = homes.chain(single).collect();
    let mut totals = StayTotals::default();
    let listed = items.iter().filter(|item| item.answer == Answer::NotAsked);
    for household in unasked.iter().map(|who| who.0).chain(listed.map(|item| item.household)) {
        match household {
            Some(_) => totals.not_asked.0 += 1,
            None => totals.not_asked_single.0 += 1,
        }
    }
    let item = |who: &(Option<Id>, Option<Id>)| {
        let id = who.0.or(who.1).unwrap_or_default();
        StayItem::unasked(stay_id(id, code, year), *who)
    };
    items.extend(unasked.iter().take(SHOWN).map(item));
    Ok(Draft { items, more: unasked.len() > SHOWN, totals })
}

/// What is known of the people on a list.
struct Known {
    guests: HashMap<Id, Guests>,
    names: HashMap<Id, String>,
    minors: HashSet<Id>,
    elders: HashSet<Id>,
    phones: HashMap<Id, Vec<String>>,
    stays: HashMap<Id, Here>,
}

impl Known {
    async fn of(app: &App, actor: &Actor, items: &[StayItem], day: Date) -> Result<Self, Fail> {
        let node = &app.node;
        let with = |item: &StayItem| item.with_household.as_ref().map(|it| it.id);
        let mut homes: Vec<Id> = items.iter().filter_map(|item| item.household).collect();
        homes.extend(items.iter().filter_map(with));
        homes.sort_unstable();
        homes.dedup();
        let guests = households::guests(node, actor, &homes, day).await?;
        let mut people: Vec<Id> = guests.iter().flat_map(|of| &of.members).map(|one| one.person).collect();
        people.extend(items.iter().filter_map(|item| item.person));
        people.sort_unstable();
        people.dedup();
        let held = node.visible(actor, "person", &people, Use::Read).await?;
        let contact = Label::Contact.readable_by(actor.role);
        let (mut minors, mut elders, mut phones) = (HashSet::new(), HashSet::new(), HashMap::new());
        for held in &held {
            let person: people::Person = journal::state(held);
            if people::person::is_minor(&person, day) {
                minors.insert(held.meta.id);
            }
            let age = person.birth.as_ref().and_then(|birth| birth.age_on(day));
            if age.is_some_and(|age| age.least >= u16::from(ELDER)) {
                elders.insert(held.meta.id);
            }
            if contact {
                let numbers = person.phones.into_iter().map(|phone| phone.number);
                phones.insert(held.meta.id, numbers.collect());
            }
        }
        let others =
            items.iter().filter_map(|item| item.person.or(item.with_person.as_ref().map(|it| it.id)));
        let names = names(app, actor, others.collect()).await?;
        let stays = people::stay::back::here(node, actor, &people, node.today()).await?;
        let guests = guests.into_iter().map(|of| (of.household, of)).collect();
        Ok(Self { guests, names, minors, elders, phones, stays })
    }

    fn relative(&self, id: Id, name: String) -> Relative {
        let back = |here: &Here| BackView {
            id: here.stay,
            expected_back: here.expected_back.map(|day| day.to_string()),
            version: here.version,
        };
        Relative {
            who: Named { id, name },
            child: self.minors.contains(&id),
            elder: self.elders.contains(&id),
            phones: self.phones.get(&id).cloned().unwrap_or_default(),
            stay: self.stays.get(&id).map(back),
        }
    }

    fn fill(&self, item: &mut StayItem, signups: &[SignUpView]) {
        if let Some(guests) = item.household.and_then(|id| self.guests.get(&id)) {
            item.number.clone_from(&guests.number);
            let member = |one: &Guest| self.relative(one.person, one.name.clone().unwrap_or_default());
            item.members = guests.members.iter().map(member).collect();
        }
        if let Some(id) = item.person {
            item.members = vec![self.relative(id, self.names.get(&id).cloned().unwrap_or_default())];
        }
        if let Some(with) = &mut item.with_household
            && let Some(guests) = self.guests.get(&with.id)
        {
            with.name.clone_from(&guests.number);
        }
        item.with_person.iter_mut().for_each(|who| who.fill(&self.names));
        let theirs = |signup: &&SignUpView| {
            let who = signup.person.as_ref().map(|who| who.id);
            item.members.iter().any(|member| Some(member.who.id) == who)
        };
        let mut signups: Vec<&SignUpView> = signups.iter().filter(theirs).collect();
        signups.sort_by_key(|signup| signup.standing == Standing::Cancelled);
        item.signup = signups.first().map(|signup| MealSignUp {
            id: signup.id,
            standing: signup.standing,
            version: signup.version,
        });
    }
}

async fn list(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(which): Params<Which>,
) -> Result<Json<StayList>, Fail> {
    let (node, actor, today) = (&app.node, &caller.actor, app.node.today());
    let (kept, day) = which.found(today)?;
    let key = (kept.code, day.year());
    let linked = community::staying::queries::meal(node, actor, key.0, key.1).await?;
    let meal: Option<SessionCard> = match linked.and_then(|(session, _)| session) {
        Some(session) => community::session::queries::one(node, actor, session).await?,
        None => None,
    };
    let signups = match &meal {
        Some(session) => community::signup::queries::of_session(node, actor, session).await?,
        None => Vec::new(),
    };
    let Draft { mut items, more, mut totals } = draft(&app, actor, key).await?;
    let known = Known::of(&app, actor, &items, day).await?;
    for item in &mut items {
        known.fill(item, &signups);
    }
    let place = |item: &StayItem| (item.answer, item.household.is_none());
    items.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.number.cmp(&b.number)));
    let asked = StayTotals::of(&items);
    totals = StayTotals { not_asked: totals.not_asked, not_asked_single: totals.not_asked_single, ..asked };
    Ok(Json(StayList {
        festival: option(kept, day, today),
        meal,
        meal_version: linked.map_or(0, |(_, version)| version),
        items,
        more,
        totals,
    }))
}

/// The routes of staying over a festival.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    routes
        .at(
            "/api/v1/festival-stays",
            reads(list),
            [|g: &mut G| {
                get("community", "Who stays here over a festival.").query::<Which>(g).answers::<StayList>(g)
            }],
        )
        .at(
            "/api/v1/festival-stays/festivals",
            reads(options),
            [|g: &mut G| {
                get("community", "The festivals that can be asked about.").answers::<Page<FestivalOption>>(g)
            }],
        )
}
