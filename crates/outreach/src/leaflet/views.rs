//! Leaflet runs as pages show them.

use kernel::page::Named;
use kernel::units::Copies;
use kernel::{Held, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::LeafletRun;

/// A leaflet run on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LeafletCard {
    /// The record.
    pub id: Id,
    /// Which leaflet.
    pub title: String,
    /// Where: a place of the register.
    pub place: Option<Named>,
    /// Where, in words.
    pub place_text: String,
    /// The day.
    pub day: String,
    /// How many copies.
    pub copies: Copies,
    /// In which languages it is.
    pub languages: Vec<String>,
    /// For edits.
    pub version: i64,
}

impl LeafletCard {
    pub(super) fn of(held: &Held) -> Self {
        let run: LeafletRun = journal::state(held);
        Self {
            id: held.meta.id,
            title: run.title,
            place: run.place.map(Named::unnamed),
            place_text: run.place_text,
            day: run.day.to_string(),
            copies: run.copies,
            languages: run.languages,
            version: held.meta.version,
        }
    }
}

/// Copies of one leaflet in a span of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LeafletSum {
    /// Which leaflet.
    pub title: String,
    /// How many copies. Never people.
    pub copies: Copies,
}
