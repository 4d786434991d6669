//! Sign-ups as pages show them.

use journal::Seen;
use kernel::Id;
use kernel::page::Named;
use schemars::JsonSchema;
use serde::Serialize;

use super::SignUp;
use super::line::{Heads, Seat};

/// Where a sign-up stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It has a place.
    In,
    /// It waits.
    Waiting,
    /// They are here.
    Came,
    /// They do not come.
    Cancelled,
}

/// A sign-up on the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[allow(clippy::struct_excessive_bools, reason = "each is told apart on the list")]
pub struct SignUpView {
    /// The sign-up.
    pub id: Id,
    /// The person.
    pub person: Option<Named>,
    /// The nickname.
    pub nickname: Option<String>,
    /// How to reach them; null where the reader may not read it.
    pub phone: Option<String>,
    /// Adults.
    pub adults: u32,
    /// Children.
    pub children: u32,
    /// What to think of.
    pub words: String,
    /// Where it stands.
    pub standing: Standing,
    /// Its place among those who wait.
    pub line: Option<u32>,
    /// Let in though it was full.
    pub admitted: bool,
    /// They do not know yet that the session was moved, cancelled or taken up again.
    pub to_tell: bool,
    /// For edits.
    pub version: i64,
}

impl SignUpView {
    pub(super) fn of(seen: Seen<SignUp>, seat: Seat, changes: u32, contact: bool) -> Self {
        let Seen { meta, state } = seen;
        let standing = match seat {
            Seat::Cancelled => Standing::Cancelled,
            Seat::In if state.came => Standing::Came,
            Seat::In => Standing::In,
            Seat::Waiting(_) => Standing::Waiting,
        };
        Self {
            id: meta.id,
            person: state.person.map(Named::unnamed),
            to_tell: !state.cancelled && state.told < changes,
            nickname: state.nickname,
            phone: state.phone.filter(|_| contact),
            adults: state.adults,
            children: state.children,
            words: state.words,
            standing,
            line: if let Seat::Waiting(line) = seat { Some(line) } else { None },
            admitted: state.admitted,
            version: meta.version,
        }
    }
}

/// What a session's sign-ups add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Expected {
    /// People with a place.
    pub seated: u32,
    /// People who wait.
    pub waiting: u32,
    /// Sign-ups that are to be told of a change.
    pub to_tell: u32,
}

impl From<Heads> for Expected {
    fn from(heads: Heads) -> Self {
        Self { seated: heads.seated, waiting: heads.waiting, to_tell: 0 }
    }
}
