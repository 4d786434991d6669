//! Requests as pages show them.

use kernel::need::Code;
use kernel::page::Named;
use kernel::{Held, Id};
use schemars::JsonSchema;
use serde::Serialize;

use super::{Request, Status};

/// A request on the board.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RequestCard {
    /// The request.
    pub id: Id,
    /// The need it comes from.
    pub need: Option<Id>,
    /// For whom.
    pub person: Option<Named>,
    /// What kind of need.
    pub code: Code,
    /// What is asked, in words.
    pub words: String,
    /// Who sees to it.
    pub owner: Named,
    /// By when.
    pub due: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// What came of it.
    pub outcome: String,
    /// When somebody should ask how it went on.
    pub follow_up: Option<String>,
    /// Whether that was done.
    pub followed: bool,
    /// Whether a partner organisation is seeing to it.
    pub referred: bool,
    /// When it was asked.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub created: jiff::Timestamp,
    /// For edits.
    pub version: i64,
}

impl RequestCard {
    pub(super) fn of(held: &Held) -> Self {
        let request: Request = journal::state(held);
        Self {
            id: held.meta.id,
            need: request.need.map(|id| id.0),
            person: request.person.map(Named::unnamed),
            code: request.code,
            words: request.words,
            owner: Named::unnamed(request.owner.unwrap_or(held.meta.made_by)),
            due: request.due.map(|due| due.to_string()),
            status: request.status,
            outcome: request.outcome,
            follow_up: request.follow_up.map(|day| day.to_string()),
            followed: request.followed,
            referred: false,
            created: held.meta.created,
            version: held.meta.version,
        }
    }
}
