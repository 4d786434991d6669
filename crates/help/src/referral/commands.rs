//! What becomes of a referral.

use jiff::Timestamp;
use kernel::consent::{Given, Purpose};
use kernel::{Command, ConsentId, Refusal, RequestId, Role, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::link::Link;
use super::state::{Answered, Referral, ReferralEvent, Reply, Status, Via};
use crate::faults;

fn open(state: &Referral) -> Result<(), Refusal> {
    if state.status.is_open() { Ok(()) } else { Err(Refusal::new(&faults::REFERRAL_CLOSED)) }
}

/// Makes a link for the partner; one made before opens nothing any more.
#[derive(Deserialize, JsonSchema)]
pub struct OpenLink {
    /// What is kept of it.
    link: Link,
    /// The consent that it cites, which must be in force.
    consent: ConsentId,
}

impl Command for OpenLink {
    type Record = Referral;
    const VERB: &'static str = "referral.open_link";

    fn links(&self) -> Vec<kernel::Link> {
        vec![kernel::Link::to("consent", self.consent)]
    }

    fn decide(self, state: &Referral, situation: &Situation<'_>) -> Result<Vec<ReferralEvent>, Refusal> {
        open(state)?;
        if !self.link.is_sound() {
            return Err(Refusal::new(&faults::LINK_SHAPE).at("link"));
        }
        let given = situation.links.held(state.consent).and_then(Given::read);
        if !given.is_some_and(|given| given.in_force(situation.today, Purpose::Referral)) {
            return Err(Refusal::new(&faults::CONSENT).at("consent"));
        }
        Ok(vec![ReferralEvent::Opened { link: Some(self.link) }])
    }
}

/// The partner's answer: by the link, or from a slip or a call.
#[derive(Deserialize, JsonSchema)]
pub struct TakeAnswer {
    /// What it answers.
    answer: Answered,
    /// In words: why it declines, what came of it.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    words: String,
    /// How it came; by link whenever the partner itself answers.
    #[serde(default)]
    via: Via,
}

impl Command for TakeAnswer {
    type Record = Referral;
    const VERB: &'static str = "referral.answer";

    fn decide(self, state: &Referral, situation: &Situation<'_>) -> Result<Vec<ReferralEvent>, Refusal> {
        let partner = situation.actor.role == Role::Partner;
        let via = match (partner, self.via) {
            (true, _) => Via::Link,
            (false, Via::Link) => Via::Call,
            (false, via) => via,
        };
        if partner && state.link.as_ref().is_none_or(|link| situation.now >= link.until) {
            return Err(Refusal::new(&faults::LINK_OVER));
        }
        let status = match (state.status, self.answer) {
            (Status::Sent, Answered::Accepted) => Status::Accepted,
            (Status::Sent | Status::Accepted, Answered::Declined) => Status::Declined,
            (Status::Sent | Status::Accepted, Answered::Done) => Status::Done,
            (Status::Accepted, Answered::Accepted) => return Err(Refusal::new(&faults::ACCEPTED)),
            _ => return Err(Refusal::new(&faults::REFERRAL_CLOSED)),
        };
        let words = self.words.trim().to_owned();
        if words.is_empty() && self.answer != Answered::Accepted {
            return Err(Refusal::new(&faults::ANSWER_WORDS).at("words"));
        }
        let reply = Reply { answer: self.answer, words, via, at: situation.at };
        let replies = state.replies.iter().cloned().chain([reply]).collect();
        Ok(vec![ReferralEvent::Answered { status, replies, answered_on: Some(situation.today) }])
    }
}

/// No answer came, and none is waited for any more.
#[derive(Deserialize, JsonSchema)]
pub struct GiveUp {}

impl Command for GiveUp {
    type Record = Referral;
    const VERB: &'static str = "referral.give_up";

    fn decide(self, state: &Referral, situation: &Situation<'_>) -> Result<Vec<ReferralEvent>, Refusal> {
        match state.status {
            Status::Sent => Ok(vec![closed(Status::Unanswered, situation)]),
            Status::Accepted => Err(Refusal::new(&faults::ACCEPTED)),
            _ => Err(Refusal::new(&faults::REFERRAL_CLOSED)),
        }
    }
}

/// It is taken back: not wanted any more, sent to the wrong place, the consent withdrawn.
#[derive(Deserialize, JsonSchema)]
pub struct Cancel {}

impl Command for Cancel {
    type Record = Referral;
    const VERB: &'static str = "referral.cancel";

    fn decide(self, state: &Referral, situation: &Situation<'_>) -> Result<Vec<ReferralEvent>, Refusal> {
        open(state)?;
        Ok(vec![closed(Status::Cancelled, situation)])
    }
}

fn closed(status: Status, situation: &Situation<'_>) -> ReferralEvent {
    ReferralEvent::Closed { status, closed_why: situation.reason.unwrap_or_default().trim().to_owned() }
}

/// It goes on: it was closed, or an answer was entered, by mistake. Answers stay.
#[derive(Deserialize, JsonSchema)]
pub struct Reopen {}

impl Command for Reopen {
    type Record = Referral;
    const VERB: &'static str = "referral.reopen";

    fn decide(self, state: &Referral, _: &Situation<'_>) -> Result<Vec<ReferralEvent>, Refusal> {
        if state.status.is_open() {
            return Err(Refusal::new(&faults::REFERRAL_OPEN));
        }
        Ok(vec![ReferralEvent::Closed { status: Status::Sent, closed_why: String::new() }])
    }
}

/// Notes the request that sees to what follows.
#[derive(Deserialize, JsonSchema)]
pub struct FollowUp {
    /// The request.
    request: RequestId,
}

impl Command for FollowUp {
    type Record = Referral;
    const VERB: &'static str = "referral.follow_up";

    fn links(&self) -> Vec<kernel::Link> {
        vec![kernel::Link::to("request", self.request)]
    }

    fn decide(self, _: &Referral, _: &Situation<'_>) -> Result<Vec<ReferralEvent>, Refusal> {
        Ok(vec![ReferralEvent::Followed { follow_up: Some(self.request) }])
    }
}

/// Whether the link is still of use at that moment.
pub(super) fn link_opens(state: &Referral, now: Timestamp) -> bool {
    state.status.is_open() && state.link.as_ref().is_some_and(|link| now < link.until)
}
