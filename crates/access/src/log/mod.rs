//! The access log: who read which child's record, when, and what for.

mod queries;

use journal::{Node, StoreError};
use kernel::{Actor, Column, Id, TableDef};
use schemars::JsonSchema;
use serde::Serialize;

pub use queries::{Filter, STATEMENTS, list};

/// Reads of children's records.
pub static ACCESS_LOG: TableDef = TableDef::operational(
    "access_log",
    &[
        ("site", Column::Text),
        ("id", Column::Text),
        ("at", Column::Int),
        ("account", Column::Text),
        ("noun", Column::Text),
        ("record", Column::Text),
        ("purpose", Column::Text),
    ],
    2,
);

/// One read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Access {
    /// The entry's id; they follow the time.
    pub id: Id,
    /// When.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub at: jiff::Timestamp,
    /// Who.
    pub account: Id,
    /// The kind of record.
    pub noun: String,
    /// The record.
    pub record: Id,
    /// What for.
    pub purpose: String,
}

/// Notes that the actor reads these records.
pub async fn note(
    node: &Node,
    actor: &Actor,
    noun: &str,
    records: &[Id],
    purpose: &str,
) -> Result<(), StoreError> {
    queries::put(node, actor, noun, records, purpose).await
}
