//! Items and gifts as pages show them.

use kernel::page::Named;
use kernel::{Held, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Gift, Item};

/// An item on a list.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ItemCard {
    /// The item.
    pub id: Id,
    /// What it is.
    pub name: String,
    /// Where it is kept: a place of the register.
    pub place: Option<Named>,
    /// Where it is kept, in words.
    pub place_text: String,
    /// How many pieces there are.
    pub count: u32,
    /// How many went to somebody.
    pub given: u32,
    /// For edits.
    pub version: i64,
}

impl ItemCard {
    pub(super) fn of(held: &Held) -> Self {
        let item: Item = journal::state(held);
        Self {
            id: held.meta.id,
            name: item.name,
            place: item.place.map(Named::unnamed),
            place_text: item.place_text,
            count: item.count,
            given: item.gifts.iter().map(|gift| gift.count).sum(),
            version: held.meta.version,
        }
    }
}

/// Pieces that went to somebody.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GiftCard {
    /// By which it is taken back.
    pub gift: Id,
    /// The item.
    pub item: Id,
    /// What it is.
    pub name: String,
    /// How many pieces.
    pub count: u32,
    /// To whom.
    pub persons: Vec<Named>,
    /// To which household.
    pub household: Option<Id>,
    /// At which encounter.
    pub encounter: Option<Id>,
    /// The day.
    pub day: String,
    /// Who gave it.
    pub by: Named,
}

impl GiftCard {
    pub(super) fn of(item: Id, name: &str, gift: &Gift) -> Self {
        Self {
            gift: gift.id,
            item,
            name: name.to_owned(),
            count: gift.count,
            persons: gift.persons.iter().copied().map(Named::unnamed).collect(),
            household: gift.household.map(|id| id.0),
            encounter: gift.encounter.map(|id| id.0),
            day: gift.day.to_string(),
            by: Named::unnamed(gift.by),
        }
    }
}

/// An item with what went to whom, the latest first.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ItemPage {
    /// The item.
    pub item: ItemCard,
    /// What went to whom.
    pub gifts: Vec<GiftCard>,
}

impl ItemPage {
    pub(super) fn of(held: &Held) -> Self {
        let item: Item = journal::state(held);
        let mut gifts: Vec<GiftCard> =
            item.gifts.iter().rev().map(|gift| GiftCard::of(held.meta.id, &item.name, gift)).collect();
        gifts.sort_by(|a, b| b.day.cmp(&a.day));
        Self { item: ItemCard::of(held), gifts }
    }
}
