//! Needs as pages show them.

use kernel::need::Code;
use kernel::page::Named;
use kernel::{Held, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Need, Status};

/// A need on a list.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NeedCard {
    /// The need.
    pub id: Id,
    /// Whose.
    pub person: Option<Named>,
    /// Where it was heard.
    pub encounter: Option<Id>,
    /// What kind of need.
    pub code: Code,
    /// The site's own tag by which it was noted.
    pub tag: Option<Named>,
    /// In their own words.
    pub words: String,
    /// What became of it.
    pub status: Status,
    /// Whether it was read out of a remark of an imported table.
    pub from_remark: bool,
    /// When it was written down.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub created: jiff::Timestamp,
    /// For edits.
    pub version: i64,
}

impl NeedCard {
    pub(super) fn of(held: &Held) -> Self {
        let need: Need = journal::state(held);
        Self {
            id: held.meta.id,
            person: need.person.map(Named::unnamed),
            encounter: need.encounter.map(|id| id.0),
            code: need.code,
            tag: need.tag.map(Named::unnamed),
            words: need.words,
            status: need.status,
            from_remark: need.from_remark,
            created: held.meta.created,
            version: held.meta.version,
        }
    }
}
