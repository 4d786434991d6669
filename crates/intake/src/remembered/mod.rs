//! Mappings that somebody settled, by the layout they were settled for.

use journal::{Node, StoreError};
use kernel::{Actor, Column, Field, IndexRow, Label, Meta, NoEvent, Record, TableDef, Use};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sheets::Mapping;

use crate::queries;

/// A remembered mapping.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Remembered {
    /// Key of the layout.
    #[serde(default)]
    #[schemars(length(max = 64))]
    pub layout: String,
    /// The mapping, as the table reader keeps it.
    #[serde(default)]
    pub fields: Value,
}

/// Mappings by layout.
pub static REMEMBERED_LAYOUT: TableDef = TableDef::index(
    "remembered_layout",
    &[("site", Column::Text), ("layout", Column::Text), ("record", Column::Text)],
    3,
);

impl Record for Remembered {
    const NOUN: &'static str = "mapping";
    const FIELDS: &'static [Field] =
        &[Field::new("layout", Label::Plain).fixed(), Field::new("fields", Label::Plain)];
    const TABLES: &'static [&'static TableDef] = &[&REMEMBERED_LAYOUT];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn index(&self, meta: &Meta) -> Vec<IndexRow> {
        let values = vec![meta.site.into(), self.layout.as_str().into(), meta.id.into()];
        vec![IndexRow { table: &REMEMBERED_LAYOUT, values }]
    }
}

/// Every mapping of the actor's site, the latest of a layout last.
pub async fn all(node: &Node, actor: &Actor) -> Result<Vec<Mapping>, StoreError> {
    let rows = node.rows(queries::MAPPINGS.text, vec![actor.site.into()]).await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id(0)).collect();
    let held = node.visible(actor, "mapping", &ids, Use::Read).await?;
    let parsed = held.iter().map(|held| serde_json::from_value(journal::state::<Remembered>(held).fields));
    Ok(parsed.filter_map(Result::ok).collect())
}
