//! Going to people and hearing them: encounters (visits, calls, talks) and the needs that were heard.
//!
//! What is noted at an encounter is sealed: its author and the site's manager read it. A need is one thing that
//! somebody lacks, by a code and in their own words; it waits until it is asked for or dismissed.

pub mod encounter;
pub mod faults;
pub mod need;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use encounter::Encounter;
pub use need::Need;

const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "310_outreach",
        sqlite: include_str!("../migrations/sqlite/310_outreach.sql"),
        postgres: include_str!("../migrations/postgres/310_outreach.sql"),
    },
    Migration {
        name: "312_outcome",
        sqlite: include_str!("../migrations/sqlite/312_outcome.sql"),
        postgres: include_str!("../migrations/postgres/312_outcome.sql"),
    },
];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "outreach",
        records: vec![RecordDef::of::<Encounter>(), RecordDef::of::<Need>()],
        commands: vec![
            CommandDef::create::<Encounter>("encounter.record").by(Roles::HELPERS).works_offline(),
            CommandDef::amend::<Encounter>("encounter.amend").by(Roles::HELPERS).works_offline(),
            CommandDef::settle::<Encounter>("encounter.settle").by(Roles::HELPERS),
            CommandDef::retract::<Encounter>("encounter.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Encounter>("encounter.restore").by(Roles::STAFF),
            CommandDef::erase::<Encounter>("encounter.erase").by(Roles::MANAGER).with_reason(),
            CommandDef::create::<Need>("need.hear").by(Roles::HELPERS).works_offline(),
            CommandDef::amend::<Need>("need.amend").by(Roles::HELPERS).works_offline(),
            CommandDef::settle::<Need>("need.settle").by(Roles::HELPERS),
            CommandDef::own::<need::Ask>().by(Roles::HELPERS).works_offline(),
            CommandDef::own::<need::Dismiss>().by(Roles::STAFF).works_offline(),
            CommandDef::own::<need::Reopen>().by(Roles::STAFF).works_offline(),
            CommandDef::retract::<Need>("need.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Need>("need.restore").by(Roles::STAFF),
        ],
        statements: [encounter::queries::STATEMENTS, need::queries::STATEMENTS].concat(),
        tables: Vec::new(),
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}
