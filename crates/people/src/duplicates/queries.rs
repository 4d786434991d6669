//! Candidates from the register.

/// Statements here.
pub static STATEMENTS: &[&kernel::Sql] = &[];
