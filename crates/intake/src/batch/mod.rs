//! One import of one file.

use kernel::{Column, Command, Field, Id, IndexRow, Label, Meta, Record, Refusal, Situation, TableDef};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{faults, queries};

/// An import that was applied.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Batch {
    /// Name of the file.
    #[serde(default)]
    #[schemars(length(max = 300))]
    pub file: String,
    /// Keyed digest of its content.
    #[serde(default)]
    #[schemars(length(max = 64))]
    pub digest: String,
    /// How many rows were in hand.
    #[serde(default)]
    pub rows: u32,
    /// Taken back.
    #[serde(default)]
    pub undone: bool,
}

/// What happened to an import besides being made.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum BatchEvent {
    /// Everything it made was withdrawn.
    Undone {
        /// True.
        undone: bool,
    },
}

/// Imports by the digest of their file.
pub static BATCH_ROW: TableDef = TableDef::index(
    "batch_row",
    &[
        ("site", Column::Text),
        ("batch", Column::Text),
        ("no", Column::Int),
        ("file", Column::Text),
        ("digest", Column::Text),
        ("undone", Column::Int),
        ("created", Column::Int),
    ],
    2,
);

impl Record for Batch {
    const NOUN: &'static str = "batch";
    const FIELDS: &'static [Field] = &[
        Field::new("file", Label::Plain).fixed(),
        Field::new("digest", Label::Plain).fixed(),
        Field::new("rows", Label::Plain).fixed(),
        Field::new("undone", Label::Plain).own(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&BATCH_ROW];
    type Event = BatchEvent;

    fn apply(&mut self, event: BatchEvent) {
        let BatchEvent::Undone { undone } = event;
        self.undone = undone;
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![
            meta.site.into(),
            meta.id.into(),
            meta.no.into(),
            self.file.as_str().into(),
            self.digest.as_str().into(),
            self.undone.into(),
            meta.created.as_microsecond().into(),
        ];
        vec![IndexRow { table: &BATCH_ROW, values }]
    }
}

/// Marks an import as taken back, after everything it made was withdrawn.
#[derive(Deserialize, JsonSchema)]
pub struct Undo {}

impl Command for Undo {
    type Record = Batch;
    const VERB: &'static str = "batch.undo";

    fn decide(self, state: &Batch, _: &Situation<'_>) -> Result<Vec<BatchEvent>, Refusal> {
        if state.undone {
            return Err(Refusal::new(&faults::WRONG_STATE).with("state", "undone"));
        }
        Ok(vec![BatchEvent::Undone { undone: true }])
    }
}

/// The file's standing import, if there is one.
pub async fn of_digest(
    node: &journal::Node,
    site: kernel::SiteId,
    digest: &str,
) -> Result<Option<Id>, journal::StoreError> {
    let rows = node.rows(queries::OF_DIGEST.text, vec![site.into(), digest.into()]).await?;
    Ok(rows.first().map(|row| row.id(0)))
}
