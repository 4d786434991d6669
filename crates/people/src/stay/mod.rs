//! A stay: where somebody is registered, lives, works or studies, and for how long.

mod state;

pub use state::{Home, STAY_ROW, Stay, StayKind};
