//! Matching tables whose columns nobody described.

mod blocking;
mod dates;
mod fields;
mod matcher;
mod read;
mod report;
mod roles;
mod value;

pub(crate) use fields::hash;
pub use matcher::{Options, match_tables};
pub use read::{Table, TableFault};
pub use report::{Agreement, Decision, FieldReason, MatchPair, MatchReport, cli_json};
pub use roles::Role;
