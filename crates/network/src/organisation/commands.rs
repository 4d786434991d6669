//! Making sure that what is written about an organisation still holds.

use jiff::civil::{Date, date};
use kernel::{Command, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Organisation, OrganisationEvent};
use crate::faults;

/// Nobody verified anything here before.
const FIRST: Date = date(2000, 1, 1);

/// Somebody called or went there: it all still holds.
#[derive(Deserialize, JsonSchema)]
pub struct Verify {
    /// When; today where no day is given.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    on: Option<Date>,
}

impl Command for Verify {
    type Record = Organisation;
    const VERB: &'static str = "organisation.verify";

    fn decide(
        self,
        state: &Organisation,
        situation: &Situation<'_>,
    ) -> Result<Vec<OrganisationEvent>, Refusal> {
        let on = self.on.unwrap_or(situation.today);
        if on < FIRST || on > situation.today {
            let refusal = Refusal::new(&faults::VERIFIED_DAY).with("first", FIRST);
            return Err(refusal.with("last", situation.today).at("on"));
        }
        // What a device that was offline reports late does not undo a later look.
        if state.verified_on.is_some_and(|known| known > on) {
            return Ok(Vec::new());
        }
        Ok(vec![OrganisationEvent::Verified { verified_on: on, verified_by: situation.actor.account }])
    }
}
