//! A need: one thing that somebody lacks.

mod commands;
pub mod queries;
mod state;
pub mod views;

pub use commands::{Ask, Dismiss, Reopen};
pub use state::{NEED_ROW, Need, NeedEvent, Status};
