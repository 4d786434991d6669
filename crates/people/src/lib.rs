//! Persons, households, stays, ties and consents; names, duplicates and the search for them.
//!
//! A person is whoever the organisation knows: a nickname is enough, no identity number is needed. Duplicates are marked,
//! never moved: whoever reads follows the mark ([`person::MergeInto`]), so that a merge can be taken back.

pub mod consent;
pub mod distinct;
pub mod duplicates;
pub mod faults;
pub mod household;
pub mod person;
pub mod place;
mod sql;
pub mod stated;
pub mod stay;
pub mod tie;
pub mod views;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use consent::Consent;
pub use distinct::Distinct;
pub use household::Household;
pub use person::Person;
pub use place::Place;
pub use stay::Stay;
pub use tie::Tie;

const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "200_people",
        sqlite: include_str!("../migrations/sqlite/200_people.sql"),
        postgres: include_str!("../migrations/postgres/200_people.sql"),
    },
    Migration {
        name: "210_consent",
        sqlite: include_str!("../migrations/sqlite/210_consent.sql"),
        postgres: include_str!("../migrations/postgres/210_consent.sql"),
    },
    Migration {
        name: "211_rounds",
        sqlite: include_str!("../migrations/sqlite/211_rounds.sql"),
        postgres: include_str!("../migrations/postgres/211_rounds.sql"),
    },
];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "people",
        records: vec![
            RecordDef::of::<Person>(),
            RecordDef::of::<Household>(),
            RecordDef::of::<Stay>(),
            RecordDef::of::<Tie>(),
            RecordDef::of::<Place>(),
            RecordDef::of::<Distinct>(),
            RecordDef::of::<Consent>(),
        ],
        commands: vec![
            CommandDef::create::<Person>("person.create").by(Roles::HELPERS).works_offline(),
            CommandDef::amend::<Person>("person.amend").by(Roles::HELPERS).works_offline(),
            CommandDef::settle::<Person>("person.settle").by(Roles::HELPERS),
            CommandDef::retract::<Person>("person.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Person>("person.restore").by(Roles::STAFF).with_reason(),
            CommandDef::own::<person::MergeInto>().by(Roles::STAFF),
            CommandDef::own::<person::Unmerge>().by(Roles::STAFF),
            CommandDef::erase::<Person>("person.erase").by(Roles::MANAGER).with_reason(),
            CommandDef::create::<Household>("household.create").by(Roles::HELPERS).works_offline(),
            CommandDef::amend::<Household>("household.amend").by(Roles::HELPERS).works_offline(),
            CommandDef::settle::<Household>("household.settle").by(Roles::HELPERS),
            CommandDef::retract::<Household>("household.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Household>("household.restore").by(Roles::STAFF).with_reason(),
            CommandDef::create::<Stay>("stay.create").by(Roles::HELPERS).works_offline(),
            CommandDef::amend::<Stay>("stay.amend").by(Roles::HELPERS).works_offline(),
            CommandDef::settle::<Stay>("stay.settle").by(Roles::HELPERS),
            CommandDef::retract::<Stay>("stay.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Stay>("stay.restore").by(Roles::STAFF).with_reason(),
            CommandDef::create::<Tie>("tie.create").by(Roles::HELPERS).works_offline(),
            CommandDef::amend::<Tie>("tie.amend").by(Roles::HELPERS).works_offline(),
            CommandDef::settle::<Tie>("tie.settle").by(Roles::HELPERS),
            CommandDef::retract::<Tie>("tie.retract").by(Roles::STAFF).with_reason(),
            CommandDef::create::<Place>("place.add").by(Roles::STAFF).works_offline(),
            CommandDef::amend::<Place>("place.amend").by(Roles::STAFF),
            CommandDef::settle::<Place>("place.settle").by(Roles::STAFF),
            CommandDef::retract::<Place>("place.retract").by(Roles::STAFF).with_reason(),
            CommandDef::create::<Distinct>("distinct.state").by(Roles::STAFF),
            CommandDef::retract::<Distinct>("distinct.retract").by(Roles::STAFF),
            CommandDef::create::<Consent>("consent.record").by(Roles::HELPERS).works_offline(),
            CommandDef::own::<consent::Withdraw>().by(Roles::HELPERS).with_reason().works_offline(),
            CommandDef::retract::<Consent>("consent.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Consent>("consent.restore").by(Roles::STAFF).with_reason(),
        ],
        statements: statements(),
        tables: Vec::new(),
        rollups: kernel::Rollups::NONE,
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}

fn statements() -> Vec<&'static kernel::Sql> {
    let mut all = person::statements();
    all.extend(household::queries::STATEMENTS);
    all.extend(household::elsewhere::STATEMENTS);
    all.extend(place::queries::STATEMENTS);
    all.extend(consent::queries::STATEMENTS);
    all.extend(stay::queries::STATEMENTS);
    all.extend(stay::back::STATEMENTS);
    all.extend(tie::queries::STATEMENTS);
    all.extend(duplicates::queries::STATEMENTS);
    all
}
