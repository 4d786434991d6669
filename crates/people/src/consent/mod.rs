//! Consent as a ledger: who allowed what to be told or done, for which purpose, to whom, and until when.
//!
//! A line is never changed. One that was written down wrongly is retracted and recorded anew, one that somebody takes
//! back is withdrawn: what was done under it while it was in force stays explained.

mod commands;
pub mod queries;
pub mod shown;
mod state;
pub mod views;

pub use commands::Withdraw;
pub use state::{CONSENT_ROW, Consent, ConsentEvent, Proof, Relation};
