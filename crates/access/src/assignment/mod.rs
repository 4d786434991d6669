//! An assignment: it brings a record into a volunteer's reach.

mod state;

pub use state::{ASSIGNED, Assignment};
