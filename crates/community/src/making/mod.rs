//! Making the sessions of an activity's rules: new ones are made, later ones follow a changed rule, those that no longer
//! fall on a day of it are withdrawn, or cancelled where somebody signed up.
//!
//! It goes through the same door as everything: commands whose records' ids follow from activity and day, so that making
//! twice makes nothing twice.

pub mod queries;
mod steps;

pub use steps::{Existing, Step, Wanted, steps};
