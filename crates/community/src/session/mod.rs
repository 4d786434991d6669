//! A session: one time that an activity is held.

mod commands;
pub mod queries;
mod state;
pub mod views;

pub use commands::{Cancel, Close, Move, Reopen, Revive};
pub use state::{SESSION_ROW, Session, SessionEvent, Status, When};
