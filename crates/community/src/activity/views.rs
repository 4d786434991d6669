//! Activities as pages show them.

use kernel::Id;
use schemars::JsonSchema;
use serde::Serialize;

use super::Kind;

/// An activity on a list and at the head of its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ActivityCard {
    /// The activity.
    pub id: Id,
    /// What it is called.
    pub title: String,
    /// What sort it is.
    pub kind: Kind,
    /// Where it is held.
    pub place_text: String,
    /// The accounts in charge.
    pub staff: Vec<Id>,
    /// How many sessions it has.
    pub sessions: u64,
    /// The day of the latest session.
    pub last_day: Option<String>,
    /// For edits.
    pub version: i64,
}
