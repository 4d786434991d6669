//! Entries of the board as pages show them.

use kernel::need::Code;
use kernel::page::Named;
use kernel::{Held, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::{BoardEntry, Status};

/// An entry of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BoardCard {
    /// The record.
    pub id: Id,
    /// What kind of need.
    pub code: Code,
    /// What people said.
    pub said: String,
    /// How many voices or hands.
    pub voices: u32,
    /// What became of it.
    pub status: Status,
    /// What we did, or why it cannot be done.
    pub did: String,
    /// Since when the service is another one.
    pub changed_on: Option<String>,
    /// Where.
    pub place: Option<Named>,
    /// Whether anybody may read it.
    pub public: bool,
    /// For edits.
    pub version: i64,
}

impl BoardCard {
    pub(super) fn of(held: &Held) -> Self {
        let entry: BoardEntry = journal::state(held);
        Self {
            id: held.meta.id,
            code: entry.code,
            said: entry.said,
            voices: entry.voices,
            status: entry.status,
            did: entry.did,
            changed_on: entry.changed_on.map(|day| day.to_string()),
            place: entry.place.map(Named::unnamed),
            public: entry.public,
            version: held.meta.version,
        }
    }
}
