//! A note of a circle, and sharing it.

use jiff::Timestamp;
use kernel::access::TO_STAFF;
use kernel::faults::text;
use kernel::{
    AccountId, Column, Command, Field, Id, IndexRow, Label, Link, Meta, Record, Refusal, Situation, TableDef,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::state::{Circle, MOST};
use crate::faults;

/// A note of a circle. It is not changed afterwards: what is shared is what was written. Has no `Debug`.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct CircleNote {
    /// The circle.
    pub circle: Id,
    /// The words.
    #[serde(default)]
    #[schemars(length(min = 1, max = 5000))]
    pub words: String,
    /// Who reads it: those who were members when it was written.
    #[schemars(length(max = 100))]
    pub readers: Vec<AccountId>,
    /// Who shared it with the staff.
    #[serde(default)]
    pub shared_by: Option<AccountId>,
    /// When.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub shared_at: Option<Timestamp>,
}

/// What a note's own commands did.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum NoteEvent {
    /// It was shared with the staff, or is no longer.
    Shared {
        /// By whom.
        shared_by: Option<AccountId>,
        /// When.
        shared_at: Option<Timestamp>,
    },
}

/// Notes by who reads them: one row for each reader, and one for the staff where it is shared.
pub static CIRCLE_NOTE_ROW: TableDef = TableDef::index(
    "circle_note_row",
    &[
        ("site", Column::Text),
        ("note", Column::Text),
        ("reader", Column::Text),
        ("circle", Column::Text),
        ("made_by", Column::Text),
        ("no", Column::Int),
    ],
    3,
);

impl CircleNote {
    /// Whom it names as its readers: accounts, and the staff where it is shared.
    fn open_to(&self) -> Vec<Id> {
        let shared = self.shared_at.map(|_| TO_STAFF);
        self.readers.iter().map(|id| id.0).chain(shared).collect()
    }
}

impl Record for CircleNote {
    const NOUN: &'static str = "circle_note";
    const FIELDS: &'static [Field] = &[
        Field::new("circle", Label::Plain).fixed(),
        Field::new("words", Label::Identity).fixed(),
        Field::new("readers", Label::Plain).fixed(),
        Field::new("shared_by", Label::Plain).own(),
        Field::new("shared_at", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&CIRCLE_NOTE_ROW];
    type Event = NoteEvent;

    fn apply(&mut self, event: NoteEvent) {
        match event {
            NoteEvent::Shared { shared_by, shared_at } => {
                (self.shared_by, self.shared_at) = (shared_by, shared_at);
            }
        }
    }

    fn normalise(&mut self) {
        self.words = self.words.trim().to_owned();
        self.readers.sort_unstable();
        self.readers.dedup();
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("words", &self.words, 5_000)?;
        if situation.verb != "circle_note.write" {
            return Ok(());
        }
        if self.words.is_empty() {
            return Err(Refusal::new(&faults::CIRCLE_WORDS).at("words"));
        }
        let Some(circle) = situation.links.get::<Circle>(self.circle) else {
            return Err(Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("circle"));
        };
        let author = situation.actor.account;
        if !circle.members.contains(&author) {
            return Err(Refusal::new(&faults::NOT_A_MEMBER).at("circle"));
        }
        let strangers = self.readers.iter().any(|reader| !circle.members.contains(reader));
        if strangers || self.readers.len() > MOST || !self.readers.contains(&author) {
            return Err(Refusal::new(&faults::CIRCLE_READERS).at("readers"));
        }
        Ok(())
    }

    fn links(&self) -> Vec<Link> {
        let readers = self.readers.iter().map(|id| Link::to("account", *id));
        [Link::to("circle", self.circle)].into_iter().chain(readers).collect()
    }

    fn within(&self) -> Vec<Id> {
        self.open_to()
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let row = |reader: Id| IndexRow {
            table: &CIRCLE_NOTE_ROW,
            values: vec![
                meta.site.into(),
                meta.id.into(),
                reader.into(),
                self.circle.into(),
                meta.made_by.into(),
                meta.no.into(),
            ],
        };
        self.open_to().into_iter().map(row).collect()
    }
}

/// Lets the staff read it. Only those who read it themselves can.
#[derive(Deserialize, JsonSchema)]
pub struct Share {}

impl Command for Share {
    type Record = CircleNote;
    const VERB: &'static str = "circle_note.share";

    fn decide(self, state: &CircleNote, situation: &Situation<'_>) -> Result<Vec<NoteEvent>, Refusal> {
        if state.shared_at.is_some() {
            return Ok(Vec::new());
        }
        let shared_by = Some(situation.actor.account);
        Ok(vec![NoteEvent::Shared { shared_by, shared_at: Some(situation.at) }])
    }
}

/// Lets them read it no longer. What they have read they have read.
#[derive(Deserialize, JsonSchema)]
pub struct Unshare {}

impl Command for Unshare {
    type Record = CircleNote;
    const VERB: &'static str = "circle_note.unshare";

    fn decide(self, state: &CircleNote, _: &Situation<'_>) -> Result<Vec<NoteEvent>, Refusal> {
        if state.shared_at.is_none() {
            return Err(Refusal::new(&faults::NOT_SHARED));
        }
        Ok(vec![NoteEvent::Shared { shared_by: None, shared_at: None }])
    }
}
