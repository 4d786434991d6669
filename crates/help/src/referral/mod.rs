//! A referral: somebody is recommended to a partner organisation, which is told what a consent allows, and answers.
//!
//! What the partner is told is fixed when the referral is sent ([`Told`]), so that it can always be shown what left the
//! house. The partner needs no account: it holds a link and a code ([`Link`]), or answers on a printed slip.

mod commands;
mod link;
pub mod queries;
mod state;
pub mod views;

pub use commands::{Cancel, FollowUp, GiveUp, OpenLink, Reopen, TakeAnswer};
pub use link::{Link, Secret, slip};
pub use state::{Answered, REFERRAL_ROW, Referral, ReferralEvent, Reply, Status, Told, Via};
