//! What people come to: activities, their sessions, and the roll of who took part.
//!
//! A roll counts four things that are never added up wrongly: a person, a household (no person is counted for it), a
//! nickname and a tally of people nobody named. Who was a nickname or one of a tally can be claimed later; no total
//! changes by that.

pub mod activity;
pub mod faults;
pub mod participation;
pub mod session;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use activity::Activity;
pub use participation::Participation;
pub use session::Session;

const MIGRATIONS: &[Migration] = &[Migration {
    name: "300_community",
    sqlite: include_str!("../migrations/sqlite/300_community.sql"),
    postgres: include_str!("../migrations/postgres/300_community.sql"),
}];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "community",
        records: vec![
            RecordDef::of::<Activity>(),
            RecordDef::of::<Session>(),
            RecordDef::of::<Participation>(),
        ],
        commands: vec![
            CommandDef::create::<Activity>("activity.create").by(Roles::STAFF).works_offline(),
            CommandDef::amend::<Activity>("activity.amend").by(Roles::STAFF).works_offline(),
            CommandDef::settle::<Activity>("activity.settle").by(Roles::STAFF),
            CommandDef::retract::<Activity>("activity.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Activity>("activity.restore").by(Roles::STAFF),
            CommandDef::create::<Session>("session.create").by(Roles::HELPERS).works_offline(),
            CommandDef::amend::<Session>("session.amend").by(Roles::HELPERS).works_offline(),
            CommandDef::settle::<Session>("session.settle").by(Roles::HELPERS),
            CommandDef::retract::<Session>("session.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Session>("session.restore").by(Roles::STAFF),
            CommandDef::create::<Participation>("participation.mark").by(Roles::HELPERS).works_offline(),
            CommandDef::retract::<Participation>("participation.unmark").by(Roles::HELPERS).works_offline(),
            CommandDef::restore::<Participation>("participation.restore").by(Roles::HELPERS).works_offline(),
            CommandDef::own::<participation::Adjust>().by(Roles::HELPERS).works_offline(),
            CommandDef::own::<participation::Claim>().by(Roles::HELPERS).works_offline(),
            CommandDef::own::<participation::Unclaim>().by(Roles::HELPERS).works_offline(),
        ],
        statements: [activity::queries::STATEMENTS, session::queries::STATEMENTS].concat(),
        tables: Vec::new(),
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}
