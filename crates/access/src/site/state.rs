//! The state of a site.

use kernel::faults::text;
use kernel::{Column, Field, IndexRow, Label, Meta, NoEvent, Record, Refusal, Situation, TableDef};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::account::Language;
use crate::faults;

/// A site. Its record id is the site's id.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Site {
    /// What the site is called.
    #[schemars(length(min = 1, max = 120))]
    pub name: String,
    /// The language of its papers.
    #[serde(default)]
    pub lang: Language,
    /// Time zone by its IANA name: what "today" means here.
    #[schemars(length(max = 40))]
    pub timezone: String,
}

impl Default for Site {
    fn default() -> Self {
        Self { name: String::new(), lang: Language::Zh, timezone: "Asia/Shanghai".into() }
    }
}

/// Sites, for set-up and the session.
pub static SITE_ROW: TableDef = TableDef::index(
    "site_row",
    &[
        ("site", Column::Text),
        ("name", Column::Text),
        ("lang", Column::Text),
        ("timezone", Column::Text),
        ("created", Column::Int),
    ],
    1,
);

impl Record for Site {
    const NOUN: &'static str = "site";
    const FIELDS: &'static [Field] = &[
        Field::new("name", Label::Plain),
        Field::new("lang", Label::Plain),
        Field::new("timezone", Label::Plain),
    ];
    const TABLES: &'static [&'static TableDef] = &[&SITE_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.name = self.name.trim().to_owned();
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        if situation.record != situation.actor.site.0 {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD));
        }
        text("name", &self.name, 120)?;
        if self.name.is_empty() {
            return Err(Refusal::new(&faults::NAME_MISSING).with("field", "name").at("name"));
        }
        let zone = |c: char| c.is_ascii_alphanumeric() || "/_+-".contains(c);
        if self.timezone.is_empty() || self.timezone.len() > 40 || !self.timezone.chars().all(zone) {
            let shown: String = self.timezone.chars().take(40).collect();
            return Err(Refusal::new(&faults::TIMEZONE).with("timezone", shown).at("timezone"));
        }
        Ok(())
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            self.name.as_str().into(),
            self.lang.code().into(),
            self.timezone.as_str().into(),
            meta.created.as_microsecond().into(),
        ];
        vec![IndexRow { table: &SITE_ROW, values }]
    }
}
