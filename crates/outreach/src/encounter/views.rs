//! Encounters as pages show them.

use kernel::page::Named;
use kernel::{Actor, Held, Id, Label};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Encounter, Kind, Outcome};
use crate::need::views::NeedCard;

/// An encounter on a list.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EncounterCard {
    /// The encounter.
    pub id: Id,
    /// How people met.
    pub kind: Kind,
    /// The day.
    pub day: String,
    /// What came of it.
    pub outcome: Outcome,
    /// How long, in minutes.
    pub minutes: Option<u32>,
    /// With whom.
    pub persons: Vec<Named>,
    /// With which household.
    pub household: Option<Id>,
    /// Who of the centre met them.
    pub worker: Named,
    /// Where; none where the reader may not know.
    pub place_text: Option<String>,
    /// What was said and seen; none where the reader may not know.
    pub note: Option<String>,
    /// For edits.
    pub version: i64,
}

/// An encounter with what was heard at it.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EncounterPage {
    /// The encounter.
    pub encounter: EncounterCard,
    /// The needs that were heard.
    pub needs: Vec<NeedCard>,
}

impl EncounterCard {
    /// As this actor may read it: a sealed note is its author's and the manager's.
    pub(super) fn of(held: &Held, actor: &Actor) -> Self {
        let encounter: Encounter = journal::state(held);
        let author = held.meta.made_by == actor.account;
        let may = |label: Label| label.readable_by(actor.role) || author;
        Self {
            id: held.meta.id,
            kind: encounter.kind,
            day: encounter.day.to_string(),
            outcome: encounter.outcome,
            minutes: encounter.minutes,
            persons: encounter.persons.iter().copied().map(Named::unnamed).collect(),
            household: encounter.household.map(|id| id.0),
            worker: Named::unnamed(encounter.worker.unwrap_or(held.meta.made_by)),
            place_text: may(Label::Contact).then_some(encounter.place_text),
            note: may(Label::Sealed).then_some(encounter.note),
            version: held.meta.version,
        }
    }
}
