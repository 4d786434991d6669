//! The network around a site: organisations of five groups, their posts and contacts, the services that they offer, and
//! when somebody last made sure that all of this is still true.

pub mod faults;
pub mod organisation;
pub mod service;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use organisation::Organisation;
pub use service::Service;

const MIGRATIONS: &[Migration] = &[Migration {
    name: "330_network",
    sqlite: include_str!("../migrations/sqlite/330_network.sql"),
    postgres: include_str!("../migrations/postgres/330_network.sql"),
}];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "network",
        records: vec![RecordDef::of::<Organisation>(), RecordDef::of::<Service>()],
        commands: vec![
            CommandDef::create::<Organisation>("organisation.add").by(Roles::STAFF).works_offline(),
            CommandDef::amend::<Organisation>("organisation.amend").by(Roles::STAFF).works_offline(),
            CommandDef::settle::<Organisation>("organisation.settle").by(Roles::STAFF),
            CommandDef::own::<organisation::Verify>().by(Roles::STAFF).works_offline(),
            CommandDef::retract::<Organisation>("organisation.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Organisation>("organisation.restore").by(Roles::STAFF).with_reason(),
            CommandDef::create::<Service>("service.add").by(Roles::STAFF).works_offline(),
            CommandDef::amend::<Service>("service.amend").by(Roles::STAFF).works_offline(),
            CommandDef::settle::<Service>("service.settle").by(Roles::STAFF),
            CommandDef::own::<service::CountPlaces>().by(Roles::STAFF).works_offline(),
            CommandDef::retract::<Service>("service.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Service>("service.restore").by(Roles::STAFF).with_reason(),
        ],
        statements: organisation::queries::STATEMENTS.to_vec(),
        tables: Vec::new(),
        rollups: kernel::Rollups::NONE,
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}
