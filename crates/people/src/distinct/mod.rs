//! The statement that two people who look alike are two: kept, so that nobody is asked again.

mod state;

pub use state::{DISTINCT_ROW, Distinct};
