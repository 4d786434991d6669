//! Sessions as pages show them.

use kernel::Id;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Status, When};
use crate::signup::views::Expected;

/// A session on a list and at the head of its roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SessionCard {
    /// The session.
    pub id: Id,
    /// Its activity.
    pub activity: Id,
    /// What the activity is called.
    pub activity_title: String,
    /// The code of the activity's kind.
    pub activity_kind: String,
    /// The day.
    pub day: String,
    /// When it starts.
    pub start: Option<String>,
    /// When it ends.
    pub end: Option<String>,
    /// A title of its own.
    pub title: String,
    /// Where it is held: its own place, or the activity's.
    pub place_text: String,
    /// How many people fit: its own number, or the activity's.
    pub capacity: Option<u32>,
    /// Whether it is held.
    pub status: Status,
    /// Why it is not.
    pub why: String,
    /// When it was to be held before it was moved.
    pub moved_from: Option<When>,
    /// The day of the activity's rule for which it was made.
    pub slot: Option<String>,
    /// How often it was moved, cancelled or taken up again.
    pub changes: u32,
    /// Who signed up.
    pub expected: Expected,
    /// For edits.
    pub version: i64,
}
