//! How a request ends, and goes on.

use jiff::civil::Date;
use kernel::{Command, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Request, RequestEvent, Status};
use crate::faults;

/// It was done.
#[derive(Deserialize, JsonSchema)]
pub struct Finish {
    /// What came of it.
    #[schemars(length(min = 1, max = 2000))]
    outcome: String,
    /// When somebody should ask how it went on.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    follow_up: Option<Date>,
}

impl Command for Finish {
    type Record = Request;
    const VERB: &'static str = "request.finish";

    fn decide(self, state: &Request, _: &Situation<'_>) -> Result<Vec<RequestEvent>, Refusal> {
        close(state, Status::Done, &self.outcome, self.follow_up)
    }
}

/// It was given up.
#[derive(Deserialize, JsonSchema)]
pub struct Drop {
    /// What came of it.
    #[schemars(length(min = 1, max = 2000))]
    outcome: String,
}

impl Command for Drop {
    type Record = Request;
    const VERB: &'static str = "request.drop";

    fn decide(self, state: &Request, _: &Situation<'_>) -> Result<Vec<RequestEvent>, Refusal> {
        close(state, Status::Dropped, &self.outcome, None)
    }
}

fn close(
    state: &Request,
    status: Status,
    outcome: &str,
    follow_up: Option<Date>,
) -> Result<Vec<RequestEvent>, Refusal> {
    if state.status != Status::Open {
        return Err(Refusal::new(&faults::NOT_OPEN));
    }
    let outcome = outcome.trim().to_owned();
    if outcome.is_empty() {
        return Err(Refusal::new(&faults::OUTCOME).at("outcome"));
    }
    Ok(vec![RequestEvent::Closed { status, outcome, follow_up }])
}

/// It goes on. What was said of its outcome stays until it is closed again.
#[derive(Deserialize, JsonSchema)]
pub struct Reopen {}

impl Command for Reopen {
    type Record = Request;
    const VERB: &'static str = "request.reopen";

    fn decide(self, state: &Request, _: &Situation<'_>) -> Result<Vec<RequestEvent>, Refusal> {
        if state.status == Status::Open {
            return Err(Refusal::new(&faults::IS_OPEN));
        }
        Ok(vec![RequestEvent::Reopened { status: Status::Open }])
    }
}

/// Somebody asked how it went on after it was done.
#[derive(Deserialize, JsonSchema)]
pub struct FollowUp {
    /// What was heard.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    words: String,
}

impl Command for FollowUp {
    type Record = Request;
    const VERB: &'static str = "request.follow_up";

    fn decide(self, state: &Request, _: &Situation<'_>) -> Result<Vec<RequestEvent>, Refusal> {
        if state.status == Status::Open || state.follow_up.is_none() {
            return Err(Refusal::new(&faults::NO_FOLLOW_UP));
        }
        Ok(vec![RequestEvent::Followed { followed: true, follow_words: self.words.trim().to_owned() }])
    }
}
