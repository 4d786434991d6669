//! Seeing to needs: requests, each with somebody who owns it, a day by which it is due, and an outcome.

pub mod faults;
pub mod request;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use request::Request;

const MIGRATIONS: &[Migration] = &[Migration {
    name: "320_help",
    sqlite: include_str!("../migrations/sqlite/320_help.sql"),
    postgres: include_str!("../migrations/postgres/320_help.sql"),
}];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "help",
        records: vec![RecordDef::of::<Request>()],
        commands: vec![
            CommandDef::create::<Request>("request.ask").by(Roles::HELPERS).works_offline(),
            CommandDef::amend::<Request>("request.amend").by(Roles::HELPERS).works_offline(),
            CommandDef::settle::<Request>("request.settle").by(Roles::HELPERS),
            CommandDef::own::<request::Finish>().by(Roles::HELPERS).works_offline(),
            CommandDef::own::<request::Drop>().by(Roles::STAFF).with_reason().works_offline(),
            CommandDef::own::<request::Reopen>().by(Roles::STAFF).works_offline(),
            CommandDef::retract::<Request>("request.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Request>("request.restore").by(Roles::STAFF),
        ],
        statements: request::queries::STATEMENTS.to_vec(),
        tables: Vec::new(),
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}
