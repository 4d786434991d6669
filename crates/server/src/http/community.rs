//! Activities and what belongs to them: kinds, rules, sessions, sign-ups, rolls, dishes, festivals.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::routing::{get as reads, post as sends};
use calendar::festivals::{self, Kept, Turn};
use community::activity::Plan;
use community::activity::views::{ActivityCard, PlanView};
use community::dish::views::{DishView, Dishes, asked};
use community::kind::views::KindView;
use community::mixing::views::Mix;
use community::mixing::{self, Known};
use community::participation::views::Roll;
use community::session::views::SessionCard;
use community::signup::views::SignUpView;
use jiff::civil::Date;
use kernel::page::Named;
use kernel::{Actor, Id, Refusal, Roles};
use people::views::PersonCard;
use schemars::JsonSchema;
use schemars::generate::SchemaGenerator;
use serde::{Deserialize, Serialize};

use super::caller::{At, Body, Caller, Params};
use super::lent::{self, Lent};
use super::loops::{parsed, unknown};
use super::page::{Page, Paging, whole};
use super::people::{names, roots};
use super::problem::Fail;
use super::routes::{Routes, get, post};
use crate::app::App;
use crate::faults;

async fn kinds(State(app): State<Arc<App>>, caller: Caller) -> Result<Json<Page<KindView>>, Fail> {
    let kinds = community::kind::queries::of_site(&app.node, caller.actor.site).await?;
    Ok(Json(whole(kinds.all().iter().map(|kind| kind.read_in(caller.lang)).collect())))
}

async fn activities(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(paging): Params<Paging>,
) -> Result<Json<Page<ActivityCard>>, Fail> {
    let after = paging.after.as_deref();
    Ok(Json(community::activity::queries::list(&app.node, &caller.actor, after, paging.size()).await?))
}

/// An activity with its sessions.
#[derive(Serialize, JsonSchema)]
pub struct ActivityPage {
    activity: ActivityCard,
    sessions: Vec<SessionCard>,
}

async fn activity(
    State(app): State<Arc<App>>,
    caller: Caller,
    At(id): At,
) -> Result<Json<ActivityPage>, Fail> {
    let found = community::activity::queries::one(&app.node, &caller.actor, id).await?;
    let activity = found.ok_or_else(unknown)?;
    let sessions = community::session::queries::of_activity(&app.node, &caller.actor, id).await?;
    Ok(Json(ActivityPage { activity, sessions }))
}

/// What making the sessions of an activity's rules came to.
#[derive(Serialize, JsonSchema)]
pub struct MadeView {
    /// Sessions made.
    made: u64,
    /// Sessions held at another time now.
    moved: u64,
    /// Sessions cancelled, because somebody signed up.
    cancelled: u64,
    /// Sessions withdrawn.
    withdrawn: u64,
    activity: ActivityCard,
}

/// Days back that the mix of an activity looks.
const YEAR: i32 = 365;

async fn mix(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<Mix>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    community::activity::queries::one(node, actor, id).await?.ok_or_else(unknown)?;
    let today = node.today();
    let days = (today.saturating_sub(jiff::Span::new().days(YEAR)), today);
    let mut gatherings = mixing::queries::gatherings(node, actor.site, id, days).await?;
    let mut people: Vec<Id> = gatherings.iter().flat_map(|each| each.people.iter().copied()).collect();
    people.sort_unstable();
    people.dedup();
    let merged = roots(&app, actor, &people).await?;
    let root = |id: &Id| merged.get(id).copied().unwrap_or(*id);
    for each in &mut gatherings {
        each.people = each.people.iter().map(root).collect();
    }
    let mut counted: Vec<Id> = people.iter().map(root).collect();
    counted.sort_unstable();
    counted.dedup();
    let origins = people::stay::queries::origins(node, actor.site, &counted, today).await?;
    let held = node.held_many(actor.site, "person", &counted).await?;
    let minors: HashSet<Id> = held
        .iter()
        .filter(|held| people::person::is_minor(&journal::state(held), today))
        .map(|held| held.meta.id)
        .collect();
    let known = |id: Id| Known { migrant: origins.get(&id).copied(), child: minors.contains(&id) };
    Ok(Json(mixing::mix(&gatherings, known)))
}

