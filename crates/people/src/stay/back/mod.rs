//! Who means to be back when.

mod queries;

pub use queries::{Here, STATEMENTS, here};
