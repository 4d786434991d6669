//! A sign-up: somebody means to come to a session, alone or with others.
//!
//! Who has a place is nowhere stored: it follows from the order in which sign-ups came into the journal, from how many
//! people each brings, and from how many fit ([`line`]). So nobody has to be moved up when somebody cancels, and two
//! phones that sign people up at once, or a day later without a connection, come to the same list.

mod commands;
pub mod line;
pub mod queries;
mod state;
pub mod views;

pub use commands::{Admit, Cancel, Come, Lessen, Renew, Stay, Tell};
pub use state::{SIGNUP_ROW, SignUp, SignUpEvent, signup_id};
