//! What is done to an activity besides making and changing it.

use jiff::civil::Date;
use kernel::{Command, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Activity, ActivityEvent, MOST_PLANS, Plan};
use crate::faults;

/// Gives an activity another rule, from a day on or altogether; without a plan it is held no more from that day on.
#[derive(Deserialize, JsonSchema)]
pub struct Arrange {
    /// The rule with its time of day.
    #[serde(default)]
    plan: Option<Plan>,
    /// The first day for which it holds; what was before stays. All of it, where nothing is said.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    from: Option<Date>,
}

impl Command for Arrange {
    type Record = Activity;
    const VERB: &'static str = "activity.arrange";

    fn decide(self, state: &Activity, situation: &Situation<'_>) -> Result<Vec<ActivityEvent>, Refusal> {
        let mut plans: Vec<Plan> = match self.from {
            None => Vec::new(),
            Some(from) => state.plans.iter().filter_map(|plan| before(plan, from)).collect(),
        };
        if let Some(mut plan) = self.plan {
            plan.rule.from = self.from.map_or(plan.rule.from, |from| plan.rule.from.max(from));
            plan.check()?;
            plans.push(plan);
        }
        if plans.len() > MOST_PLANS {
            return Err(Refusal::new(&faults::TOO_MANY_PLANS).with("limit", MOST_PLANS).at("plans"));
        }
        Ok(vec![ActivityEvent::Arranged { plans, arranged: Some(situation.now) }])
    }
}

/// What is left of a plan before a day.
fn before(plan: &Plan, day: Date) -> Option<Plan> {
    plan.rule.ending_before(day).map(|rule| Plan { rule, ..plan.clone() })
}
