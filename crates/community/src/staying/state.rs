//! The state of an answer.

use jiff::civil::Date;
use kernel::faults::text;
use kernel::{
    Column, Field, HouseholdId, Id, IndexRow, Label, Link, Meta, NoEvent, PersonId, Record, Refusal,
    Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::check_festival;
use crate::faults;

/// Where they are over the festival.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// They stay here by themselves.
    StaysAlone,
    /// Nobody has asked them yet.
    #[default]
    NotAsked,
    /// They stay and celebrate with somebody else.
    StaysWith,
    /// They go home.
    GoesHome,
}

impl Answer {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::StaysAlone => "stays_alone",
            Self::NotAsked => "not_asked",
            Self::StaysWith => "stays_with",
            Self::GoesHome => "goes_home",
        }
    }

    /// Whether they are here over the festival.
    pub fn stays(self) -> bool {
        matches!(self, Self::StaysAlone | Self::StaysWith)
    }
}

/// Whether they come to the shared meal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Meal {
    /// Nobody has invited them yet.
    #[default]
    NotAsked,
    /// Invited, and they come.
    Yes,
    /// Invited, and they do not come.
    No,
}

impl Meal {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// Most people of one answer.
const MOST: u32 = 60;

/// What a household, or a person without one, does over a festival.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct FestivalStay {
    /// The code of the festival.
    #[schemars(length(max = 40))]
    pub festival: String,
    /// The year in which it begins.
    #[schemars(range(min = 1990, max = 2050))]
    pub year: i16,
    /// The household.
    #[serde(default)]
    pub household: Option<HouseholdId>,
    /// The person, where there is no household.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Where they are.
    #[serde(default)]
    pub answer: Answer,
    /// When they leave, for those who go home.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub from: Option<Date>,
    /// When they are back, for those who go home.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub back: Option<Date>,
    /// The household they celebrate with.
    #[serde(default)]
    pub with_household: Option<HouseholdId>,
    /// The person they celebrate with.
    #[serde(default)]
    pub with_person: Option<PersonId>,
    /// With whom, in words.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub with_words: String,
    /// How many stay; not said where it is missing.
    #[serde(default)]
    #[schemars(range(min = 0, max = 60))]
    pub people: Option<u32>,
    /// How many of them are children.
    #[serde(default)]
    #[schemars(range(min = 0, max = 60))]
    pub children: Option<u32>,
    /// Whether they come to the shared meal.
    #[serde(default)]
    pub meal: Meal,
    /// What else they said.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub words: String,
}

/// Answers by festival.
pub static FESTIVAL_STAY_ROW: TableDef = TableDef::index(
    "festival_stay_row",
    &[
        ("site", Column::Text),
        ("festival_stay", Column::Text),
        ("festival", Column::Text),
        ("year", Column::Int),
        ("household", Column::Text),
        ("person", Column::Text),
        ("answer", Column::Text),
        ("meal", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

/// The id of the answer of a household, or a person without one: asked on two phones, it is one record.
pub fn stay_id(who: Id, festival: &str, year: i16) -> Id {
    who.derive(&format!("festival:{festival}:{year}"))
}

impl FestivalStay {
    /// The household, or the person without one.
    pub fn who(&self) -> Option<Id> {
        self.household.map(|id| id.0).or(self.person.map(|id| id.0))
    }

    fn numbers(&self) -> Result<(), Refusal> {
        let most = self.people.unwrap_or(MOST);
        if most > MOST || self.children.is_some_and(|children| children > most) {
            let field = if most > MOST { "people" } else { "children" };
            return Err(Refusal::new(&faults::STAY_COUNT).with("most", most.min(MOST)).at(field));
        }
        Ok(())
    }
}

impl Record for FestivalStay {
    const NOUN: &'static str = "festival_stay";
    const FIELDS: &'static [Field] = &[
        Field::new("festival", Label::Plain).fixed(),
        Field::new("year", Label::Plain).fixed(),
        Field::new("household", Label::Plain).fixed(),
        Field::new("person", Label::Plain).fixed(),
        Field::new("answer", Label::Plain),
        Field::new("from", Label::Plain),
        Field::new("back", Label::Plain),
        Field::new("with_household", Label::Plain),
        Field::new("with_person", Label::Plain),
        Field::new("with_words", Label::Identity),
        Field::new("people", Label::Plain),
        Field::new("children", Label::Plain),
        Field::new("meal", Label::Plain),
        Field::new("words", Label::Identity),
    ];
    const TABLES: &'static [&'static TableDef] = &[&FESTIVAL_STAY_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.words = self.words.trim().to_owned();
        self.with_words = self.with_words.trim().to_owned();
        if self.answer != Answer::GoesHome {
            (self.from, self.back) = (None, None);
        }
        if self.answer != Answer::StaysWith {
            (self.with_household, self.with_person) = (None, None);
            self.with_words.clear();
        }
        if !self.answer.stays() {
            (self.people, self.children) = (None, None);
        }
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("words", &self.words, 500)?;
        text("with_words", &self.with_words, 200)?;
        check_festival(&self.festival, self.year)?;
        let who = match (self.household, self.person) {
            (Some(household), None) => household.0,
            (None, Some(person)) => person.0,
            _ => return Err(Refusal::new(&faults::STAY_WHO).at("household")),
        };
        let expected = stay_id(who, &self.festival, self.year);
        if situation.record != expected {
            return Err(Refusal::new(&faults::STAY_ID).with("expected", expected));
        }
        if self.from.zip(self.back).is_some_and(|(from, back)| back < from) {
            return Err(Refusal::new(&faults::STAY_BACK).at("back"));
        }
        let with = [self.with_household.map(|id| id.0), self.with_person.map(|id| id.0)];
        if with.contains(&Some(who)) {
            return Err(Refusal::new(&faults::STAY_SELF).at("with_household"));
        }
        self.numbers()
    }

    fn subject(&self, id: Id) -> Id {
        self.person.map_or(id, |person| person.0)
    }

    fn links(&self) -> Vec<Link> {
        let households = [self.household, self.with_household];
        let persons = [self.person, self.with_person];
        let households = households.into_iter().flatten().map(|id| Link::to("household", id));
        households.chain(persons.into_iter().flatten().map(|id| Link::to("person", id))).collect()
    }

    fn within(&self) -> Vec<Id> {
        self.who().into_iter().collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            self.festival.as_str().into(),
            i64::from(self.year).into(),
            self.household.map(|id| id.0).into(),
            self.person.map(|id| id.0).into(),
            self.answer.code().into(),
            self.meal.code().into(),
            meta.made_by.into(),
            meta.no.into(),
        ];
        vec![IndexRow { table: &FESTIVAL_STAY_ROW, values }]
    }
}
