//! A stay: where somebody is registered, lives, works or studies, and for how long.

pub mod back;
pub mod queries;
mod state;

pub use state::{Home, STAY_ROW, Stay, StayKind};
