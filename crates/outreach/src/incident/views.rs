//! Incidents as pages show them.

use kernel::page::Named;
use kernel::{Actor, Held, Id, Label};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Incident, Kind};

/// An incident on a list.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IncidentCard {
    /// The record.
    pub id: Id,
    /// In what.
    pub kind: Kind,
    /// Where: a place of the register.
    pub place: Option<Named>,
    /// Where, in words.
    pub place_text: String,
    /// The day.
    pub day: String,
    /// What happened; none where the reader may not know.
    pub words: Option<String>,
    /// For edits.
    pub version: i64,
}

impl IncidentCard {
    pub(super) fn of(held: &Held, actor: &Actor) -> Self {
        let incident: Incident = journal::state(held);
        Self {
            id: held.meta.id,
            kind: incident.kind,
            place: incident.place.map(Named::unnamed),
            place_text: incident.place_text,
            day: incident.day.to_string(),
            words: kernel::reads(actor, held, Label::Legal).then_some(incident.words),
            version: held.meta.version,
        }
    }
}

/// Three incidents or more, alike, at one place, within a year.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pattern {
    /// In what.
    pub kind: Kind,
    /// Where: a place of the register.
    pub place: Option<Named>,
    /// Where, in words.
    pub place_text: String,
    /// How many incidents.
    pub incidents: u64,
    /// The day of the first.
    pub first: String,
    /// The day of the last.
    pub last: String,
}
