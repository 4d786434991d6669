//! Photos and recordings of what a community does: who is on them, who may open them, and what is published.
//!
//! A work belongs to a day, often to a session, sometimes to a circle that keeps it to its members. Every face on a photo
//! and every voice on a recording is somebody of the register, somebody who cannot be recognised, or still unknown. What
//! is published must hold at every reading: the server joins it with the ledger of consents, which is another context's.
//!
//! The journal holds a file's digest; its bytes lie sealed under the work's own key beside it ([`store`]).

pub mod faults;
pub mod file;
pub mod store;
pub mod work;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use work::Work;

const MIGRATIONS: &[Migration] = &[Migration {
    name: "360_publishing",
    sqlite: include_str!("../migrations/sqlite/360_publishing.sql"),
    postgres: include_str!("../migrations/postgres/360_publishing.sql"),
}];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "publishing",
        records: vec![RecordDef::of::<Work>()],
        commands: vec![
            CommandDef::create::<Work>("work.register").by(Roles::HELPERS),
            CommandDef::amend::<Work>("work.amend").by(Roles::HELPERS),
            CommandDef::settle::<Work>("work.settle").by(Roles::HELPERS),
            CommandDef::own::<work::File>().by(Roles::HELPERS),
            CommandDef::own::<work::MarkFace>().by(Roles::HELPERS),
            CommandDef::own::<work::UnmarkFace>().by(Roles::HELPERS),
            CommandDef::own::<work::Restrict>().by(Roles::HELPERS),
            CommandDef::own::<work::Publish>().by(Roles::HELPERS),
            CommandDef::own::<work::Withdraw>().by(Roles::HELPERS).with_reason(),
            CommandDef::retract::<Work>("work.retract").by(Roles::HELPERS).with_reason(),
            CommandDef::restore::<Work>("work.restore").by(Roles::HELPERS),
            CommandDef::erase::<Work>("work.erase").by(Roles::HELPERS).with_reason(),
        ],
        statements: [work::queries::STATEMENTS, store::queries::STATEMENTS].concat(),
        tables: vec![&store::WORK_PART],
        rollups: kernel::Rollups::NONE,
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}
