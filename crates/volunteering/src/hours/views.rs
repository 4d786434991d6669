//! Hours as pages show them.

use kernel::page::Named;
use kernel::{Held, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::Hours;

/// Hours on a list.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HoursCard {
    /// The record.
    pub id: Id,
    /// Somebody with an account.
    pub account: Option<Named>,
    /// Somebody of the register.
    pub person: Option<Named>,
    /// How long, in minutes.
    pub minutes: u32,
    /// The day.
    pub day: String,
    /// For what, in words.
    pub purpose: String,
    /// At which encounter.
    pub encounter: Option<Id>,
    /// For which activity.
    pub activity: Option<Id>,
    /// For edits.
    pub version: i64,
}

impl HoursCard {
    pub(super) fn of(held: &Held) -> Self {
        let hours: Hours = journal::state(held);
        Self {
            id: held.meta.id,
            account: hours.account.map(Named::unnamed),
            person: hours.person.map(Named::unnamed),
            minutes: hours.minutes,
            day: hours.day.to_string(),
            purpose: hours.purpose,
            encounter: hours.encounter.map(|id| id.0),
            activity: hours.activity.map(|id| id.0),
            version: held.meta.version,
        }
    }
}

/// What somebody gave in a span of days.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HoursSum {
    /// Who: an account or a person.
    pub who: Named,
    /// Whether it is an account.
    pub account: bool,
    /// How long altogether, in minutes.
    pub minutes: u64,
    /// On how many occasions.
    pub times: u64,
}
