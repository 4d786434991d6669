//! What becomes of a need.

use kernel::{Command, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Need, NeedEvent, Status};
use crate::faults;

/// Somebody was asked to see to it. Said twice it stays so: two requests may serve one need.
#[derive(Deserialize, JsonSchema)]
pub struct Ask {}

impl Command for Ask {
    type Record = Need;
    const VERB: &'static str = "need.ask";

    fn decide(self, state: &Need, _: &Situation<'_>) -> Result<Vec<NeedEvent>, Refusal> {
        match state.status {
            Status::Asked => Ok(Vec::new()),
            Status::Heard | Status::Dismissed => Ok(vec![NeedEvent::Moved { status: Status::Asked }]),
        }
    }
}

/// Puts it aside: it passed, or was none.
#[derive(Deserialize, JsonSchema)]
pub struct Dismiss {}

impl Command for Dismiss {
    type Record = Need;
    const VERB: &'static str = "need.dismiss";

    fn decide(self, state: &Need, _: &Situation<'_>) -> Result<Vec<NeedEvent>, Refusal> {
        match state.status {
            Status::Heard => Ok(vec![NeedEvent::Moved { status: Status::Dismissed }]),
            Status::Asked | Status::Dismissed => Err(Refusal::new(&faults::NOT_OPEN)),
        }
    }
}

/// Opens it again: what was asked came to nothing, or it was put aside too early.
#[derive(Deserialize, JsonSchema)]
pub struct Reopen {}

impl Command for Reopen {
    type Record = Need;
    const VERB: &'static str = "need.reopen";

    fn decide(self, state: &Need, _: &Situation<'_>) -> Result<Vec<NeedEvent>, Refusal> {
        match state.status {
            Status::Heard => Err(Refusal::new(&faults::IS_OPEN)),
            Status::Asked | Status::Dismissed => Ok(vec![NeedEvent::Moved { status: Status::Heard }]),
        }
    }
}
