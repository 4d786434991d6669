//! Before a festival: who stays here by themselves and was neither invited nor visited, and how many nobody has asked.

use calendar::festivals::{self, Turn};
use community::staying::{self, SPRING};
use jiff::ToSpan;
use jiff::civil::Date;
use journal::{Node, StoreError};
use kernel::page::Named;
use kernel::units::{Households, People};
use kernel::{Actor, Id};
use people::household::{elsewhere, queries as households};
use schemars::JsonSchema;
use serde::Serialize;

use super::{SHOWN, queries};

/// From how many days before the eve on it is told.
pub const AHEAD: i64 = 21;

/// A family, or somebody without one, that stays here by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Alone {
    /// The household.
    pub household: Option<Id>,
    /// Its number.
    pub number: String,
    /// Its members; the person alone, where there is no household.
    pub members: Vec<Named>,
}

/// A festival of the next weeks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Staying {
    /// Its code.
    pub festival: String,
    /// The year in which it begins.
    pub year: i16,
    /// Its Chinese name.
    pub name_zh: String,
    /// Its English name.
    pub name_en: String,
    /// The day before its first.
    pub eve: String,
    /// Days until its eve.
    pub days: i32,
    /// Those who stay by themselves, whom nobody has invited to the meal, and nobody visited in these weeks.
    pub alone: Vec<Alone>,
    /// Whether there are more of them.
    pub more: bool,
    /// Households that nobody has asked.
    pub not_asked: Households,
    /// People without a household whom nobody has asked.
    pub not_asked_single: People,
}

/// The festivals whose eve is today or within three weeks: the Spring Festival, and others where somebody was asked.
pub async fn of(node: &Node, actor: &Actor, today: Date) -> Result<Vec<Staying>, StoreError> {
    let day = |days: i64| today.saturating_add(days.days());
    let mut all = Vec::new();
    for turn in festivals::between(day(1), day(AHEAD + 1)) {
        let asked = staying::queries::asked(node, actor.site, turn.festival.code, turn.day.year()).await?;
        if turn.festival.code != SPRING && asked.is_empty() {
            continue;
        }
        let mut homes = elsewhere::households(node, actor, today).await?;
        let mut single = elsewhere::single(node, actor, today).await?;
        homes.retain(|id| !asked.contains(id));
        single.retain(|id| !asked.contains(id));
        let mut staying = about(&turn, today);
        (staying.not_asked.0, staying.not_asked_single.0) = (homes.len() as u64, single.len() as u64);
        staying.alone = alone(node, actor, &turn).await?;
        staying.more = staying.alone.len() > SHOWN;
        staying.alone.truncate(SHOWN);
        let calm = staying.alone.is_empty() && homes.is_empty() && single.is_empty();
        if !calm {
            all.push(staying);
        }
    }
    Ok(all)
}

fn about(turn: &Turn, today: Date) -> Staying {
    let eve = staying::eve(turn.day);
    Staying {
        festival: turn.festival.code.to_owned(),
        year: turn.day.year(),
        name_zh: turn.festival.name.0.to_owned(),
        name_en: turn.festival.name.1.to_owned(),
        eve: eve.to_string(),
        days: today.until(eve).map_or(0, |span| span.get_days()),
        alone: Vec::new(),
        more: false,
        not_asked: Households(0),
        not_asked_single: People(0),
    }
}

async fn alone(node: &Node, actor: &Actor, turn: &Turn) -> Result<Vec<Alone>, StoreError> {
    let since = staying::eve(turn.day).saturating_sub(AHEAD.days());
    let festival = (turn.festival.code, turn.day.year());
    let rows = queries::alone(node, actor, festival, since, SHOWN + 1).await?;
    let homes: Vec<Id> = rows.iter().filter_map(|(household, _)| *household).collect();
    let guests = households::guests(node, actor, &homes, turn.day).await?;
    let single: Vec<Id> = rows.iter().filter_map(|(_, person)| *person).collect();
    let names = people::person::names_of(node, actor, &single).await?;
    let one = |(household, person): &(Option<Id>, Option<Id>)| {
        let guests = guests.iter().find(|guests| Some(guests.household) == *household);
        let who = |id: Id, name: Option<String>| Named { id, name: name.unwrap_or_default() };
        let members = guests.into_iter().flat_map(|guests| &guests.members);
        let members = members.map(|member| who(member.person, member.name.clone()));
        Alone {
            household: *household,
            number: guests.map(|guests| guests.number.clone()).unwrap_or_default(),
            members: members.chain(person.map(|id| who(id, names.get(&id).cloned()))).collect(),
        }
    };
    Ok(rows.iter().map(one).collect())
}
