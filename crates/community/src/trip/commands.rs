//! What is done on a day besides opening it.

use kernel::{Command, ConsentId, Link, PersonId, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Stage, TripDay, TripEvent};
use crate::faults;

fn open(state: &TripDay) -> Result<(), Refusal> {
    match state.stage {
        Stage::Open => Ok(()),
        Stage::Closed => Err(Refusal::new(&faults::TRIP_CLOSED)),
    }
}

/// What was written down, with a line more.
fn longer(log: &str, line: &str) -> String {
    let line = line.trim();
    match (log.is_empty(), line.is_empty()) {
        (_, true) => log.to_owned(),
        (true, false) => line.to_owned(),
        (false, false) => format!("{log}\n{line}"),
    }
}

/// Another child comes along: with a consent, and adults enough.
#[derive(Deserialize, JsonSchema)]
pub struct Join {
    /// The child.
    person: PersonId,
    /// Its consent.
    #[serde(default)]
    consent: Option<ConsentId>,
}

impl Command for Join {
    type Record = TripDay;
    const VERB: &'static str = "trip_day.join";

    fn links(&self) -> Vec<Link> {
        let consent = self.consent.map(|id| Link::to("consent", id));
        let all = [Link::to("person", self.person)].into_iter().chain(consent);
        all.map(Link::with_persons).collect()
    }

    fn decide(self, state: &TripDay, situation: &Situation<'_>) -> Result<Vec<TripEvent>, Refusal> {
        open(state)?;
        let mut after = state.clone();
        // Under whichever of its records the child is on the list already.
        let listed = |child: &&PersonId| situation.links.are_one(**child, self.person);
        match state.children.iter().find(listed) {
            Some(known) => after.gone.retain(|child| child != known),
            None => after.children.push(self.person),
        }
        after.consents.extend(self.consent.filter(|id| !state.consents.contains(id)));
        // Only the one who comes is looked at: a consent withdrawn since is no reason to leave a child behind.
        let lone = TripDay { consents: self.consent.into_iter().collect(), ..state.clone() };
        let mut lacking = lone.without_consent(&[self.person], situation.links);
        let without = lacking.len();
        let children = after.along().count();
        lacking.extend(after.too_few(children));
        if !lacking.is_empty() {
            let adults = super::state::adults_missing(children, after.grown(), after.children_per_adult);
            let refusal = Refusal::new(&faults::NOT_READY).with("without", without).with("adults", adults);
            return Err(Refusal { fields: lacking, ..refusal });
        }
        Ok(vec![TripEvent::Joined { children: after.children, consents: after.consents, gone: after.gone }])
    }
}

/// A child leaves before the end, with somebody of its family.
#[derive(Deserialize, JsonSchema)]
pub struct Leave {
    /// The child.
    person: PersonId,
    /// With whom and why.
    #[schemars(length(min = 1, max = 500))]
    words: String,
}

impl Command for Leave {
    type Record = TripDay;
    const VERB: &'static str = "trip_day.leave";

    fn decide(self, state: &TripDay, _: &Situation<'_>) -> Result<Vec<TripEvent>, Refusal> {
        open(state)?;
        if !state.along().any(|child| child == self.person) {
            return Err(Refusal::new(&faults::NOT_ALONG).at("person"));
        }
        kernel::faults::text("words", &self.words, 500)?;
        if self.words.trim().is_empty() {
            return Err(Refusal::new(&faults::TRIP_WORDS).at("words"));
        }
        let mut gone = state.gone.clone();
        gone.push(self.person);
        Ok(vec![TripEvent::Left { gone, log: longer(&state.log, &self.words) }])
    }
}

/// Everybody is back: the children are counted. Where one is not, it must be said where it is.
#[derive(Deserialize, JsonSchema)]
pub struct Close {
    /// The children who were counted back.
    #[schemars(length(max = 500))]
    back: Vec<PersonId>,
    /// What happened; where a child is that was not counted back.
    #[serde(default)]
    #[schemars(length(max = 1000))]
    words: String,
}

impl Command for Close {
    type Record = TripDay;
    const VERB: &'static str = "trip_day.close";

    fn decide(self, state: &TripDay, _: &Situation<'_>) -> Result<Vec<TripEvent>, Refusal> {
        open(state)?;
        kernel::faults::text("words", &self.words, 1_000)?;
        let missing = state.along().filter(|child| !self.back.contains(child)).count();
        if missing > 0 && self.words.trim().is_empty() {
            return Err(Refusal::new(&faults::NOT_BACK).with("missing", missing).at("back"));
        }
        let back = state.along().filter(|child| self.back.contains(child)).collect();
        Ok(vec![TripEvent::Ended { stage: Stage::Closed, back, log: longer(&state.log, &self.words) }])
    }
}
