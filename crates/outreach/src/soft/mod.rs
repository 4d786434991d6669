//! A soft change: on which step of a ladder somebody, or a group, stands: how open, how much at home.
//!
//! A person's step is its author's and the manager's. Others get groups of five or more, and nobody in them.

pub mod queries;
mod state;
pub mod views;

pub use state::{Dimension, SOFT_ROW, STEPS, SoftChange};
