//! Who works here, as what, and with whom: sites, accounts, assignments; logging in, and the log of who read a child's record.
//!
//! A login is typed once per installation: it finds the site by itself. Passwords are kept as argon2id hashes, second
//! factors as TOTP secrets, both under the account's own data key. Sessions, the throttle and the access log are the
//! node's housekeeping and no part of the journal.

pub mod account;
pub mod assignment;
pub mod faults;
pub mod log;
pub mod login;
pub mod setup;
pub mod site;

use kernel::{CommandDef, Manifest, Migration, RecordDef, Role, Roles};

pub use account::{Account, Language};
pub use assignment::Assignment;
pub use site::Site;

const MIGRATIONS: &[Migration] = &[Migration {
    name: "100_access",
    sqlite: include_str!("../migrations/sqlite/100_access.sql"),
    postgres: include_str!("../migrations/postgres/100_access.sql"),
}];

/// Managers, and the operator of the node.
const KEEPERS: Roles = Roles::of(&[Role::Manager, Role::Operator]);

/// What this context brings.
pub fn manifest() -> Manifest {
    Manifest {
        context: "access",
        records: vec![RecordDef::of::<Site>(), RecordDef::of::<Account>(), RecordDef::of::<Assignment>()],
        commands: vec![
            CommandDef::create::<Site>("site.create").by(Roles::of(&[Role::Operator])),
            CommandDef::amend::<Site>("site.amend").by(Roles::MANAGER),
            CommandDef::settle::<Site>("site.settle").by(Roles::MANAGER),
            CommandDef::create::<Account>("account.create").by(KEEPERS),
            CommandDef::amend::<Account>("account.amend").by(KEEPERS),
            CommandDef::settle::<Account>("account.settle").by(KEEPERS),
            CommandDef::own::<account::Retire>().by(KEEPERS),
            CommandDef::own::<account::Reinstate>().by(KEEPERS),
            CommandDef::own::<account::SetPassword>().by(Roles::ANYBODY),
            CommandDef::own::<account::SetTotp>().by(Roles::ANYBODY),
            CommandDef::own::<account::Prefer>().by(Roles::ANYBODY),
            CommandDef::create::<Assignment>("assignment.give").by(Roles::STAFF),
            CommandDef::retract::<Assignment>("assignment.take").by(Roles::STAFF),
            CommandDef::restore::<Assignment>("assignment.restore").by(Roles::STAFF),
        ],
        statements: [account::queries::STATEMENTS, login::queries::STATEMENTS, log::STATEMENTS].concat(),
        tables: vec![
            &login::session::LOGIN_SESSION,
            &login::throttle::LOGIN_THROTTLE,
            &login::totp::TOTP_USED,
            &log::ACCESS_LOG,
        ],
        rollups: kernel::Rollups::NONE,
        migrations: MIGRATIONS,
        problems: faults::PROBLEMS,
    }
}
