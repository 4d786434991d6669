//! What is done with an encounter besides writing it down: opening its note, and closing its follow-up.

use kernel::{AccountId, Command, Link, Refusal, Role, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Encounter, EncounterEvent, Lock};
use crate::faults;

/// Opens the note to the team or to colleagues, or closes it. For its author and the manager: whoever was let in does not
/// let in others.
#[derive(Deserialize, JsonSchema)]
pub struct SetLock {
    /// Who reads the note.
    pub lock: Lock,
    /// The colleagues with whom it is shared.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub shared_with: Vec<AccountId>,
}

impl Command for SetLock {
    type Record = Encounter;
    const VERB: &'static str = "encounter.lock";

    fn links(&self) -> Vec<Link> {
        self.shared_with.iter().map(|id| Link::to("account", *id)).collect()
    }

    fn decide(self, state: &Encounter, situation: &Situation<'_>) -> Result<Vec<EncounterEvent>, Refusal> {
        let actor = situation.actor;
        if actor.role != Role::Manager && actor.account != situation.made_by {
            return Err(Refusal::new(&faults::NOT_YOUR_NOTE));
        }
        let mut shared_with = Vec::new();
        for colleague in self.shared_with.into_iter().filter(|_| self.lock == Lock::Shared) {
            if !shared_with.contains(&colleague) {
                shared_with.push(colleague);
            }
        }
        if state.lock == self.lock && state.shared_with == shared_with {
            return Ok(Vec::new());
        }
        Ok(vec![EncounterEvent::Locked { lock: self.lock, shared_with }])
    }
}

/// The follow-up was done, or is not needed any more; or it is open again after all. Said twice it stays so.
#[derive(Deserialize, JsonSchema)]
pub struct Followed {
    /// Whether it was done; yes where nothing is said.
    #[serde(default = "yes")]
    pub followed: bool,
}

fn yes() -> bool {
    true
}

impl Command for Followed {
    type Record = Encounter;
    const VERB: &'static str = "encounter.followed";

    fn decide(self, state: &Encounter, _: &Situation<'_>) -> Result<Vec<EncounterEvent>, Refusal> {
        if state.follow_up.is_none() {
            return Err(Refusal::new(&faults::NO_FOLLOW_UP));
        }
        let followed = self.followed;
        Ok(if state.followed == followed { Vec::new() } else { vec![EncounterEvent::Followed { followed }] })
    }
}
