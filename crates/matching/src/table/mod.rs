//! Matching tables whose columns nobody described.

mod blocking;
mod dates;
mod fields;
mod matcher;
mod persons;
mod read;
mod register;
mod report;
mod roles;
mod value;

pub use matcher::{Options, match_tables};
pub use read::{Table, TableFault};
pub use report::{Agreement, Decision, FieldReason, MatchPair, MatchReport, cli_json};
pub use roles::Role;
