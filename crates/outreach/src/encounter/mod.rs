//! An encounter: a visit, a call or a talk with one or several people.

pub mod queries;
mod state;
pub mod views;

pub use state::{ENCOUNTER_PERSON, ENCOUNTER_ROW, Encounter, Kind, Outcome};
