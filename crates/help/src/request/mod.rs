//! A request: something that somebody of the centre was asked to see to.

mod commands;
pub mod queries;
mod reactions;
mod state;
pub mod views;

pub use commands::{Drop, Finish, FollowUp, Reopen};
pub use reactions::reactions;
pub use state::{REQUEST_ROW, Request, RequestEvent, Status};
