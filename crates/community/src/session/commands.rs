//! What is done to a session besides making and changing it.

use jiff::civil::Date;
use kernel::faults::text;
use kernel::{Command, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Session, SessionEvent, Status, When};
use crate::faults;

/// Holds a session at another time; those who signed up are to be told.
#[derive(Deserialize, JsonSchema)]
pub struct Move {
    /// The new day and time.
    to: When,
    /// The day and time that the sender saw; a session moved meanwhile by somebody else is not moved again unseen.
    #[serde(default)]
    seen: Option<When>,
    /// The day of the activity's rule for which it stands now, where the rule itself has changed.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    slot: Option<Date>,
}

impl Command for Move {
    type Record = Session;
    const VERB: &'static str = "session.move";

    fn decide(self, state: &Session, _: &Situation<'_>) -> Result<Vec<SessionEvent>, Refusal> {
        let now = state.when();
        if self.to == now {
            return Ok(Vec::new());
        }
        self.to.check()?;
        if self.seen.is_some_and(|seen| seen != now) {
            let start = now.start.unwrap_or_default();
            let refusal = Refusal::new(&faults::MOVED).with("day", now.day).with("start", start);
            return Err(refusal.at("seen"));
        }
        if state.status == Status::Closed {
            return Err(Refusal::new(&faults::SESSION_CLOSED));
        }
        Ok(vec![SessionEvent::Moved {
            day: self.to.day,
            start: self.to.start,
            end: self.to.end,
            slot: self.slot.or(state.slot),
            moved_from: Some(state.moved_from.clone().unwrap_or(now)),
            apart: state.apart || self.slot.is_none(),
            changes: state.changes + 1,
        }])
    }
}

/// Says that a session is not held, and why.
#[derive(Deserialize, JsonSchema)]
pub struct Cancel {
    /// Why, in words for those who would have come.
    #[schemars(length(min = 1, max = 200))]
    why: String,
}

impl Command for Cancel {
    type Record = Session;
    const VERB: &'static str = "session.cancel";

    fn decide(self, state: &Session, _: &Situation<'_>) -> Result<Vec<SessionEvent>, Refusal> {
        let why = self.why.trim().to_owned();
        text("why", &why, 200)?;
        if why.is_empty() {
            return Err(Refusal::new(&faults::WHY_MISSING).at("why"));
        }
        match state.status {
            Status::Planned => {
                let changes = state.changes + 1;
                Ok(vec![SessionEvent::Turned { status: Status::Cancelled, why, changes }])
            }
            Status::Closed => Err(Refusal::new(&faults::SESSION_CLOSED)),
            Status::Cancelled => Err(Refusal::new(&faults::SESSION_CANCELLED)),
        }
    }
}

/// Holds a cancelled session after all.
#[derive(Deserialize, JsonSchema)]
pub struct Revive {}

impl Command for Revive {
    type Record = Session;
    const VERB: &'static str = "session.revive";

    fn decide(self, state: &Session, _: &Situation<'_>) -> Result<Vec<SessionEvent>, Refusal> {
        if state.status != Status::Cancelled {
            return Err(Refusal::new(&faults::NOT_CANCELLED));
        }
        let changes = state.changes + 1;
        Ok(vec![SessionEvent::Turned { status: Status::Planned, why: String::new(), changes }])
    }
}

/// Says that everybody who came is counted. Marks that were made without a connection and arrive later still count.
#[derive(Deserialize, JsonSchema)]
pub struct Close {}

impl Command for Close {
    type Record = Session;
    const VERB: &'static str = "session.close";

    fn decide(self, state: &Session, situation: &Situation<'_>) -> Result<Vec<SessionEvent>, Refusal> {
        match state.status {
            Status::Cancelled => Err(Refusal::new(&faults::SESSION_CANCELLED)),
            Status::Closed => Ok(Vec::new()),
            Status::Planned if state.day > situation.today => {
                Err(Refusal::new(&faults::NOT_YET).with("day", state.day))
            }
            Status::Planned => {
                let why = String::new();
                Ok(vec![SessionEvent::Turned { status: Status::Closed, why, changes: state.changes }])
            }
        }
    }
}

/// Takes the closing back.
#[derive(Deserialize, JsonSchema)]
pub struct Reopen {}

impl Command for Reopen {
    type Record = Session;
    const VERB: &'static str = "session.reopen";

    fn decide(self, state: &Session, _: &Situation<'_>) -> Result<Vec<SessionEvent>, Refusal> {
        if state.status != Status::Closed {
            return Err(Refusal::new(&faults::NOT_CLOSED));
        }
        let why = String::new();
        Ok(vec![SessionEvent::Turned { status: Status::Planned, why, changes: state.changes }])
    }
}
