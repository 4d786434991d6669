//! Time that people gave: hours of volunteers, with or without an account, and for what.
//!
//! Hours are minutes on a day. They are noted by whoever was there, at a visit or an activity or by themselves, and are
//! added up per person; they are never people.

pub mod faults;
pub mod hours;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use hours::Hours;

const MIGRATIONS: &[Migration] = &[Migration {
    name: "350_volunteering",
    sqlite: include_str!("../migrations/sqlite/350_volunteering.sql"),
    postgres: include_str!("../migrations/postgres/350_volunteering.sql"),
}];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "volunteering",
        records: vec![RecordDef::of::<Hours>()],
        commands: vec![
            CommandDef::create::<Hours>("hours.log").by(Roles::HELPERS).works_offline(),
            CommandDef::amend::<Hours>("hours.amend").by(Roles::HELPERS).works_offline(),
            CommandDef::settle::<Hours>("hours.settle").by(Roles::HELPERS),
            CommandDef::retract::<Hours>("hours.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Hours>("hours.restore").by(Roles::STAFF),
        ],
        statements: hours::queries::STATEMENTS.to_vec(),
        tables: Vec::new(),
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}
