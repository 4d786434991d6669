//! Coming sessions as the public page and the calendar feed show them.

use jiff::Timestamp;
use jiff::civil::Date;
use kernel::Id;

/// A coming session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicSession {
    /// The session.
    pub id: Id,
    /// What it is called: the activity, and the session where it has a title of its own.
    pub title: String,
    /// The code of its kind.
    pub kind: String,
    /// What it is about.
    pub words: String,
    /// Where it is held.
    pub place_text: String,
    /// The day.
    pub day: Date,
    /// When it starts.
    pub start: Option<String>,
    /// When it ends.
    pub end: Option<String>,
    /// It is not held.
    pub cancelled: bool,
    /// Why it is not.
    pub why: String,
    /// It was moved from another time.
    pub moved: bool,
    /// How often it changed.
    pub changes: u32,
    /// When it last changed.
    pub changed: Timestamp,
}
