//! The state of a leaflet run.

use jiff::civil::{Date, date};
use kernel::faults::text;
use kernel::units::Copies;
use kernel::{
    Column, Field, IndexRow, Label, Link, Meta, NoEvent, PlaceId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// The first day that is taken.
const FIRST: Date = date(1990, 1, 1);
/// Most copies of one run.
const MOST: u64 = 1_000_000;
/// Most languages of one leaflet.
const LANGUAGES: usize = 12;

/// Copies that were handed out at a place on a day.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct LeafletRun {
    /// Which leaflet.
    #[schemars(length(min = 1, max = 120))]
    pub title: String,
    /// Where: a place of the register.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// Where, in words.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub place_text: String,
    /// The day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub day: Date,
    /// How many copies.
    #[serde(default)]
    pub copies: Copies,
    /// In which languages it is, by their names.
    #[serde(default)]
    #[schemars(length(max = 12))]
    pub languages: Vec<String>,
}

/// Leaflet runs by day.
pub static LEAFLET_ROW: TableDef = TableDef::index(
    "leaflet_row",
    &[
        ("site", Column::Text),
        ("run", Column::Text),
        ("no", Column::Int),
        ("day", Column::Text),
        ("title", Column::Text),
        ("copies", Column::Int),
        ("place", Column::Text),
        ("made_by", Column::Text),
    ],
    2,
);

impl Record for LeafletRun {
    const NOUN: &'static str = "leaflet_run";
    const FIELDS: &'static [Field] = &[
        Field::new("title", Label::Plain),
        Field::new("place", Label::Plain),
        Field::new("place_text", Label::Plain),
        Field::new("day", Label::Plain),
        Field::new("copies", Label::Plain),
        Field::new("languages", Label::Plain).union(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&LEAFLET_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.title = self.title.trim().to_owned();
        self.place_text = self.place_text.trim().to_owned();
        let mut languages: Vec<String> = Vec::new();
        for language in &self.languages {
            let language = language.trim().to_owned();
            if !language.is_empty() && !languages.contains(&language) {
                languages.push(language);
            }
        }
        self.languages = languages;
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("title", &self.title, 120)?;
        text("place_text", &self.place_text, 100)?;
        if self.title.is_empty() {
            return Err(Refusal::new(&faults::TITLE).at("title"));
        }
        if self.place.is_none() && self.place_text.is_empty() {
            return Err(Refusal::new(&faults::WHERE).at("place_text"));
        }
        if self.copies.0 == 0 || self.copies.0 > MOST {
            return Err(Refusal::new(&faults::COPIES).with("last", MOST).at("copies"));
        }
        if self.languages.len() > LANGUAGES {
            return Err(Refusal::new(&faults::LANGUAGES).with("limit", LANGUAGES).at("languages"));
        }
        for language in &self.languages {
            text("languages", language, 20)?;
        }
        crate::faults::past(FIRST, self.day, situation)
    }

    fn links(&self) -> Vec<Link> {
        self.place.map(|id| Link::to("place", id)).into_iter().collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.day.to_string().into(),
            self.title.as_str().into(),
            i64::try_from(self.copies.0).unwrap_or(i64::MAX).into(),
            self.place.map(|id| id.0).into(),
            meta.made_by.into(),
        ];
        vec![IndexRow { table: &LEAFLET_ROW, values }]
    }
}
