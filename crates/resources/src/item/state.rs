//! The state of an item.

use jiff::civil::Date;
use kernel::faults::text;
use kernel::{
    AccountId, Column, EncounterId, Field, HouseholdId, Id, IndexRow, Label, Link, Meta, PersonId, PlaceId,
    Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// The largest number of pieces.
pub(super) const MOST: u32 = 1_000_000;
/// Most gifts that one item notes; the next delivery is another item.
pub(super) const GIFTS: usize = 1_000;

/// Pieces that went to somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gift {
    /// By which it is known: the command that gave.
    pub id: Id,
    /// How many pieces.
    pub count: u32,
    /// To whom.
    #[serde(default)]
    pub persons: Vec<PersonId>,
    /// To which household.
    #[serde(default)]
    pub household: Option<HouseholdId>,
    /// At which encounter.
    #[serde(default)]
    pub encounter: Option<EncounterId>,
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// Who gave it.
    pub by: AccountId,
}

/// One kind of thing at one place.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    /// What it is.
    #[schemars(length(min = 1, max = 80))]
    pub name: String,
    /// Where it is kept: a place of the register.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// Where it is kept, in words.
    #[serde(default)]
    #[schemars(length(max = 80))]
    pub place_text: String,
    /// How many pieces there are.
    #[serde(default)]
    #[schemars(range(max = 1_000_000))]
    pub count: u32,
    /// Pieces that went to somebody.
    #[serde(default)]
    pub gifts: Vec<Gift>,
}

/// What an item's own commands did.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ItemEvent {
    /// The number of pieces is another one now: they came in, or were counted.
    Counted {
        /// How many there are.
        count: u32,
    },
    /// Pieces went to somebody.
    Given {
        /// What was given now.
        gifts: Vec<Gift>,
    },
    /// Pieces came back: they were given by mistake.
    TakenBack {
        /// What was not given after all.
        gifts: Vec<Gift>,
    },
}

/// Items by name.
pub static ITEM_ROW: TableDef = TableDef::index(
    "item_row",
    &[
        ("site", Column::Text),
        ("item", Column::Text),
        ("no", Column::Int),
        ("name", Column::Text),
        ("count", Column::Int),
        ("given", Column::Int),
        ("place", Column::Text),
        ("made_by", Column::Text),
    ],
    2,
);

/// What went to whom. A gift to a household has a row whose `who` is the household.
pub static ITEM_GIFT: TableDef = TableDef::index(
    "item_gift",
    &[
        ("site", Column::Text),
        ("who", Column::Text),
        ("gift", Column::Text),
        ("item", Column::Text),
        ("count", Column::Int),
        ("day", Column::Text),
        ("encounter", Column::Text),
    ],
    3,
);

fn pieces(gifts: &[Gift]) -> u32 {
    gifts.iter().map(|gift| gift.count).sum()
}

impl Record for Item {
    const NOUN: &'static str = "item";
    const FIELDS: &'static [Field] = &[
        Field::new("name", Label::Plain),
        Field::new("place", Label::Plain),
        Field::new("place_text", Label::Plain),
        Field::new("count", Label::Plain).fixed(),
        Field::new("gifts", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&ITEM_ROW, &ITEM_GIFT];
    type Event = ItemEvent;

    fn apply(&mut self, event: ItemEvent) {
        match event {
            ItemEvent::Counted { count } => self.count = count,
            ItemEvent::Given { gifts } => {
                self.count = self.count.saturating_sub(pieces(&gifts));
                self.gifts.extend(gifts);
            }
            ItemEvent::TakenBack { gifts } => {
                self.count = self.count.saturating_add(pieces(&gifts));
                self.gifts.retain(|gift| gifts.iter().all(|back| back.id != gift.id));
            }
        }
    }

    fn normalise(&mut self) {
        self.name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.place_text = self.place_text.trim().to_owned();
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        text("name", &self.name, 80)?;
        text("place_text", &self.place_text, 80)?;
        if self.name.is_empty() {
            return Err(Refusal::new(&faults::NAME).at("name"));
        }
        if self.count > MOST {
            return Err(Refusal::new(&faults::COUNT).with("first", 0).with("last", MOST).at("count"));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        self.place.map(|id| Link::to("place", id)).into_iter().collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let given: i64 = self.gifts.iter().map(|gift| i64::from(gift.count)).sum();
        let row = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.name.as_str().into(),
            i64::from(self.count).into(),
            given.into(),
            self.place.map(|id| id.0).into(),
            meta.made_by.into(),
        ];
        let mut rows = vec![IndexRow { table: &ITEM_ROW, values: row }];
        for gift in &self.gifts {
            let whom = gift.persons.iter().map(|id| id.0).chain(gift.household.map(|id| id.0));
            for who in whom {
                let values = vec![
                    meta.site.into(),
                    who.into(),
                    gift.id.into(),
                    meta.id.into(),
                    i64::from(gift.count).into(),
                    gift.day.to_string().into(),
                    gift.encounter.map(|id| id.0).into(),
                ];
                rows.push(IndexRow { table: &ITEM_GIFT, values });
            }
        }
        rows
    }
}
