//! Seeing to needs: requests, each with somebody who owns it, a day by which it is due, and an outcome; and referrals to
//! partner organisations, which are told what a consent allows and answer by a link, a slip or a call.

pub mod faults;
pub mod referral;
pub mod request;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Roles};

pub use referral::Referral;
pub use request::Request;

const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "320_help",
        sqlite: include_str!("../migrations/sqlite/320_help.sql"),
        postgres: include_str!("../migrations/postgres/320_help.sql"),
    },
    Migration {
        name: "321_follow_up",
        sqlite: include_str!("../migrations/sqlite/321_follow_up.sql"),
        postgres: include_str!("../migrations/postgres/321_follow_up.sql"),
    },
    Migration {
        name: "325_referral",
        sqlite: include_str!("../migrations/sqlite/325_referral.sql"),
        postgres: include_str!("../migrations/postgres/325_referral.sql"),
    },
    Migration {
        name: "326_request_referrals",
        sqlite: include_str!("../migrations/sqlite/326_request_referrals.sql"),
        postgres: include_str!("../migrations/postgres/326_request_referrals.sql"),
    },
];

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "help",
        records: vec![RecordDef::of::<Request>(), RecordDef::of::<Referral>()],
        commands: vec![
            CommandDef::create::<Request>("request.ask").by(Roles::HELPERS).works_offline(),
            CommandDef::amend::<Request>("request.amend").by(Roles::HELPERS).works_offline(),
            CommandDef::settle::<Request>("request.settle").by(Roles::HELPERS),
            CommandDef::own::<request::Finish>().by(Roles::HELPERS).works_offline(),
            CommandDef::own::<request::Drop>().by(Roles::STAFF).with_reason().works_offline(),
            CommandDef::own::<request::Reopen>().by(Roles::STAFF).works_offline(),
            CommandDef::own::<request::FollowUp>().by(Roles::HELPERS).works_offline(),
            CommandDef::retract::<Request>("request.retract").by(Roles::STAFF).with_reason(),
            CommandDef::restore::<Request>("request.restore").by(Roles::STAFF),
            CommandDef::create::<Referral>("referral.send").by(Roles::STAFF).works_offline(),
            CommandDef::amend::<Referral>("referral.amend").by(Roles::STAFF).works_offline(),
            CommandDef::settle::<Referral>("referral.settle").by(Roles::STAFF),
            CommandDef::own::<referral::OpenLink>().by(Roles::STAFF),
            CommandDef::own::<referral::TakeAnswer>().by(Roles::PARTNERS).works_offline(),
            CommandDef::own::<referral::GiveUp>().by(Roles::STAFF).with_reason().works_offline(),
            CommandDef::own::<referral::Cancel>().by(Roles::STAFF).with_reason().works_offline(),
            CommandDef::own::<referral::Reopen>().by(Roles::STAFF).with_reason(),
            CommandDef::own::<referral::FollowUp>().by(Roles::STAFF).works_offline(),
        ],
        statements: [request::queries::STATEMENTS, referral::queries::STATEMENTS].concat(),
        tables: Vec::new(),
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}
