//! Handing a child over.

use kernel::faults::text;
use kernel::{AccountId, Command, Id, Link, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::permission::PickupPermission;
use super::state::{Care, CareEvent, check_time};
use crate::faults;

fn here(state: &Care) -> Result<(), Refusal> {
    match &state.left {
        Some(left) => Err(Refusal::new(&faults::LEFT_ALREADY).with("left", left)),
        None => Ok(()),
    }
}

/// Hands the child over to somebody on its list.
#[derive(Deserialize, JsonSchema)]
pub struct Release {
    /// The line of the child's list; nobody else takes the child home.
    #[serde(default)]
    permission: Option<Id>,
    /// When, such as `17:58`.
    #[schemars(length(max = 5))]
    left: String,
}

impl Command for Release {
    type Record = Care;
    const VERB: &'static str = "care.release";

    fn links(&self) -> Vec<Link> {
        self.permission.map(|id| Link::to("pickup_permission", id).with_persons()).into_iter().collect()
    }

    fn decide(self, state: &Care, situation: &Situation<'_>) -> Result<Vec<CareEvent>, Refusal> {
        here(state)?;
        check_time("left", &self.left)?;
        let line = self.permission.and_then(|id| situation.links.get::<PickupPermission>(id));
        let Some(line) = line.filter(|line| situation.links.are_one(line.child, state.child)) else {
            return Err(Refusal::new(&faults::NOT_ON_LIST).at("permission"));
        };
        if !line.holds(state.day) {
            return Err(Refusal::new(&faults::PICKUP_ENDED).with("day", state.day).at("permission"));
        }
        Ok(vec![CareEvent::Handed {
            left: Some(self.left),
            permission: self.permission,
            taken_by: String::new(),
            why: String::new(),
            second: None,
            second_name: String::new(),
        }])
    }
}

/// Hands the child over to somebody who is not on its list. The manager says why and who else saw it.
#[derive(Deserialize, JsonSchema)]
pub struct HandOver {
    /// To whom, and what they are to the child.
    #[schemars(length(min = 1, max = 120))]
    taken_by: String,
    /// When.
    #[schemars(length(max = 5))]
    left: String,
    /// Who saw it besides the manager, where that is somebody with an account.
    #[serde(default)]
    second: Option<AccountId>,
    /// Who saw it besides the manager, in words.
    #[serde(default)]
    #[schemars(length(max = 80))]
    second_name: String,
}

impl Command for HandOver {
    type Record = Care;
    const VERB: &'static str = "care.hand_over";

    fn links(&self) -> Vec<Link> {
        self.second.map(|id| Link::to("account", id)).into_iter().collect()
    }

    fn decide(self, state: &Care, situation: &Situation<'_>) -> Result<Vec<CareEvent>, Refusal> {
        here(state)?;
        check_time("left", &self.left)?;
        let (taken_by, second_name) = (self.taken_by.trim(), self.second_name.trim());
        text("taken_by", taken_by, 120)?;
        text("second_name", second_name, 80)?;
        if taken_by.is_empty() {
            return Err(Refusal::new(&faults::TAKEN_BY).at("taken_by"));
        }
        let own = self.second == Some(situation.actor.account);
        if own || self.second.is_some() != second_name.is_empty() {
            return Err(Refusal::new(&faults::SECOND).at("second"));
        }
        Ok(vec![CareEvent::Handed {
            left: Some(self.left),
            permission: None,
            taken_by: taken_by.to_owned(),
            why: situation.reason.unwrap_or_default().trim().to_owned(),
            second: self.second,
            second_name: second_name.to_owned(),
        }])
    }
}

/// The child is still here: the wrong one was tapped.
#[derive(Deserialize, JsonSchema)]
pub struct Recall {}

impl Command for Recall {
    type Record = Care;
    const VERB: &'static str = "care.recall";

    fn decide(self, state: &Care, _: &Situation<'_>) -> Result<Vec<CareEvent>, Refusal> {
        if state.left.is_none() {
            return Err(Refusal::new(&faults::STILL_HERE));
        }
        Ok(vec![CareEvent::Handed {
            left: None,
            permission: None,
            taken_by: String::new(),
            why: String::new(),
            second: None,
            second_name: String::new(),
        }])
    }
}
