//! The state of a stay.

use kernel::faults::text;
use kernel::{
    Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, PersonId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::household::Tenure;
use crate::person::Source;
use crate::place::division_code;
use crate::stated::{self, Stated};

/// What the place is to the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StayKind {
    /// Where the household registration (hukou) is.
    #[default]
    Registered,
    /// Where somebody lives.
    Living,
    /// Where somebody works.
    Working,
    /// Where somebody goes to school.
    Studying,
}

impl StayKind {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Living => "living",
            Self::Working => "working",
            Self::Studying => "studying",
        }
    }
}

/// Divisions by code, as deep as known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Home {
    /// Province, two digits.
    #[serde(default)]
    #[schemars(length(max = 9))]
    pub province: Option<String>,
    /// City or prefecture, four digits.
    #[serde(default)]
    #[schemars(length(max = 9))]
    pub city: Option<String>,
    /// County or district, six digits.
    #[serde(default)]
    #[schemars(length(max = 9))]
    pub county: Option<String>,
}

/// A stay. Has no `Debug`: it holds an address.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Stay {
    /// Whose.
    pub person: PersonId,
    /// What the place is to the person.
    #[serde(default)]
    pub kind: StayKind,
    /// Division codes.
    #[serde(default)]
    pub home: Home,
    /// Township, in words.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub town: Option<String>,
    /// Village or quarter, in words.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub village: Option<String>,
    /// Street address.
    #[serde(default)]
    #[schemars(length(max = 400))]
    pub address: Option<String>,
    /// How the home is held.
    #[serde(default)]
    pub tenure: Option<Tenure>,
    /// School or employer.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub at: Option<String>,
    /// Since when.
    #[serde(default)]
    pub from: Option<Stated>,
    /// Until when.
    #[serde(default)]
    pub to: Option<Stated>,
    /// When they mean to come back.
    #[serde(default)]
    pub expected_back: Option<Stated>,
    /// Where it was imported from.
    #[serde(default)]
    pub source: Option<Source>,
}

/// Stays by person and by place.
pub static STAY_ROW: TableDef = TableDef::index(
    "stay_row",
    &[
        ("site", Column::Text),
        ("stay", Column::Text),
        ("no", Column::Int),
        ("person", Column::Text),
        ("kind", Column::Text),
        ("province", Column::Text),
        ("city", Column::Text),
        ("county", Column::Text),
        ("tenure", Column::Text),
        ("since", Column::Text),
        ("until", Column::Text),
        ("made_by", Column::Text),
    ],
    2,
);

impl Record for Stay {
    const NOUN: &'static str = "stay";
    const FIELDS: &'static [Field] = &[
        Field::new("person", Label::Plain).fixed(),
        Field::new("kind", Label::Plain),
        Field::new("home", Label::Plain),
        Field::new("town", Label::Identity),
        Field::new("village", Label::Identity),
        Field::new("address", Label::Contact),
        Field::new("tenure", Label::Plain),
        Field::new("at", Label::Identity),
        Field::new("from", Label::Plain),
        Field::new("to", Label::Plain),
        Field::new("expected_back", Label::Plain),
        Field::new("source", Label::Plain).fixed(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&STAY_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        for (field, value, limit) in [
            ("town", &self.town, 100),
            ("village", &self.village, 100),
            ("address", &self.address, 400),
            ("at", &self.at, 200),
        ] {
            text(field, value.as_deref().unwrap_or_default(), limit)?;
        }
        for code in [&self.home.province, &self.home.city, &self.home.county] {
            division_code("home", code.as_deref())?;
        }
        stated::ordered("from", self.from.as_ref(), self.to.as_ref())
    }

    fn subject(&self, _: Id) -> Id {
        self.person.0
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::to("person", self.person)]
    }

    fn within(&self) -> Vec<Id> {
        vec![self.person.0]
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let tenure = self.tenure.and_then(|tenure| serde_json::to_value(tenure).ok());
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.person.0.into(),
            self.kind.code().into(),
            self.home.province.as_deref().into(),
            self.home.city.as_deref().into(),
            self.home.county.as_deref().into(),
            tenure.as_ref().and_then(|tenure| tenure.as_str()).into(),
            self.from.as_ref().map(|from| stated::range(from).0.to_string()).into(),
            self.to.as_ref().map(|to| stated::range(to).1.to_string()).into(),
            meta.made_by.into(),
        ];
        vec![IndexRow { table: &STAY_ROW, values }]
    }
}
