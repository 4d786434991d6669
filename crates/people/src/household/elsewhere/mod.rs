//! Households, and people without one, who live here and are from elsewhere: whom one asks before a festival.

mod queries;

pub use queries::{STATEMENTS, households, single};
