//! What is done with an item: pieces come in, go to somebody, come back, are counted.

use jiff::civil::{Date, date};
use kernel::{Command, EncounterId, HouseholdId, Id, Link, PersonId, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{GIFTS, Gift, Item, ItemEvent, MOST};
use crate::faults;

/// The first day that is taken.
const FIRST: Date = date(1990, 1, 1);
/// Most people of one gift.
const PEOPLE: usize = 60;

fn number(count: u32, first: u32) -> Result<u32, Refusal> {
    if count >= first && count <= MOST {
        return Ok(count);
    }
    Err(Refusal::new(&faults::COUNT).with("first", first).with("last", MOST).at("count"))
}

/// Pieces came in.
#[derive(Deserialize, JsonSchema)]
pub struct Receive {
    /// How many.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub count: u32,
}

impl Command for Receive {
    type Record = Item;
    const VERB: &'static str = "item.receive";

    fn decide(self, state: &Item, _: &Situation<'_>) -> Result<Vec<ItemEvent>, Refusal> {
        let count = number(self.count, 1)?;
        Ok(vec![ItemEvent::Counted { count: number(state.count.saturating_add(count), 1)? }])
    }
}

/// Pieces go to somebody, at an encounter or by themselves. What is not there cannot be given.
#[derive(Deserialize, JsonSchema)]
pub struct Give {
    /// How many.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub count: u32,
    /// To whom.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub persons: Vec<PersonId>,
    /// To which household.
    #[serde(default)]
    pub household: Option<HouseholdId>,
    /// At which encounter.
    #[serde(default)]
    pub encounter: Option<EncounterId>,
    /// The day; today where none is given.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub day: Option<Date>,
}

impl Command for Give {
    type Record = Item;
    const VERB: &'static str = "item.give";

    fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = self.persons.iter().map(|id| Link::to("person", *id)).collect();
        links.extend(self.household.map(|id| Link::to("household", id)));
        links.extend(self.encounter.map(|id| Link::to("encounter", id)));
        links
    }

    fn decide(self, state: &Item, situation: &Situation<'_>) -> Result<Vec<ItemEvent>, Refusal> {
        let count = number(self.count, 1)?;
        let mut persons: Vec<PersonId> = Vec::new();
        for person in self.persons {
            if !persons.contains(&person) {
                persons.push(person);
            }
        }
        if persons.is_empty() && self.household.is_none() {
            return Err(Refusal::new(&faults::TO_WHOM).at("persons"));
        }
        if persons.len() > PEOPLE {
            return Err(Refusal::new(&faults::TOO_MANY).with("limit", PEOPLE).at("persons"));
        }
        let day = self.day.unwrap_or(situation.today);
        // A device east of the server may be a day ahead.
        let last = situation.today.tomorrow().unwrap_or(situation.today);
        if day < FIRST || day > last {
            let refusal = Refusal::new(&faults::DAY).with("first", FIRST).with("last", situation.today);
            return Err(refusal.at("day"));
        }
        if count > state.count {
            let refusal = Refusal::new(&faults::NOT_ENOUGH).with("name", &state.name);
            return Err(refusal.with("count", state.count).with("asked", count).at("count"));
        }
        if state.gifts.len() >= GIFTS {
            return Err(Refusal::new(&faults::FULL).with("name", &state.name).with("limit", GIFTS));
        }
        let gift = Gift {
            id: situation.command,
            count,
            persons,
            household: self.household,
            encounter: self.encounter,
            day,
            by: situation.actor.account,
        };
        Ok(vec![ItemEvent::Given { gifts: vec![gift] }])
    }
}

/// Something was not given after all: its pieces are back in stock.
#[derive(Deserialize, JsonSchema)]
pub struct TakeBack {
    /// Which gift: the id of the command that gave.
    pub gift: Id,
}

impl Command for TakeBack {
    type Record = Item;
    const VERB: &'static str = "item.take_back";

    fn decide(self, state: &Item, _: &Situation<'_>) -> Result<Vec<ItemEvent>, Refusal> {
        let gift = state.gifts.iter().find(|gift| gift.id == self.gift);
        let gift = gift.ok_or_else(|| Refusal::new(&faults::NO_GIFT).at("gift"))?;
        Ok(vec![ItemEvent::TakenBack { gifts: vec![gift.clone()] }])
    }
}

/// Somebody counted what is there; the reason says why it differs.
#[derive(Deserialize, JsonSchema)]
pub struct TakeStock {
    /// How many there are.
    #[schemars(range(max = 1_000_000))]
    pub count: u32,
}

impl Command for TakeStock {
    type Record = Item;
    const VERB: &'static str = "item.take_stock";

    fn decide(self, state: &Item, _: &Situation<'_>) -> Result<Vec<ItemEvent>, Refusal> {
        let count = number(self.count, 0)?;
        Ok(if count == state.count { Vec::new() } else { vec![ItemEvent::Counted { count }] })
    }
}
