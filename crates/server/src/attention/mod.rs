//! Whom and what nobody has been to for long: it joins what several contexts know, so it stands here.

pub mod queries;
pub mod staying;

use access::site::Watch;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use journal::{Node, StoreError};
use kernel::page::Named;
use kernel::{Actor, Id};
use schemars::JsonSchema;
use serde::Serialize;

/// Somebody, or some place, with the last day on which anybody of the team was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unseen {
    /// Who or where.
    pub who: Named,
    /// The last day; none where there was none yet.
    pub day: Option<String>,
    /// How many days ago that was.
    pub days: Option<i32>,
    /// How old, in completed years, for whom that is the reason.
    pub age: Option<i16>,
}

/// Whom and what nobody has been to for long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Attention {
    /// After how many days each is told.
    pub watch: Watch,
    /// People who were met before and not for long, those met last first.
    pub people: Vec<Unseen>,
    /// Whether there are more of them.
    pub more_people: bool,
    /// Communities on the team's rounds where nobody has been for long, the longest first.
    pub communities: Vec<Unseen>,
    /// People of 80 or more whom nobody has visited for long, the longest first.
    pub elders: Vec<Unseen>,
    /// Whether there are more of them.
    pub more_elders: bool,
    /// Festivals of the next three weeks over which somebody stays here alone, or was not asked yet.
    pub staying: Vec<staying::Staying>,
}

/// How many of each are shown.
pub const SHOWN: usize = 20;
/// How long after somebody was seen last they are still told of.
const WINDOW: i64 = 120;
/// From which age on elders are visited at home.
const ELDER: i16 = 80;

fn ago(today: Date, days: i64) -> Date {
    today.saturating_sub(days.days())
}

fn days_since(today: Date, day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    today.since(day).ok().map(|span| span.get_days())
}

/// Whom and what nobody has been to for long, as far as the actor may know of it. Names are filled in by the caller.
pub async fn of(node: &Node, actor: &Actor, watch: Watch) -> Result<Attention, StoreError> {
    let today = node.today();
    let mut people = unseen(node, actor, today, watch).await?;
    let more_people = people.len() > SHOWN;
    people.truncate(SHOWN);
    let mut elders = elders(node, actor, today, watch).await?;
    let more_elders = elders.len() > SHOWN;
    elders.truncate(SHOWN);
    let communities = communities(node, actor, today, watch).await?;
    let staying = staying::of(node, actor, today).await?;
    Ok(Attention { watch, people, more_people, communities, elders, more_elders, staying })
}

async fn unseen(node: &Node, actor: &Actor, today: Date, watch: Watch) -> Result<Vec<Unseen>, StoreError> {
    let days = i64::from(watch.person_days);
    let span = (ago(today, days + WINDOW), ago(today, days));
    let mut last: Vec<(String, Id)> = queries::last_met(node, actor, span, SHOWN + 1).await?;
    last.extend(queries::last_came(node, actor, span, SHOWN + 1).await?);
    last.sort_by(|a, b| b.cmp(a));
    last.dedup_by_key(|(_, person)| *person);
    last.truncate(SHOWN + 1);
    let told = |(day, person): (String, Id)| Unseen {
        who: Named::unnamed(person),
        days: days_since(today, &day),
        day: Some(day),
        age: None,
    };
    Ok(last.into_iter().map(told).collect())
}

async fn elders(node: &Node, actor: &Actor, today: Date, watch: Watch) -> Result<Vec<Unseen>, StoreError> {
    let born = today.saturating_sub(Span::new().years(ELDER));
    let since = ago(today, i64::from(watch.elder_days));
    let rows = queries::elders(node, actor, born, since, SHOWN + 1).await?;
    let told = |row: queries::Elder| Unseen {
        who: Named::unnamed(row.person),
        days: row.visited.as_deref().and_then(|day| days_since(today, day)),
        day: row.visited,
        age: row.born.parse::<Date>().ok().and_then(|born| {
            let span = today.since((jiff::Unit::Year, born)).ok()?;
            Some(span.get_years())
        }),
    };
    Ok(rows.into_iter().map(told).collect())
}

async fn communities(
    node: &Node,
    actor: &Actor,
    today: Date,
    watch: Watch,
) -> Result<Vec<Unseen>, StoreError> {
    let since = ago(today, i64::from(watch.community_days)).to_string();
    let mut places = queries::rounds(node, actor).await?;
    places.retain(|(_, _, day)| day.as_ref().is_none_or(|day| *day <= since));
    places.sort_by(|a, b| a.2.cmp(&b.2));
    let told = |(place, name, day): (Id, String, Option<String>)| Unseen {
        who: Named { id: place, name },
        days: day.as_deref().and_then(|day| days_since(today, day)),
        day,
        age: None,
    };
    Ok(places.into_iter().map(told).collect())
}
