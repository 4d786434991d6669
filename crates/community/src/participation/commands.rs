//! What is done to a mark besides making and withdrawing it.

use kernel::{Command, Link, PersonId, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Claimed, MOST, MarkKind, Participation, ParticipationEvent, count_refused};
use crate::faults;

/// Raises or lowers a tally. Two phones that count at the same time add up.
#[derive(Deserialize, JsonSchema)]
pub struct Adjust {
    /// By how many; negative to lower.
    #[schemars(range(min = -5000, max = 5000))]
    by: i64,
}

impl Command for Adjust {
    type Record = Participation;
    const VERB: &'static str = "participation.adjust";

    fn decide(self, state: &Participation, _: &Situation<'_>) -> Result<Vec<ParticipationEvent>, Refusal> {
        if state.kind != MarkKind::Tally {
            return Err(Refusal::new(&faults::NOT_A_TALLY));
        }
        let claimed = u32::try_from(state.claims.len()).unwrap_or(u32::MAX);
        let count = i64::from(state.count).saturating_add(self.by);
        match u32::try_from(count) {
            Ok(count) if (claimed..=MOST).contains(&count) => {
                Ok(vec![ParticipationEvent::Adjusted { count }])
            }
            _ => Err(count_refused(claimed)),
        }
    }
}

/// Says who a nickname, or one of a tally, was.
#[derive(Deserialize, JsonSchema)]
pub struct Claim {
    /// The person.
    person: PersonId,
}

impl Command for Claim {
    type Record = Participation;
    const VERB: &'static str = "participation.claim";

    fn links(&self) -> Vec<Link> {
        vec![Link::to("person", self.person)]
    }

    fn decide(
        self,
        state: &Participation,
        situation: &Situation<'_>,
    ) -> Result<Vec<ParticipationEvent>, Refusal> {
        if !matches!(state.kind, MarkKind::Nickname | MarkKind::Tally) {
            return Err(Refusal::new(&faults::NOT_CLAIMABLE));
        }
        if state.claims.iter().any(|claim| claim.person == self.person) {
            return Err(Refusal::new(&faults::CLAIMED).at("person"));
        }
        if state.claims.len() >= state.count as usize {
            return Err(Refusal::new(&faults::NOTHING_LEFT));
        }
        let mut claims = state.claims.clone();
        claims.push(Claimed { person: self.person, at: situation.at });
        Ok(vec![ParticipationEvent::Recognised { claims }])
    }
}

/// Takes a claim back.
#[derive(Deserialize, JsonSchema)]
pub struct Unclaim {
    /// The person.
    person: PersonId,
}

impl Command for Unclaim {
    type Record = Participation;
    const VERB: &'static str = "participation.unclaim";

    fn decide(self, state: &Participation, _: &Situation<'_>) -> Result<Vec<ParticipationEvent>, Refusal> {
        let mut claims = state.claims.clone();
        claims.retain(|claim| claim.person != self.person);
        if claims.len() == state.claims.len() {
            return Err(Refusal::new(&faults::NOT_CLAIMED).at("person"));
        }
        Ok(vec![ParticipationEvent::Recognised { claims }])
    }
}
