//! An encounter: a visit, a call or a talk with one or several people.

mod commands;
pub mod queries;
mod state;
mod tables;
pub mod views;

pub use commands::{Followed, SetLock};
pub use state::{Encounter, EncounterEvent, Kind, Lock, Outcome};
pub use tables::{ENCOUNTER_PERSON, ENCOUNTER_ROW, ENCOUNTER_TEAM};
