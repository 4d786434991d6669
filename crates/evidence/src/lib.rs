//! Counts with their definitions: the roster's figures on a day, the participations of a month, and what a period came to.
//!
//! A figure is shown with what it is a share of, and with how many are unknown. People, participations, households
//! and sessions are different units and never added up. Reports read the index tables of people, community and
//! outreach, which are the contract between those contexts and this one.

mod block;
mod export;
pub mod faults;
pub mod month;
mod pdf;
pub mod rolled;
pub mod roster;
mod tables;
mod words;
pub mod year;

use journal::StoreError;
use kernel::{Actor, Manifest, Migration, Refusal, Role, Scope, Use};

pub use block::{Block, Cell, LEAST, Row};
pub use export::{FileKind, Printed, csv};

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// It is refused, and told why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The database is away.
    #[error(transparent)]
    Store(#[from] StoreError),
}

const MIGRATIONS: &[Migration] = &[Migration {
    name: "600_counts",
    sqlite: include_str!("../migrations/sqlite/600_counts.sql"),
    postgres: include_str!("../migrations/postgres/600_counts.sql"),
}];

/// What this context brings: statements, roll-ups and problems; it has no records of its own.
pub fn manifest() -> Manifest {
    Manifest {
        context: "evidence",
        records: Vec::new(),
        commands: Vec::new(),
        statements: [
            roster::STATEMENTS,
            month::STATEMENTS,
            tables::STATEMENTS,
            rolled::STATEMENTS,
            year::STATEMENTS,
        ]
        .concat(),
        tables: Vec::new(),
        rollups: rolled::ROLLUPS,
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}

/// Whether the actor may have totals, and whether small cells are kept from them.
fn may_count(actor: &Actor) -> Result<bool, Refusal> {
    for noun in ["person", "participation", "need"] {
        if kernel::scope(actor, noun, Use::Count) != Scope::All {
            return Err(Refusal::new(&faults::NO_TOTALS));
        }
    }
    Ok(actor.role == Role::Coordinator)
}
