//! The state of a place.

use kernel::faults::text;
use kernel::{
    Column, Field, Id, IndexRow, Label, Link, Meta, NoEvent, PlaceId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// What kind of place it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A township or subdistrict.
    Township,
    /// A village.
    Village,
    /// A village inside a city.
    UrbanVillage,
    /// A housing estate.
    Estate,
    /// A school.
    School,
    /// A worksite.
    Worksite,
    /// Anything else.
    #[default]
    Other,
}

impl PlaceKind {
    /// The name in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Township => "township",
            Self::Village => "village",
            Self::UrbanVillage => "urban_village",
            Self::Estate => "estate",
            Self::School => "school",
            Self::Worksite => "worksite",
            Self::Other => "other",
        }
    }
}

/// A place.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Its name.
    #[schemars(length(min = 1, max = 100))]
    pub name: String,
    /// Its kind.
    #[serde(default)]
    pub kind: PlaceKind,
    /// Code of the division it is in.
    #[serde(default)]
    #[schemars(length(max = 9))]
    pub within: Option<String>,
    /// The larger place it is part of.
    #[serde(default)]
    pub parent: Option<PlaceId>,
    /// Other names.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub aliases: Vec<String>,
    /// Whether the team goes there regularly: a community that Today tells of when nobody has been there for long.
    #[serde(default)]
    pub rounds: bool,
}

/// Places by division.
pub static PLACE_ROW: TableDef = TableDef::index(
    "place_row",
    &[
        ("site", Column::Text),
        ("place", Column::Text),
        ("no", Column::Int),
        ("name", Column::Text),
        ("kind", Column::Text),
        ("division", Column::Text),
        ("parent", Column::Text),
        ("aliases", Column::Text),
        ("rounds", Column::Int),
    ],
    2,
);

impl Record for Place {
    const NOUN: &'static str = "place";
    const FIELDS: &'static [Field] = &[
        Field::new("name", Label::Plain),
        Field::new("kind", Label::Plain),
        Field::new("within", Label::Plain),
        Field::new("parent", Label::Plain),
        Field::new("aliases", Label::Plain).union(),
        Field::new("rounds", Label::Plain),
    ];
    const TABLES: &'static [&'static TableDef] = &[&PLACE_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.name = names::display(&self.name);
        let mut aliases: Vec<String> = Vec::new();
        for alias in &self.aliases {
            let alias = names::display(alias);
            if !alias.is_empty() && alias != self.name && !aliases.contains(&alias) {
                aliases.push(alias);
            }
        }
        self.aliases = aliases;
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        if self.name.is_empty() {
            return Err(Refusal::new(&faults::PLACE_NAME).at("name"));
        }
        text("name", &self.name, 100)?;
        crate::person::at_most("aliases", self.aliases.len(), 20)?;
        for alias in &self.aliases {
            text("aliases", alias, 100)?;
        }
        if self.parent.is_some_and(|parent| parent.0 == situation.record) {
            return Err(Refusal::new(&faults::PLACE_LOOP).at("parent"));
        }
        division_code("within", self.within.as_deref())
    }

    fn links(&self) -> Vec<Link> {
        self.parent.iter().map(|parent| Link::to("place", *parent)).collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.name.as_str().into(),
            self.kind.code().into(),
            self.within.as_deref().into(),
            self.parent.map(|parent| parent.0).into(),
            self.aliases.join("\n").into(),
            self.rounds.into(),
        ];
        vec![IndexRow { table: &PLACE_ROW, values }]
    }
}

/// Refuses what has not the shape of a division code.
pub(crate) fn division_code(field: &str, code: Option<&str>) -> Result<(), Refusal> {
    let fits = |code: &str| {
        matches!(code.len(), 2 | 4 | 6 | 9 | 12) && code.bytes().all(|byte| byte.is_ascii_digit())
    };
    if code.is_none_or(fits) {
        return Ok(());
    }
    Err(Refusal::new(&faults::PLACE_CODE).with("field", field).at(field))
}

/// Refuses what is neither a division code nor an id.
pub(crate) fn code_or_id(field: &str, text: Option<&str>) -> Result<(), Refusal> {
    if text.is_some_and(|text| text.parse::<Id>().is_ok()) { Ok(()) } else { division_code(field, text) }
}

/// A division in words: its names from the province down. Empty if unknown.
pub(crate) fn words(code: &str) -> String {
    places::path_name(code, places::Lang::Zh)
}
