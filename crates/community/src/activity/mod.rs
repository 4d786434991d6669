//! An activity: something that is held once or many times.

pub mod queries;
mod state;
pub mod views;

pub use state::{ACTIVITY_ROW, Activity, Kind};
