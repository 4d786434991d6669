//! An organisation: who it is, how to reach it, where it works.

mod commands;
pub mod queries;
mod state;
pub mod views;

pub use commands::Verify;
pub use state::{Contact, Group, ORGANISATION_ROW, Organisation, OrganisationEvent};
