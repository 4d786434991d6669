//! The state of an encounter.

use jiff::civil::{Date, date};
use kernel::faults::text;
use kernel::{
    AccountId, Column, Field, HouseholdId, Id, IndexRow, Label, Link, Meta, NoEvent, PersonId, Record,
    Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// The first day that is taken.
const FIRST: Date = date(1990, 1, 1);
/// Most people of one encounter.
const MOST: usize = 60;

/// How people met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// At their home or work.
    #[default]
    Visit,
    /// By phone.
    Call,
    /// At the centre or on the way.
    Talk,
}

impl Kind {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Call => "call",
            Self::Talk => "talk",
        }
    }
}

/// What came of it. Only what was held is a meeting; the others were tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// They met or talked.
    #[default]
    Met,
    /// Nobody answered the phone.
    NoAnswer,
    /// Nobody was at home.
    NobodyHome,
    /// The people have moved away.
    Moved,
    /// The number is none any more.
    NumberDead,
    /// They did not want to, or not then.
    Refused,
}

impl Outcome {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NoAnswer => "no_answer",
            Self::NobodyHome => "nobody_home",
            Self::Moved => "moved",
            Self::NumberDead => "number_dead",
            Self::Refused => "refused",
        }
    }
}

/// A meeting with people. Has no `Debug`: its note is sealed.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Encounter {
    /// How people met.
    pub kind: Kind,
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// What came of it.
    #[serde(default)]
    pub outcome: Outcome,
    /// How long, in minutes.
    #[serde(default)]
    #[schemars(range(max = 1440))]
    pub minutes: Option<u32>,
    /// With whom.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub persons: Vec<PersonId>,
    /// With which household.
    #[serde(default)]
    pub household: Option<HouseholdId>,
    /// Who of the centre met them; whoever records it where none is given.
    #[serde(default)]
    pub worker: Option<AccountId>,
    /// Where, in words.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub place_text: String,
    /// What was said and seen.
    #[serde(default)]
    #[schemars(length(max = 8000))]
    pub note: String,
}

/// Encounters by day.
pub static ENCOUNTER_ROW: TableDef = TableDef::index(
    "encounter_row",
    &[
        ("site", Column::Text),
        ("encounter", Column::Text),
        ("day", Column::Text),
        ("kind", Column::Text),
        ("minutes", Column::Int),
        ("household", Column::Text),
        ("worker", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
        ("outcome", Column::Text),
    ],
    2,
);

/// Who was met.
pub static ENCOUNTER_PERSON: TableDef = TableDef::index(
    "encounter_person",
    &[("site", Column::Text), ("person", Column::Text), ("encounter", Column::Text), ("day", Column::Text)],
    3,
);

impl Record for Encounter {
    const NOUN: &'static str = "encounter";
    const FIELDS: &'static [Field] = &[
        Field::new("kind", Label::Plain),
        Field::new("day", Label::Plain),
        Field::new("outcome", Label::Plain),
        Field::new("minutes", Label::Plain),
        Field::new("persons", Label::Plain).union(),
        Field::new("household", Label::Plain),
        Field::new("worker", Label::Plain),
        Field::new("place_text", Label::Contact),
        Field::new("note", Label::Sealed),
    ];
    const TABLES: &'static [&'static TableDef] = &[&ENCOUNTER_ROW, &ENCOUNTER_PERSON];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        let mut seen = std::collections::HashSet::new();
        self.persons.retain(|person| seen.insert(*person));
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("place_text", &self.place_text, 200)?;
        text("note", &self.note, 8000)?;
        // A device east of the server may be a day ahead.
        let last = situation.today.tomorrow().unwrap_or(situation.today);
        if self.day < FIRST || self.day > last {
            let refusal = Refusal::new(&faults::DAY).with("first", FIRST).with("last", situation.today);
            return Err(refusal.at("day"));
        }
        if self.minutes.is_some_and(|minutes| minutes > 1440) {
            return Err(Refusal::new(&faults::MINUTES).at("minutes"));
        }
        if self.persons.is_empty() && self.household.is_none() {
            return Err(Refusal::new(&faults::NOBODY).at("persons"));
        }
        if self.persons.len() > MOST {
            return Err(Refusal::new(&faults::TOO_MANY).with("limit", MOST).at("persons"));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        let mut links: Vec<Link> = self.persons.iter().map(|id| Link::to("person", *id)).collect();
        links.extend(self.household.map(|id| Link::to("household", id)));
        links.extend(self.worker.map(|id| Link::to("account", id)));
        links
    }

    fn within(&self) -> Vec<Id> {
        let household = self.household.map(|id| id.0);
        self.persons.iter().map(|id| id.0).chain(household).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let row = vec![
            meta.site.into(),
            meta.id.into(),
            self.day.to_string().into(),
            self.kind.code().into(),
            self.minutes.map(i64::from).into(),
            self.household.map(|id| id.0).into(),
            self.worker.unwrap_or(meta.made_by).into(),
            meta.made_by.into(),
            meta.no.into(),
            self.outcome.code().into(),
        ];
        let mut rows = vec![IndexRow { table: &ENCOUNTER_ROW, values: row }];
        for person in &self.persons {
            let values = vec![meta.site.into(), person.0.into(), meta.id.into(), self.day.to_string().into()];
            rows.push(IndexRow { table: &ENCOUNTER_PERSON, values });
        }
        rows
    }
}
