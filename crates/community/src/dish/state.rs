//! The state of a dish.

use kernel::faults::text;
use kernel::{
    ActivityId, Column, Field, HouseholdId, Id, IndexRow, Label, Link, Meta, NoEvent, Record, Refusal,
    Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;
use crate::session::Session;

/// A household's invitation, and what it brings.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Dish {
    /// The session.
    pub session: Id,
    /// The session's activity.
    pub activity: ActivityId,
    /// The household.
    pub household: HouseholdId,
    /// What it brings; nothing said yet where it is empty.
    #[serde(default)]
    #[schemars(length(max = 120))]
    pub words: String,
    /// It is here.
    #[serde(default)]
    pub brought: bool,
}

/// Dishes by session.
pub static DISH_ROW: TableDef = TableDef::index(
    "dish_row",
    &[
        ("site", Column::Text),
        ("dish", Column::Text),
        ("session", Column::Text),
        ("household", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

/// The id of a household's dish for a session: one per household.
pub fn dish_id(session: Id, household: HouseholdId) -> Id {
    session.derive(&format!("dish:{household}"))
}

impl Record for Dish {
    const NOUN: &'static str = "dish";
    const FIELDS: &'static [Field] = &[
        Field::new("session", Label::Plain).fixed(),
        Field::new("activity", Label::Plain).fixed(),
        Field::new("household", Label::Plain).fixed(),
        Field::new("words", Label::Plain),
        Field::new("brought", Label::Plain),
    ];
    const TABLES: &'static [&'static TableDef] = &[&DISH_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.words = self.words.trim().to_owned();
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("words", &self.words, 120)?;
        let Some(session) = situation.links.get::<Session>(self.session) else {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("session"));
        };
        if session.activity != self.activity {
            return Err(Refusal::new(&faults::OTHER_ACTIVITY).at("activity"));
        }
        let expected = dish_id(self.session, self.household);
        if situation.record != expected {
            return Err(Refusal::new(&faults::DISH_ID).with("expected", expected));
        }
        if self.brought && self.words.is_empty() {
            return Err(Refusal::new(&faults::DISH_NONE).at("words"));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        vec![
            Link::to("session", self.session),
            Link::to("activity", self.activity),
            Link::to("household", self.household),
        ]
    }

    fn within(&self) -> Vec<Id> {
        vec![self.session, self.activity.0, self.household.0]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            self.session.into(),
            self.household.0.into(),
            meta.made_by.into(),
            meta.no.into(),
        ];
        vec![IndexRow { table: &DISH_ROW, values }]
    }
}
