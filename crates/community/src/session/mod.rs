//! A session: one time that an activity is held.

pub mod queries;
mod state;
pub mod views;

pub use state::{SESSION_ROW, Session};
