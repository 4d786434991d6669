//! Going to people and hearing them: encounters (visits, calls, talks) and the needs that were heard.
//!
//! What is noted at an encounter is sealed: its author and the site's manager read it, and those to whom the author opens
//! it. A need is one thing that somebody lacks, by a code or a tag of the site and in their own words; it waits until
//! it is asked for or dismissed.

pub mod board;
pub mod encounter;
pub mod faults;
pub mod incident;
pub mod leaflet;
pub mod need;
pub mod need_tag;
pub mod soft;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use board::BoardEntry;
pub use encounter::Encounter;
pub use incident::Incident;
pub use leaflet::LeafletRun;
pub use need::Need;
pub use need_tag::NeedTag;
pub use soft::SoftChange;

const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "310_outreach",
        sqlite: include_str!("../migrations/sqlite/310_outreach.sql"),
        postgres: include_str!("../migrations/postgres/310_outreach.sql"),
    },
    Migration {
        name: "311_team",
        sqlite: include_str!("../migrations/sqlite/311_team.sql"),
        postgres: include_str!("../migrations/postgres/311_team.sql"),
    },
    Migration {
        name: "312_board",
        sqlite: include_str!("../migrations/sqlite/312_board.sql"),
        postgres: include_str!("../migrations/postgres/312_board.sql"),
    },
    Migration {
        name: "313_outcome",
        sqlite: include_str!("../migrations/sqlite/313_outcome.sql"),
        postgres: include_str!("../migrations/postgres/313_outcome.sql"),
    },
];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "outreach",
        records: vec![
            RecordDef::of::<Encounter>(),
            RecordDef::of::<Need>(),
            RecordDef::of::<NeedTag>(),
            RecordDef::of::<Incident>(),
            RecordDef::of::<LeafletRun>(),
            RecordDef::of::<SoftChange>(),
            RecordDef::of::<BoardEntry>(),
        ],
        commands: [encounters(), needs(), others()].concat(),
        statements: [
            encounter::queries::STATEMENTS,
            need::queries::STATEMENTS,
            need_tag::queries::STATEMENTS,
            incident::queries::STATEMENTS,
            leaflet::queries::STATEMENTS,
            soft::queries::STATEMENTS,
            board::queries::STATEMENTS,
        ]
        .concat(),
        tables: Vec::new(),
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}

fn encounters() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<Encounter>("encounter.record").by(Roles::HELPERS).works_offline(),
        CommandDef::amend::<Encounter>("encounter.amend").by(Roles::HELPERS).works_offline(),
        CommandDef::settle::<Encounter>("encounter.settle").by(Roles::HELPERS),
        CommandDef::own::<encounter::SetLock>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<encounter::Followed>().by(Roles::HELPERS).works_offline(),
        CommandDef::retract::<Encounter>("encounter.retract").by(Roles::STAFF).with_reason(),
        CommandDef::restore::<Encounter>("encounter.restore").by(Roles::STAFF),
        CommandDef::erase::<Encounter>("encounter.erase").by(Roles::MANAGER).with_reason(),
    ]
}

fn needs() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<Need>("need.hear").by(Roles::HELPERS).works_offline(),
        CommandDef::amend::<Need>("need.amend").by(Roles::HELPERS).works_offline(),
        CommandDef::settle::<Need>("need.settle").by(Roles::HELPERS),
        CommandDef::own::<need::Ask>().by(Roles::HELPERS).works_offline(),
        CommandDef::own::<need::Dismiss>().by(Roles::STAFF).works_offline(),
        CommandDef::own::<need::Reopen>().by(Roles::STAFF).works_offline(),
        CommandDef::retract::<Need>("need.retract").by(Roles::STAFF).with_reason(),
        CommandDef::restore::<Need>("need.restore").by(Roles::STAFF),
        CommandDef::create::<NeedTag>("need_tag.create").by(Roles::STAFF),
        CommandDef::amend::<NeedTag>("need_tag.amend").by(Roles::STAFF),
        CommandDef::settle::<NeedTag>("need_tag.settle").by(Roles::STAFF),
    ]
}

fn others() -> Vec<CommandDef> {
    vec![
        CommandDef::create::<Incident>("incident.record").by(Roles::HELPERS).works_offline(),
        CommandDef::amend::<Incident>("incident.amend").by(Roles::STAFF).works_offline(),
        CommandDef::settle::<Incident>("incident.settle").by(Roles::STAFF),
        CommandDef::retract::<Incident>("incident.retract").by(Roles::STAFF).with_reason(),
        CommandDef::restore::<Incident>("incident.restore").by(Roles::STAFF),
        CommandDef::create::<LeafletRun>("leaflet_run.record").by(Roles::HELPERS).works_offline(),
        CommandDef::amend::<LeafletRun>("leaflet_run.amend").by(Roles::HELPERS).works_offline(),
        CommandDef::settle::<LeafletRun>("leaflet_run.settle").by(Roles::HELPERS),
        CommandDef::retract::<LeafletRun>("leaflet_run.retract").by(Roles::STAFF).with_reason(),
        CommandDef::restore::<LeafletRun>("leaflet_run.restore").by(Roles::STAFF),
        CommandDef::create::<SoftChange>("soft_change.note").by(Roles::HELPERS).works_offline(),
        CommandDef::amend::<SoftChange>("soft_change.amend").by(Roles::HELPERS).works_offline(),
        CommandDef::settle::<SoftChange>("soft_change.settle").by(Roles::HELPERS),
        CommandDef::retract::<SoftChange>("soft_change.retract").by(Roles::STAFF).with_reason(),
        CommandDef::create::<BoardEntry>("board_entry.add").by(Roles::STAFF).works_offline(),
        CommandDef::amend::<BoardEntry>("board_entry.amend").by(Roles::STAFF).works_offline(),
        CommandDef::settle::<BoardEntry>("board_entry.settle").by(Roles::STAFF),
        CommandDef::retract::<BoardEntry>("board_entry.retract").by(Roles::STAFF).with_reason(),
        CommandDef::restore::<BoardEntry>("board_entry.restore").by(Roles::STAFF),
    ]
}
