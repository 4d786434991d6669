//! A work: a photo or a recording, who is on it, who may open it, whether it is published.

mod commands;
pub mod queries;
mod state;
pub mod views;

pub use commands::{File, MarkFace, Publish, Restrict, UnmarkFace, Withdraw};
pub use state::{Access, Face, FileRef, Kind, Point, WORK_FACE, WORK_ROW, Whole, Work, WorkEvent};
