//! The state of a kind of activity.

use kernel::faults::text;
use kernel::{Column, Field, Id, IndexRow, Label, Meta, NoEvent, Record, Refusal, Situation, TableDef};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::DEFAULTS;
use crate::activity::check_ratio;
use crate::faults;

/// What goes with activities of a kind; each opens a part of their pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(clippy::struct_excessive_bools, reason = "traits are independent of each other")]
pub struct Traits {
    /// Households bring dishes.
    #[serde(default)]
    pub dishes: bool,
    /// Children are handed over to people on their list only.
    #[serde(default)]
    pub pick_up: bool,
    /// Guardians' consents and a ratio of adults to children are needed.
    #[serde(default)]
    pub consents: bool,
    /// It runs itself; its notes are its own.
    #[serde(default)]
    pub self_run: bool,
}

/// The code of a kind as activities hold it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Code(#[schemars(length(min = 1, max = 26))] pub String);

impl Default for Code {
    fn default() -> Self {
        Self("other".into())
    }
}

impl Code {
    /// Whether it comes with the program.
    pub fn is_default(&self) -> bool {
        DEFAULTS.iter().any(|kind| kind.code == self.0)
    }

    /// The record of a site's own kind.
    pub fn own(&self) -> Option<Id> {
        if self.is_default() { None } else { self.0.parse().ok() }
    }

    /// Refuses what is no kind.
    pub(crate) fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        let known = match self.own() {
            Some(id) => situation.links.get::<ActivityKind>(id).is_some(),
            None => self.is_default(),
        };
        if known { Ok(()) } else { Err(Refusal::new(&faults::KIND).at("kind")) }
    }
}

/// A site's own kind, or what it changed of one that comes with the program.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct ActivityKind {
    /// The code of the kind that it changes; none for the site's own.
    #[serde(default)]
    #[schemars(length(max = 26))]
    pub code: Option<String>,
    /// Its Chinese name.
    #[schemars(length(max = 40))]
    pub zh: String,
    /// Its English name.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub en: String,
    /// What goes with it; for a kind that comes with the program nothing said leaves it as it is.
    #[serde(default)]
    pub traits: Option<Traits>,
    /// The most children for each adult that its new activities begin with; nothing said leaves it as it is.
    #[serde(default)]
    #[schemars(range(min = 1, max = 50))]
    pub children_per_adult: Option<u32>,
    /// No longer offered; what was held stays what it was.
    #[serde(default)]
    pub retired: bool,
}

/// Kinds by code.
pub static ACTIVITY_KIND_ROW: TableDef = TableDef::index(
    "activity_kind_row",
    &[
        ("site", Column::Text),
        ("kind", Column::Text),
        ("code", Column::Text),
        ("zh", Column::Text),
        ("en", Column::Text),
        ("no", Column::Int),
    ],
    2,
);

impl ActivityKind {
    /// The record by which a site changes a kind that comes with the program: one per code.
    pub fn record_of(site: kernel::SiteId, code: &str) -> Id {
        site.0.derive(&format!("activity_kind:{code}"))
    }
}

impl Record for ActivityKind {
    const NOUN: &'static str = "activity_kind";
    const FIELDS: &'static [Field] = &[
        Field::new("code", Label::Plain).fixed(),
        Field::new("zh", Label::Plain),
        Field::new("en", Label::Plain),
        Field::new("traits", Label::Plain),
        Field::new("children_per_adult", Label::Plain),
        Field::new("retired", Label::Plain),
    ];
    const TABLES: &'static [&'static TableDef] = &[&ACTIVITY_KIND_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.zh = self.zh.trim().to_owned();
        self.en = self.en.trim().to_owned();
        if self.zh.is_empty() {
            self.zh.clone_from(&self.en);
        }
        if self.en.is_empty() {
            self.en.clone_from(&self.zh);
        }
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("zh", &self.zh, 40)?;
        text("en", &self.en, 40)?;
        if self.zh.is_empty() {
            return Err(Refusal::new(&faults::KIND_NAME).at("zh"));
        }
        check_ratio(self.children_per_adult)?;
        let Some(code) = &self.code else { return Ok(()) };
        if !DEFAULTS.iter().any(|kind| kind.code == code) {
            return Err(Refusal::new(&faults::KIND).at("code"));
        }
        let expected = Self::record_of(situation.actor.site, code);
        if situation.record != expected {
            return Err(Refusal::new(&faults::KIND_ID).with("expected", expected));
        }
        Ok(())
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let code = self.code.clone().unwrap_or_else(|| meta.id.to_string());
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            code.into(),
            self.zh.as_str().into(),
            self.en.as_str().into(),
            meta.no.into(),
        ];
        vec![IndexRow { table: &ACTIVITY_KIND_ROW, values }]
    }
}
