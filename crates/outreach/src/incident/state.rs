//! The state of an incident.

use jiff::civil::{Date, date};
use kernel::faults::text;
use kernel::{
    Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, PlaceId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

kernel::codes! {
    /// In what somebody was treated worse than others.
    Kind:
    /// Looking for work, or at it.
    Job "job" "找工作和上班" "Work";
    /// Renting.
    Housing "housing" "租房" "Housing";
    /// Getting into school, or at it.
    School "school" "入学和学校" "School";
    /// In a shop, a hospital, an office.
    Service "service" "办事和服务" "Services";
    /// By police or guards.
    Police "police" "检查和执法" "Checks and policing";
    /// Anything else.
    #[default]
    Other "other" "其他" "Other";
}

/// The first day that is taken.
const FIRST: Date = date(1990, 1, 1);

/// What happened. Has no `Debug`: its words are about people.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// In what.
    #[serde(default)]
    pub kind: Kind,
    /// Where: a place of the register.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// Where, in words.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub place_text: String,
    /// The day, as nearly as it was told.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// What happened, without names.
    #[serde(default)]
    #[schemars(length(max = 4000))]
    pub words: String,
}

/// Incidents by place and kind. A place in words is known by its letters and characters alone.
pub static INCIDENT_ROW: TableDef = TableDef::index(
    "incident_row",
    &[
        ("site", Column::Text),
        ("incident", Column::Text),
        ("no", Column::Int),
        ("kind", Column::Text),
        ("spot", Column::Text),
        ("day", Column::Text),
        ("made_by", Column::Text),
    ],
    2,
);

impl Incident {
    /// By what two incidents are at one place.
    pub fn spot(&self) -> String {
        match self.place {
            Some(place) => place.to_string(),
            None => {
                self.place_text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
            }
        }
    }
}

impl Record for Incident {
    const NOUN: &'static str = "incident";
    const FIELDS: &'static [Field] = &[
        Field::new("kind", Label::Plain),
        Field::new("place", Label::Plain),
        Field::new("place_text", Label::Plain),
        Field::new("day", Label::Plain),
        Field::new("words", Label::Legal),
    ];
    const TABLES: &'static [&'static TableDef] = &[&INCIDENT_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.place_text = self.place_text.trim().to_owned();
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("place_text", &self.place_text, 100)?;
        text("words", &self.words, 4000)?;
        if self.spot().is_empty() {
            return Err(Refusal::new(&faults::WHERE).at("place_text"));
        }
        crate::faults::past(FIRST, self.day, situation)
    }

    fn links(&self) -> Vec<Link> {
        self.place.map(|id| Link::to("place", id)).into_iter().collect()
    }

    fn within(&self) -> Vec<Id> {
        Vec::new()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.kind.code().into(),
            self.spot().into(),
            self.day.to_string().into(),
            meta.made_by.into(),
        ];
        vec![IndexRow { table: &INCIDENT_ROW, values }]
    }
}
