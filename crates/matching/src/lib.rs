//! Record linkage: which records are one person.
//!
//! The [`engine`] is generic: fields with levels of agreement, Fellegi–Sunter weights learned by expectation
//! maximisation, blocking, one-to-one choice and guarded groups. [`match_tables`] applies it to CSV tables with
//! unknown columns, [`people`] compares Chinese persons wherever they are: in a register, a sheet or a table. Everything is deterministic: equal input gives equal output.

pub mod engine;
pub mod people;
mod table;

pub use engine::{Field, Levels, Model, Reason, Score, Scored};
pub use table::{
    Agreement, Decision, FieldReason, MatchPair, MatchReport, Options, Role, Table, TableFault, cli_json,
    match_tables,
};