async fn make(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<MadeView>, Fail> {
    caller.only(Roles::STAFF, "activity.arrange")?;
    let (node, actor) = (&app.node, &caller.actor);
    let activity = community::activity::queries::one(node, actor, id).await?.ok_or_else(unknown)?;
    if activity.plans.is_empty() && activity.sessions == 0 {
        return Err(Refusal::new(&community::faults::NO_PLAN).into());
    }
    let made = community::making::queries::make(node, actor, id, caller.lang).await?.ok_or_else(unknown)?;
    if let Some(problem) = made.problem {
        return Err(problem.into());
    }
    let activity = community::activity::queries::one(node, actor, id).await?.ok_or_else(unknown)?;
    Ok(Json(MadeView {
        made: made.made,
        moved: made.moved,
        cancelled: made.cancelled,
        withdrawn: made.withdrawn,
        activity,
    }))
}

/// A rule as it would be: in words, and its first days.
#[derive(Serialize, JsonSchema)]
pub struct Preview {
    #[serde(flatten)]
    words: PlanView,
    /// The first days.
    days: Vec<String>,
    /// How many sessions would be made today.
    total: u64,
}

async fn preview(
    State(app): State<Arc<App>>,
    _: Caller,
    Body(plan): Body<Plan>,
) -> Result<Json<Preview>, Fail> {
    plan.check()?;
    let today = app.node.today();
    let due = plan.rule.due(today);
    Ok(Json(Preview {
        days: due.iter().take(12).map(Date::to_string).collect(),
        total: due.len() as u64,
        words: PlanView::of(plan, today),
    }))
}

/// Which days.
#[derive(Deserialize, JsonSchema)]
pub struct Days {
    /// First day; two weeks ago where nothing is said.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    from: Option<String>,
    /// Last day; in two weeks where nothing is said.
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

async fn sessions(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(days): Params<Days>,
) -> Result<Json<Page<SessionCard>>, Fail> {
    let today = app.node.today();
    let weeks = |weeks: i64| today.saturating_add(jiff::Span::new().weeks(weeks));
    let from = parsed::<Date>("from", days.from.as_deref())?.unwrap_or_else(|| weeks(-2));
    let to = parsed::<Date>("to", days.to.as_deref())?.unwrap_or_else(|| weeks(2));
    let size = days.limit.unwrap_or(50) as usize;
    let after = days.after.as_deref();
    Ok(Json(community::session::queries::between(&app.node, &caller.actor, (from, to), after, size).await?))
}

/// A session with those who signed up.
#[derive(Serialize, JsonSchema)]
pub struct SessionPage {
    session: SessionCard,
    /// Its activity, where it is in the reader's scope.
    activity: Option<ActivityCard>,
    /// In the order of arrival.
    signups: Vec<SignUpView>,
    /// What the reader knows by the roll alone.
    lent: Lent,
    /// The reader's device lets go of this after that day, where something is lent.
    keep_until: Option<String>,
}

/// Says who signed up; of those who are known by the roll alone it says nothing else.
fn name(signups: &mut [SignUpView], known: &HashMap<Id, String>, lent: &Lent) {
    for signup in signups {
        let Some(who) = &mut signup.person else { continue };
        who.fill(known);
        if lent.holds(who.id) {
            (signup.phone, signup.words) = (None, String::new());
        }
    }
}

async fn session(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<SessionPage>, Fail> {
    let found = community::session::queries::one(&app.node, &caller.actor, id).await?;
    let session = found.ok_or_else(unknown)?;
    let activity = community::activity::queries::one(&app.node, &caller.actor, session.activity).await?;
    let mut signups = community::signup::queries::of_session(&app.node, &caller.actor, &session).await?;
    let ids: Vec<Id> = signups.iter().filter_map(|signup| signup.person.as_ref()).map(|who| who.id).collect();
    let (known, lent) = lent::names(&app, &caller.actor, id, &ids).await?;
    name(&mut signups, &known, &lent);
    let keep_until = lent.until(&session.day);
    Ok(Json(SessionPage { session, activity, signups, lent, keep_until }))
}

/// A roll, who signed up, and who is likely to come.
#[derive(Serialize, JsonSchema)]
pub struct RollPage {
    #[serde(flatten)]
    roll: Roll,
    /// Who signed up, in the order of arrival.
    signups: Vec<SignUpView>,
    /// Who came to the activity before and is not marked yet.
    suggestions: Vec<PersonCard>,
    /// What the reader knows by the roll alone.
    lent: Lent,
    /// The reader's device lets go of this after that day, where something is lent.
    keep_until: Option<String>,
}

/// Completes a roll for somebody who may know of people by it alone: names, and households to mark.
async fn lend(app: &App, actor: &Actor, page: &mut RollPage, likely: &[Id]) -> Result<(), Fail> {
    let session = page.roll.session.id;
    let signed = page.signups.iter().filter_map(|signup| signup.person.as_ref()).map(|who| who.id);
    let mut all: Vec<Id> =
        page.roll.people().into_iter().chain(signed).chain(likely.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let (known, mut lent) = lent::names(app, actor, session, &all).await?;
    name(&mut page.signups, &known, &lent);
    let mut cards: HashMap<Id, PersonCard> = page.suggestions.drain(..).map(|card| (card.id, card)).collect();
    let card = |id: &Id| {
        let known = known.get(id).filter(|_| lent.holds(*id));
        cards.remove(id).or_else(|| Some(PersonCard::named(*id, known?.clone())))
    };
    page.suggestions = likely.iter().filter_map(card).collect();
    let feast = community::dish::queries::of_session(&app.node, actor, session).await?;
    let invited = feast.iter().flat_map(|feast| &feast.rows).map(|row| row.household);
    let mut homes: Vec<Id> =
        page.roll.marks.iter().filter_map(|mark| mark.household).chain(invited).collect();
    homes.sort_unstable();
    homes.dedup();
    let day = page.roll.session.day.parse().unwrap_or_default();
    lent::add_households(app, actor, (session, day), (&homes, &known), &mut lent).await?;
    let roots = roots(app, actor, &page.roll.people()).await?;
    page.roll.complete(&known, &roots);
    page.keep_until = lent.until(&page.roll.session.day);
    page.lent = lent;
    Ok(())
}

async fn roll(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<RollPage>, Fail> {
    let found = community::participation::queries::roll(&app.node, &caller.actor, id).await?;
    let mut roll = found.ok_or_else(unknown)?;
    let mut signups = community::signup::queries::of_session(&app.node, &caller.actor, &roll.session).await?;
    let marked = roll.people();
    let expected = signups.iter().filter_map(|signup| signup.person.as_ref()).map(|who| who.id);
    let wanted = marked.iter().copied().chain(expected).collect();
    let session = roll.session.clone();
    let likely = async {
        let likely = community::participation::queries::regulars(&app.node, &caller.actor, &session).await?;
        let cards = people::person::cards(&app.node, &caller.actor, &likely).await?;
        Ok((likely, cards))
    };
    let (known, roots, (likely, suggestions)) =
        tokio::try_join!(names(&app, &caller.actor, wanted), roots(&app, &caller.actor, &marked), likely,)?;
    name(&mut signups, &known, &Lent::default());
    roll.complete(&known, &roots);
    let mut page = RollPage { roll, signups, suggestions, lent: Lent::default(), keep_until: None };
    if !lent::needs_none(&caller.actor, id) {
        lend(&app, &caller.actor, &mut page, &likely).await?;
    }
    Ok(Json(page))
}

async fn dishes(State(app): State<Arc<App>>, caller: Caller, At(id): At) -> Result<Json<Dishes>, Fail> {
    let (node, actor) = (&app.node, &caller.actor);
    let feast = community::dish::queries::of_session(node, actor, id).await?.ok_or_else(unknown)?;
    let households: Vec<Id> = feast.rows.iter().map(|row| row.household).collect();
    let guests = people::household::queries::guests_on_roll(node, actor, id, &households, feast.day).await?;
    let mut guests: HashMap<Id, _> = guests.into_iter().map(|guests| (guests.household, guests)).collect();
    let view = |row: community::dish::views::DishRow| {
        let guests = guests.remove(&row.household).unwrap_or_default();
        let ages: Vec<Option<u8>> = guests.members.iter().map(|member| member.least_age).collect();
        let named = |member: people::household::views::Guest| Named {
            id: member.person,
            name: member.name.unwrap_or_default(),
        };
        DishView {
            id: row.id,
            household: row.household,
            number: guests.number,
            members: guests.members.into_iter().map(named).collect(),
            asked: asked(&row.words, &ages),
            words: row.words,
            brought: row.brought,
            version: row.version,
        }
    };
    let mut dishes = Dishes::of(feast.rows.into_iter().map(view).collect());
    dishes.keep_until = (!lent::needs_none(actor, id)).then(|| feast.day.to_string());
    Ok(Json(dishes))
}

/// From when to when.
#[derive(Deserialize, JsonSchema)]
pub struct Span {
    /// First day; today where nothing is said.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    from: Option<String>,
    /// Last day; in 90 days where nothing is said.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    to: Option<String>,
}

/// An ethnic group.
#[derive(Serialize, JsonSchema)]
pub struct People {
    /// Its letters in GB/T 3304.
    letters: String,
    name_zh: String,
    name_en: String,
}

/// A festival.
#[derive(Serialize, JsonSchema)]
pub struct FestivalView {
    code: String,
    name_zh: String,
    name_en: String,
    /// The groups that keep it; none where it is kept by all.
    peoples: Vec<People>,
    /// Whether it is kept by all, or by a group that the site named.
    here: bool,
    /// Its first day; null where it is announced each year.
    day: Option<String>,
    /// Its last day as usually kept.
    last: Option<String>,
    /// By how many days it may turn out later.
    late: u8,
    /// Where the rule is from.
    source_zh: String,
    source_en: String,
    /// What is uncertain.
    note_zh: String,
    note_en: String,
}

/// Festivals of a time, and those whose day is announced.
#[derive(Serialize, JsonSchema)]
pub struct Festivals {
    /// In the order of their days.
    items: Vec<FestivalView>,
    /// Festivals whose day is announced each year and not known here.
    announced: Vec<FestivalView>,
    /// The groups that the site named.
    peoples: Vec<String>,
}

/// Whether a festival is kept by all, or by a group that the site named.
pub(super) fn kept_here(kept: &Kept, named: &[String]) -> bool {
    kept.peoples.is_empty() || kept.peoples.iter().any(|of| named.iter().any(|name| name == of))
}

/// The groups that the site named.
pub(super) async fn named_peoples(app: &App, caller: &Caller) -> Result<Vec<String>, Fail> {
    let site = app.node.held(caller.actor.site, "site", caller.actor.site.0).await?;
    Ok(site.as_ref().map(journal::state::<access::Site>).unwrap_or_default().peoples)
}

fn festival(kept: &Kept, days: Option<(Date, Date)>, named: &[String]) -> FestivalView {
    let groups = names::ethnic::groups();
    let people = |letters: &&str| {
        let group = groups.iter().find(|group| group.letters == *letters);
        People {
            letters: (*letters).to_owned(),
            name_zh: group.map_or(*letters, |group| group.zh).to_owned(),
            name_en: group.map_or(*letters, |group| group.en).to_owned(),
        }
    };
    FestivalView {
        code: kept.code.to_owned(),
        name_zh: kept.name.0.to_owned(),
        name_en: kept.name.1.to_owned(),
        peoples: kept.peoples.iter().map(people).collect(),
        here: kept_here(kept, named),
        day: days.map(|days| days.0.to_string()),
        last: days.map(|days| days.1.to_string()),
        late: kept.late,
        source_zh: kept.source.0.to_owned(),
        source_en: kept.source.1.to_owned(),
        note_zh: kept.note.0.to_owned(),
        note_en: kept.note.1.to_owned(),
    }
}

async fn festivals(
    State(app): State<Arc<App>>,
    caller: Caller,
    Params(span): Params<Span>,
) -> Result<Json<Festivals>, Fail> {
    let from = parsed::<Date>("from", span.from.as_deref())?.unwrap_or_else(|| app.node.today());
    let last = from.saturating_add(jiff::Span::new().days(90));
    let to = parsed::<Date>("to", span.to.as_deref())?.unwrap_or(last);
    if from.until(to).is_ok_and(|span| span.get_days() > 3_700) {
        return Err(Refusal::new(&faults::BAD_PARAMETER).with("why", "to").at("to").into());
    }
    let named = named_peoples(&app, &caller).await?;
    let turn = |turn: &Turn| festival(turn.festival, Some((turn.day, turn.last)), &named);
    let items = festivals::between(from, to).iter().map(turn).collect();
    let announced = festivals::announced().map(|kept| festival(kept, None, &named)).collect();
    Ok(Json(Festivals { items, announced, peoples: named }))
}

/// The routes of the community.
pub fn routes(routes: Routes) -> Routes {
    type G = SchemaGenerator;
    let list =
        |g: &mut G| get("community", "Activities.").query::<Paging>(g).answers::<Page<ActivityCard>>(g);
    let days = |g: &mut G| get("community", "Sessions.").query::<Days>(g).answers::<Page<SessionCard>>(g);
    let made = |g: &mut G| {
        post("community", "Makes the sessions of an activity's rules.").answers::<MadeView>(g).refuses(&[409])
    };
    let rule = |g: &mut G| {
        post("community", "A rule in words, and its first days; stores nothing.")
            .body::<Plan>(g)
            .answers::<Preview>(g)
    };
    let feasts = |g: &mut G| {
        get("community", "Festivals, and what is uncertain about them.")
            .query::<Span>(g)
            .answers::<Festivals>(g)
    };
    routes
        .at(
            "/api/v1/activity-kinds",
            reads(kinds),
            [|g: &mut G| get("community", "Kinds of activity.").answers::<Page<KindView>>(g)],
        )
        .at("/api/v1/activities", reads(activities), [list])
        .at(
            "/api/v1/activities/{id}",
            reads(activity),
            [|g: &mut G| get("community", "An activity with its sessions.").answers::<ActivityPage>(g)],
        )
        .at("/api/v1/activities/{id}/sessions", sends(make), [made])
        .at(
            "/api/v1/activities/{id}/mix",
            reads(mix),
            [|g: &mut G| get("community", "Who took part, by where they are from.").answers::<Mix>(g)],
        )
        .at("/api/v1/recurrence", sends(preview), [rule])
        .at("/api/v1/sessions", reads(sessions), [days])
        .at(
            "/api/v1/sessions/{id}",
            reads(session),
            [|g: &mut G| get("community", "A session with its sign-ups.").answers::<SessionPage>(g)],
        )
        .at(
            "/api/v1/sessions/{id}/roll",
            reads(roll),
            [|g: &mut G| get("community", "The roll of a session.").answers::<RollPage>(g)],
        )
        .at(
            "/api/v1/sessions/{id}/dishes",
            reads(dishes),
            [|g: &mut G| get("community", "Who brings what to a feast.").answers::<Dishes>(g)],
        )
        .at("/api/v1/festivals", reads(festivals), [feasts])
}
