//! An account: somebody who logs in, and as what.

mod commands;
pub mod queries;
mod state;
pub mod views;

pub use commands::{Prefer, Reinstate, Retire, SetPassword, SetTotp};
pub use state::{ACCOUNT_ROW, Account, AccountEvent, Language, login_key};

/// Fields that leave the server to nobody, whatever their reader's role: hashes and secrets.
pub const NEVER_SHOWN: &[&str] = &["password", "totp"];
