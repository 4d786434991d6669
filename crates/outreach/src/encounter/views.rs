//! Encounters as pages show them.

use kernel::page::Named;
use kernel::{Actor, Held, Id, Label, Role};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Encounter, Kind, Lock, Outcome};
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
    /// Colleagues who took part besides.
    pub workers: Vec<Named>,
    /// People of the register who took part as volunteers.
    pub volunteers: Vec<Named>,
    /// In which place.
    pub place: Option<Named>,
    /// Where; none where the reader may not know.
    pub place_text: Option<String>,
    /// What was said and seen; none where the reader may not know.
    pub note: Option<String>,
    /// Who reads the note besides its author and the manager.
    pub lock: Lock,
    /// The colleagues with whom it is shared.
    pub shared_with: Vec<Named>,
    /// Whether this reader may open and close the note.
    pub may_lock: bool,
    /// When somebody should look in again.
    pub follow_up: Option<String>,
    /// Whether that was done.
    pub followed: bool,
    /// The encounter that this one follows up.
    pub follows: Option<Id>,
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
    /// As this actor may read it: a sealed note is its author's, the manager's, and theirs to whom it was opened.
    pub(super) fn of(held: &Held, actor: &Actor) -> Self {
        let encounter: Encounter = journal::state(held);
        let may = |label: Label| kernel::reads(actor, held, label);
        let named = |ids: &[kernel::AccountId]| ids.iter().copied().map(Named::unnamed).collect();
        Self {
            id: held.meta.id,
            kind: encounter.kind,
            day: encounter.day.to_string(),
            outcome: encounter.outcome,
            minutes: encounter.minutes,
            persons: encounter.persons.iter().copied().map(Named::unnamed).collect(),
            household: encounter.household.map(|id| id.0),
            worker: Named::unnamed(encounter.worker.unwrap_or(held.meta.made_by)),
            workers: named(&encounter.workers),
            volunteers: encounter.volunteers.iter().copied().map(Named::unnamed).collect(),
            place: encounter.place.map(Named::unnamed),
            place_text: may(Label::Contact).then_some(encounter.place_text),
            note: may(Label::Sealed).then_some(encounter.note),
            lock: encounter.lock,
            shared_with: named(&encounter.shared_with),
            may_lock: actor.role == Role::Manager || held.meta.made_by == actor.account,
            follow_up: encounter.follow_up.map(|day| day.to_string()),
            followed: encounter.followed,
            follows: encounter.follows.map(|id| id.0),
            version: held.meta.version,
        }
    }
}
