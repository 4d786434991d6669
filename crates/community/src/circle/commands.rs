//! Who belongs to a circle: its members decide.

use kernel::{AccountId, Command, Link, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Circle, CircleEvent};
use crate::faults;

fn member(state: &Circle, situation: &Situation<'_>) -> Result<(), Refusal> {
    if state.members.contains(&situation.actor.account) {
        Ok(())
    } else {
        Err(Refusal::new(&faults::NOT_A_MEMBER))
    }
}

/// A member takes somebody in.
#[derive(Deserialize, JsonSchema)]
pub struct Welcome {
    /// The new member.
    account: AccountId,
}

impl Command for Welcome {
    type Record = Circle;
    const VERB: &'static str = "circle.welcome";

    fn links(&self) -> Vec<Link> {
        vec![Link::to("account", self.account)]
    }

    fn decide(self, state: &Circle, situation: &Situation<'_>) -> Result<Vec<CircleEvent>, Refusal> {
        member(state, situation)?;
        if state.members.contains(&self.account) {
            return Ok(Vec::new());
        }
        let mut members = state.members.clone();
        members.push(self.account);
        members.sort_unstable();
        Ok(vec![CircleEvent::Changed { members }])
    }
}

/// A member goes. The last one stays, so that the notes are somebody's.
#[derive(Deserialize, JsonSchema)]
pub struct Leave {}

impl Command for Leave {
    type Record = Circle;
    const VERB: &'static str = "circle.leave";

    fn decide(self, state: &Circle, situation: &Situation<'_>) -> Result<Vec<CircleEvent>, Refusal> {
        member(state, situation)?;
        let mut members = state.members.clone();
        members.retain(|account| *account != situation.actor.account);
        if members.is_empty() {
            return Err(Refusal::new(&faults::LAST_MEMBER));
        }
        Ok(vec![CircleEvent::Changed { members }])
    }
}
