//! An incident of discrimination: what happened where, never to whom.
//!
//! There is no field for who told it. Three alike at one place within a year make a pattern to speak up about.

pub mod queries;
mod state;
pub mod views;

pub use state::{INCIDENT_ROW, Incident, Kind};
