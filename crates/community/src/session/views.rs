//! Sessions as pages show them.

use kernel::Id;
use schemars::JsonSchema;
use serde::Serialize;

/// A session on a list and at the head of its roll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SessionCard {
    /// The session.
    pub id: Id,
    /// Its activity.
    pub activity: Id,
    /// What the activity is called.
    pub activity_title: String,
    /// The day.
    pub day: String,
    /// When it starts.
    pub start: Option<String>,
    /// When it ends.
    pub end: Option<String>,
    /// A title of its own.
    pub title: String,
    /// For edits.
    pub version: i64,
}
