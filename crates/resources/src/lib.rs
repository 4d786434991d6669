//! Things that are given out: items, each a plain counter at a place, with whom each piece went to.
//!
//! Giving lowers the counter and notes who got it, in one step, so that neither can be without the other; what was not
//! there cannot be given.

pub mod faults;
pub mod item;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use item::Item;

const MIGRATIONS: &[Migration] = &[Migration {
    name: "340_resources",
    sqlite: include_str!("../migrations/sqlite/340_resources.sql"),
    postgres: include_str!("../migrations/postgres/340_resources.sql"),
}];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "resources",
        records: vec![RecordDef::of::<Item>()],
        commands: vec![
            CommandDef::create::<Item>("item.create").by(Roles::STAFF).works_offline(),
            CommandDef::amend::<Item>("item.amend").by(Roles::STAFF).works_offline(),
            CommandDef::settle::<Item>("item.settle").by(Roles::STAFF),
            CommandDef::own::<item::Receive>().by(Roles::STAFF).works_offline(),
            CommandDef::own::<item::Give>().by(Roles::STAFF).works_offline(),
            CommandDef::own::<item::TakeBack>().by(Roles::STAFF).works_offline(),
            CommandDef::own::<item::TakeStock>().by(Roles::STAFF).with_reason(),
            CommandDef::retract::<Item>("item.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Item>("item.restore").by(Roles::STAFF),
        ],
        statements: item::queries::STATEMENTS.to_vec(),
        tables: Vec::new(),
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}
