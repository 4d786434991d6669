//! The state of an entry.

use jiff::civil::Date;
use kernel::faults::text;
use kernel::need::Code;
use kernel::{
    Column, Field, IndexRow, Label, Link, Meta, NoEvent, PlaceId, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

kernel::codes! {
    /// What became of what people said.
    Status:
    /// It was heard.
    #[default]
    Heard "heard" "听到了" "Heard";
    /// Somebody is at it.
    Working "working" "正在办" "At work";
    /// Something changed.
    Changed "changed" "有了改变" "Changed";
    /// It cannot be done, and why is said.
    Cannot "cannot" "做不到" "Not possible";
}

/// Most voices.
const MOST: u32 = 1_000_000;

/// What people said, and what was done.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct BoardEntry {
    /// What kind of need.
    #[serde(default)]
    pub code: Code,
    /// What people said, without names.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub said: String,
    /// How many voices or hands: votes, not people of the register.
    #[serde(default)]
    #[schemars(range(max = 1_000_000))]
    pub voices: u32,
    /// What became of it.
    #[serde(default)]
    pub status: Status,
    /// What we did, or why it cannot be done.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub did: String,
    /// Since when the service is another one.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub changed_on: Option<Date>,
    /// Where.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// Whether anybody may read it.
    #[serde(default)]
    pub public: bool,
}

/// Entries: those with most voices first.
pub static BOARD_ROW: TableDef = TableDef::index(
    "board_row",
    &[
        ("site", Column::Text),
        ("entry", Column::Text),
        ("no", Column::Int),
        ("status", Column::Text),
        ("voices", Column::Int),
        ("public", Column::Int),
        ("made_by", Column::Text),
    ],
    2,
);

impl Record for BoardEntry {
    const NOUN: &'static str = "board_entry";
    const FIELDS: &'static [Field] = &[
        Field::new("code", Label::Plain),
        Field::new("said", Label::Plain),
        Field::new("voices", Label::Plain),
        Field::new("status", Label::Plain),
        Field::new("did", Label::Plain),
        Field::new("changed_on", Label::Plain),
        Field::new("place", Label::Plain),
        Field::new("public", Label::Plain),
    ];
    const TABLES: &'static [&'static TableDef] = &[&BOARD_ROW];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        self.said = self.said.trim().to_owned();
        self.did = self.did.trim().to_owned();
    }

    fn check(&self, _: &Situation<'_>) -> Result<(), Refusal> {
        text("said", &self.said, 500)?;
        text("did", &self.did, 500)?;
        if self.said.is_empty() {
            return Err(Refusal::new(&faults::SAID).at("said"));
        }
        let answered = matches!(self.status, Status::Changed | Status::Cannot);
        if answered && self.did.is_empty() {
            return Err(Refusal::new(&faults::DID).at("did"));
        }
        if self.voices > MOST {
            return Err(Refusal::new(&faults::COPIES).with("last", MOST).at("voices"));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        self.place.map(|id| Link::to("place", id)).into_iter().collect()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.status.code().into(),
            i64::from(self.voices).into(),
            self.public.into(),
            meta.made_by.into(),
        ];
        vec![IndexRow { table: &BOARD_ROW, values }]
    }
}
