//! Hours: time that somebody gave on a day.

pub mod queries;
mod state;
pub mod views;

pub use state::{HOURS_ROW, Hours};
