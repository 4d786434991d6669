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
    /// The ethnic groups whose festivals are proposed, by their letters in GB/T 3304.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub peoples: Vec<String>,
    /// After how long Today tells of whom and what nobody has been to.
    #[serde(default)]
    pub watch: Watch,
}

/// After how many days Today tells that somebody or some place was not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Watch {
    /// Somebody who was met before.
    #[schemars(range(min = 1, max = 730))]
    pub person_days: u16,
    /// A community that the team goes to.
    #[schemars(range(min = 1, max = 730))]
    pub community_days: u16,
    /// Somebody of 80 or more, at home.
    #[schemars(range(min = 1, max = 730))]
    pub elder_days: u16,
}

impl Default for Watch {
    fn default() -> Self {
        Self { person_days: 60, community_days: 8, elder_days: 30 }
    }
}

impl Default for Site {
    fn default() -> Self {
        Self {
            name: String::new(),
            lang: Language::Zh,
            timezone: "Asia/Shanghai".into(),
            peoples: Vec::new(),
            watch: Watch::default(),
        }
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
        Field::new("peoples", Label::Plain),
        Field::new("watch", Label::Plain),
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
        let letters = |code: &String| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        if self.peoples.len() > 60 || !self.peoples.iter().all(letters) {
            let refusal = Refusal::new(&kernel::faults::BAD_BODY).with("field", "peoples");
            return Err(refusal.with("why", "GB/T 3304: HA, MG, HU …").at("peoples"));
        }
        let Watch { person_days, community_days, elder_days } = self.watch;
        if [person_days, community_days, elder_days].iter().any(|days| !(1..=730).contains(days)) {
            return Err(Refusal::new(&faults::WATCH).at("watch"));
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
