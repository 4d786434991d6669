//! The figures of every month, quarter, half-year and year, kept while commands come in (`docs/decisions/0010-roll-ups.md`).
//!
//! Who took part how often stands in one row for each person and year, with what is counted by beside it; what nobody
//! is known for stands in one row for each session. All other tables add those rows up.

mod gather;
mod merges;
mod parts;
mod period;
mod queries;
mod session;
mod sums;
mod tables;
mod units;

use kernel::Rollups;

pub use parts::Parts;
pub use period::{Level, codes};
pub use queries::STATEMENTS;
pub use sums::{BANDS, band};
pub use tables::{
    COUNT_ENCOUNTER, COUNT_KIND, COUNT_PEOPLE, COUNT_SESSION, HOUSEHOLD, PERSON, SESSION_PART, TAKEN_PART,
};
pub(crate) use units::facts_of;

/// What the pipeline rolls up.
pub const ROLLUPS: Rollups = Rollups { edition: 1, gathers: &[&gather::Taken], sums: &sums::SUMS };
