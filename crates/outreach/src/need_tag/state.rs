//! The state of a tag.

use kernel::faults::text;
use kernel::need::Code;
use kernel::{
    Column, Field, Id, IndexRow, Label, Meta, NoEvent, Record, Refusal, SiteId, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// A site's own tag, or what it changed of one that comes with the program.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct NeedTag {
    /// As what needs under it are counted.
    pub code: Code,
    /// Whether it stands for the program's own tag of that code.
    #[serde(default)]
    pub replaces: bool,
    /// Its Chinese name.
    #[schemars(length(max = 20))]
    pub zh: String,
    /// Its English name.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub en: String,
    /// No longer offered; what was noted under it stays.
    #[serde(default)]
    pub retired: bool,
}

/// Tags of a site.
pub static NEED_TAG_ROW: TableDef =
    TableDef::index("need_tag_row", &[("site", Column::Text), ("tag", Column::Text), ("no", Column::Int)], 2);

impl NeedTag {
    /// The record by which a site changes a tag that comes with the program: one per code.
    pub fn record_of(site: SiteId, code: Code) -> Id {
        site.0.derive(&format!("need_tag:{}", code.code()))
    }
}

impl Record for NeedTag {
    const NOUN: &'static str = "need_tag";
    const FIELDS: &'static [Field] = &[
        Field::new("code", Label::Plain).fixed(),
        Field::new("replaces", Label::Plain).fixed(),
        Field::new("zh", Label::Plain),
        Field::new("en", Label::Plain),
        Field::new("retired", Label::Plain),
    ];
    const TABLES: &'static [&'static TableDef] = &[&NEED_TAG_ROW];
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
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("zh", &self.zh, 20)?;
        text("en", &self.en, 40)?;
        if self.zh.is_empty() {
            return Err(Refusal::new(&faults::TAG_NAME).at("zh"));
        }
        // Two records for one code would leave it open which of them counts.
        if self.replaces && situation.record != Self::record_of(situation.actor.site, self.code) {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("replaces"));
        }
        Ok(())
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        vec![IndexRow {
            table: &NEED_TAG_ROW,
            values: vec![meta.site.into(), meta.id.into(), meta.no.into()],
        }]
    }
}
