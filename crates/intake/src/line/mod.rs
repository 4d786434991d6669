//! What one bundle of an import did: by this a batch is undone whole, and rows are known again.

use std::collections::HashMap;

use journal::{Node, StoreError};
use kernel::{BatchId, Column, Field, Id, IndexRow, Label, Meta, NoEvent, Record, SiteId, TableDef};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::queries;

/// A row of the file and the person it became.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LineRow {
    /// The sheet's place in the workbook.
    pub sheet: u32,
    /// The row, from 1.
    pub row: u32,
    /// Keyed digest of its values.
    pub digest: String,
    /// The person.
    pub person: Id,
}

/// A record that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Made {
    /// Its kind.
    pub noun: String,
    /// The record.
    pub id: Id,
}

/// A field that was set on a record that was there before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Amended {
    /// The record's kind.
    pub noun: String,
    /// The record.
    pub id: Id,
    /// The field.
    pub field: String,
    /// As it was.
    pub before: Value,
    /// As it became.
    pub after: Value,
}

/// One bundle of an import.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// The import.
    pub batch: BatchId,
    /// The rows it came from.
    #[serde(default)]
    pub rows: Vec<LineRow>,
    /// What it made.
    #[serde(default)]
    pub made: Vec<Made>,
    /// What it changed.
    #[serde(default)]
    pub amended: Vec<Amended>,
}

/// The bundles of an import.
pub static IMPORT_LINE: TableDef = TableDef::index(
    "import_line",
    &[("site", Column::Text), ("batch", Column::Text), ("line", Column::Text)],
    3,
);

/// Rows that were imported, by their digest.
pub static IMPORT_DIGEST: TableDef = TableDef::index(
    "import_digest",
    &[("site", Column::Text), ("digest", Column::Text), ("person", Column::Text), ("line", Column::Text)],
    4,
);

impl Record for Line {
    const NOUN: &'static str = "import_line";
    const FIELDS: &'static [Field] = &[
        Field::new("batch", Label::Plain).fixed(),
        Field::new("rows", Label::Plain).fixed(),
        Field::new("made", Label::Plain).fixed(),
        Field::new("amended", Label::Identity).fixed(),
    ];
    const TABLES: &'static [&'static TableDef] = &[&IMPORT_LINE, &IMPORT_DIGEST];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let line = vec![meta.site.into(), self.batch.0.into(), meta.id.into()];
        let mut rows = vec![IndexRow { table: &IMPORT_LINE, values: line }];
        rows.extend(self.rows.iter().map(|row| IndexRow {
            table: &IMPORT_DIGEST,
            values: vec![meta.site.into(), row.digest.as_str().into(), row.person.into(), meta.id.into()],
        }));
        rows
    }
}

/// Which persons the rows of a site became that were imported and stand, by digest.
pub async fn known(node: &Node, site: SiteId) -> Result<HashMap<String, Id>, StoreError> {
    let mut known = HashMap::new();
    let mut after = String::new();
    loop {
        let rows = node.rows(queries::DIGESTS.text, vec![site.into(), after.as_str().into()]).await?;
        let Some(last) = rows.last() else { return Ok(known) };
        last.text(0).clone_into(&mut after);
        known.extend(rows.iter().map(|row| (row.text(0).to_owned(), row.id(1))));
    }
}
