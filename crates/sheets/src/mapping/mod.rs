//! Which column is which field.

pub mod dictionary;
