//! Circles: groups that run themselves, with notes that only those read who were members when a note was written.
//!
//! The staff know that a circle exists, who its members are, and how many came to a meeting. They do not read its notes,
//! the manager no more than others, unless a member shares one; then they read who shared it and when
//! (`docs/decisions/0013-notes-of-circles.md`).

mod commands;
mod note;
pub mod queries;
mod state;
pub mod views;

pub use commands::{Leave, Welcome};
pub use note::{CIRCLE_NOTE_ROW, CircleNote, NoteEvent, Share, Unshare};
pub use state::{CIRCLE_ROW, Circle, CircleEvent, circle_id};
