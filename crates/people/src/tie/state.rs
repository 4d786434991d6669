//! The state of a tie.

use kernel::faults::text;
use kernel::{
    Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, PersonId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;
use crate::stated::{self, Stated};

/// What the other one is to the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TieKind {
    /// Mother.
    Mother,
    /// Father.
    Father,
    /// Grandmother.
    Grandmother,
    /// Grandfather.
    Grandfather,
    /// Guardian who is not a parent.
    Guardian,
    /// Husband or wife.
    Spouse,
    /// Brother or sister.
    Sibling,
    /// Other kin.
    Kin,
    /// Friend.
    Friend,
    /// From the same village.
    FellowVillager,
    /// From the same class.
    Classmate,
    /// Anything else.
    #[default]
    Other,
}

impl TieKind {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mother => "mother",
            Self::Father => "father",
            Self::Grandmother => "grandmother",
            Self::Grandfather => "grandfather",
            Self::Guardian => "guardian",
            Self::Spouse => "spouse",
            Self::Sibling => "sibling",
            Self::Kin => "kin",
            Self::Friend => "friend",
            Self::FellowVillager => "fellow_villager",
            Self::Classmate => "classmate",
            Self::Other => "other",
        }
    }
}

/// A tie. Has no `Debug`: its note is personal.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Tie {
    /// Whose tie.
    pub person: PersonId,
    /// The other one.
    pub other: PersonId,
    /// What the other one is to the person.
    #[serde(default)]
    pub kind: TieKind,
    /// Since when.
    #[serde(default)]
    pub from: Option<Stated>,
    /// Until when.
    #[serde(default)]
    pub to: Option<Stated>,
    /// In words.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    pub note: Option<String>,
}

/// Ties from both ends.
pub static TIE_ROW: TableDef = TableDef::index(
    "tie_row",
    &[
        ("site", Column::Text),
        ("tie", Column::Text),
        ("no", Column::Int),
        ("person", Column::Text),
        ("other", Column::Text),
        ("kind", Column::Text),
        ("made_by", Column::Text),
    ],
    2,
);

impl Record for Tie {
    const NOUN: &'static str = "tie";
    const FIELDS: &'static [Field] = &[
        Field::new("person", Label::Plain).fixed(),
        Field::new("other", Label::Plain).fixed(),
        Field::new("kind", Label::Plain),
        Field::new("from", Label::Plain),
        Field::new("to", Label::Plain),
        Field::new("note", Label::Identity),
    ];
    const TABLES: &'static [&'static TableDef] = &[&TIE_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        if self.person == self.other {
            return Err(Refusal::new(&faults::TIE_SELF).at("other"));
        }
        text("note", self.note.as_deref().unwrap_or_default(), 1000)?;
        stated::ordered("from", self.from.as_ref(), self.to.as_ref())
    }

    fn subject(&self, _: Id) -> Id {
        self.person.0
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::to("person", self.person), Link::to("person", self.other)]
    }

    fn within(&self) -> Vec<Id> {
        vec![self.person.0, self.other.0]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.person.0.into(),
            self.other.0.into(),
            self.kind.code().into(),
            meta.made_by.into(),
        ];
        vec![IndexRow { table: &TIE_ROW, values }]
    }
}
