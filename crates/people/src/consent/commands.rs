//! Taking a consent back.

use jiff::civil::Date;
use kernel::{Command, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Consent, ConsentEvent};
use crate::faults;

/// Somebody takes it back. Why is said as the command's reason.
#[derive(Deserialize, JsonSchema)]
pub struct Withdraw {
    /// From which day; today where none is given.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    on: Option<Date>,
}

impl Command for Withdraw {
    type Record = Consent;
    const VERB: &'static str = "consent.withdraw";

    fn decide(self, state: &Consent, situation: &Situation<'_>) -> Result<Vec<ConsentEvent>, Refusal> {
        if state.withdrawn_on.is_some() {
            return Err(Refusal::new(&faults::WITHDRAWN));
        }
        let on = self.on.unwrap_or(situation.today);
        if on < state.given_on || on > situation.today {
            let refusal = Refusal::new(&faults::CONSENT_DAY).with("first", state.given_on);
            return Err(refusal.with("last", situation.today).at("on"));
        }
        let why = situation.reason.unwrap_or_default().trim().to_owned();
        Ok(vec![ConsentEvent::Withdrawn { withdrawn_on: on, withdrawn_why: why }])
    }
}
