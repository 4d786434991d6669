//! Imports: a workbook becomes a batch of commands that can be undone whole.
//!
//! [`sheets`] reads and cleans; [`preview`] keeps what came out with proposed duplicates and decisions; [`plan`] turns
//! it into bundles of commands; [`Imports`] runs all this in the background. What an import did stands in lines
//! ([`line::Line`]), one for each bundle, in the same transaction as the bundle itself.

pub mod batch;
pub mod compare;
mod decide;
pub mod dry;
pub mod faults;
pub mod fillings;
pub mod happenings;
mod jobs;
pub mod line;
pub mod plan;
pub mod preview;
mod queries;
pub mod remembered;
pub mod template;
mod undo;

use kernel::{Column, CommandDef, Manifest, Migration, RecordDef, Roles, TableDef};

pub use batch::Batch;
pub use jobs::{ImportError, Imports, Progress};
pub use line::Line;
pub use preview::{Choice, Preview, Rule, State};
pub use remembered::Remembered;
pub use template::{Filling, Pointing, Template};

const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "700_intake",
        sqlite: include_str!("../migrations/sqlite/700_intake.sql"),
        postgres: include_str!("../migrations/postgres/700_intake.sql"),
    },
    Migration {
        name: "701_templates",
        sqlite: include_str!("../migrations/sqlite/701_templates.sql"),
        postgres: include_str!("../migrations/postgres/701_templates.sql"),
    },
];

/// Imports in hand, sealed: they hold personal data that is not on the register yet.
pub static IMPORT_PREVIEW: TableDef = TableDef::operational(
    "import_preview",
    &[
        ("site", Column::Text),
        ("id", Column::Text),
        ("at", Column::Int),
        ("state", Column::Text),
        ("sealed", Column::Blob),
    ],
    2,
);

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "intake",
        records: vec![
            RecordDef::of::<Batch>(),
            RecordDef::of::<Line>(),
            RecordDef::of::<Remembered>(),
            RecordDef::of::<Template>(),
            RecordDef::of::<Filling>(),
        ],
        commands: vec![
            CommandDef::create::<Batch>("batch.apply").by(Roles::STAFF),
            CommandDef::own::<batch::Undo>().by(Roles::STAFF).with_reason(),
            CommandDef::create::<Line>("import_line.note").by(Roles::STAFF),
            CommandDef::retract::<Line>("import_line.retract").by(Roles::STAFF),
            CommandDef::create::<Remembered>("mapping.remember").by(Roles::STAFF),
            CommandDef::amend::<Remembered>("mapping.amend").by(Roles::STAFF),
            CommandDef::create::<Template>("template.keep").by(Roles::STAFF),
            CommandDef::amend::<Template>("template.amend").by(Roles::STAFF),
            CommandDef::retract::<Template>("template.retract").by(Roles::STAFF),
            CommandDef::create::<Filling>("filling.note").by(Roles::STAFF),
        ],
        statements: queries::STATEMENTS.to_vec(),
        tables: vec![&IMPORT_PREVIEW],
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}
