//! A circle as its members, and the staff, see it.

use jiff::Timestamp;
use kernel::units::Participations;
use kernel::{Actor, Held, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::note::CircleNote;
use super::state::Circle;
use crate::session::views::SessionCard;

/// A circle on a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CircleCard {
    /// Its activity.
    pub activity: Id,
    /// What the activity is called.
    pub title: String,
    /// How many belong to it.
    pub members: usize,
    /// Whether the reader is one of them.
    pub member: bool,
}

/// A circle.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CircleView {
    /// The record.
    pub id: Id,
    /// The accounts that belong to it.
    pub members: Vec<Id>,
    /// Whether the reader is one of them.
    pub member: bool,
    /// For edits.
    pub version: i64,
}

impl CircleView {
    pub(super) fn of(held: &Held, actor: &Actor) -> Self {
        let circle: Circle = journal::state(held);
        Self {
            id: held.meta.id,
            member: circle.members.contains(&actor.account),
            members: circle.members.iter().map(|id| id.0).collect(),
            version: held.meta.version,
        }
    }
}

/// A note that the reader may read. Has no `Debug`.
#[derive(Clone, Serialize, JsonSchema)]
pub struct CircleNoteView {
    /// The record.
    pub id: Id,
    /// The words.
    pub words: String,
    /// Who wrote it.
    pub by: Id,
    /// When.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub at: Timestamp,
    /// Who shared it with the staff.
    pub shared_by: Option<Id>,
    /// When.
    #[schemars(with = "Option<String>", extend("format" = "date-time"))]
    pub shared_at: Option<Timestamp>,
    /// Whether the reader is one of the circle's, not of the staff alone.
    pub own: bool,
    /// For edits.
    pub version: i64,
}

impl CircleNoteView {
    pub(super) fn of(held: &Held, actor: &Actor) -> Self {
        let note: CircleNote = journal::state(held);
        Self {
            id: held.meta.id,
            own: note.readers.contains(&actor.account),
            words: note.words,
            by: held.meta.made_by.0,
            at: held.meta.created,
            shared_by: note.shared_by.map(|id| id.0),
            shared_at: note.shared_at,
            version: held.meta.version,
        }
    }
}

/// A meeting, with how many came.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Meeting {
    /// The session.
    pub session: SessionCard,
    /// How many came, named or only counted.
    pub heads: Participations,
}
