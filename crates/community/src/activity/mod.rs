//! An activity: something that is held once or many times.

mod commands;
pub mod queries;
mod state;
pub mod views;

pub use commands::Arrange;
pub use state::{ACTIVITY_ROW, Activity, ActivityEvent, Plan};
pub(crate) use state::{check_capacity, check_ratio};
