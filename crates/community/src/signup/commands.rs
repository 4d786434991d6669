//! What is done to a sign-up besides making it.

use kernel::{Command, Link, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{SignUp, SignUpEvent, check_heads, check_held};
use crate::faults;
use crate::session::Session;

fn standing(state: &SignUp) -> Result<(), Refusal> {
    if state.cancelled { Err(Refusal::new(&faults::SIGNUP_CANCELLED)) } else { Ok(()) }
}

/// Fewer come than were signed up. More are a sign-up of their own, at the end of the line.
#[derive(Deserialize, JsonSchema)]
pub struct Lessen {
    /// Adults.
    #[schemars(range(min = 0, max = 200))]
    adults: u32,
    /// Children.
    #[schemars(range(min = 0, max = 200))]
    children: u32,
}

impl Command for Lessen {
    type Record = SignUp;
    const VERB: &'static str = "signup.lessen";

    fn decide(self, state: &SignUp, _: &Situation<'_>) -> Result<Vec<SignUpEvent>, Refusal> {
        standing(state)?;
        check_heads(self.adults, self.children)?;
        if self.adults.saturating_add(self.children) > state.heads() {
            return Err(Refusal::new(&faults::NOT_MORE).with("heads", state.heads()).at("adults"));
        }
        Ok(vec![SignUpEvent::Lessened { adults: self.adults, children: self.children }])
    }
}

/// They do not come; the next in line move up by themselves.
#[derive(Deserialize, JsonSchema)]
pub struct Cancel {}

impl Command for Cancel {
    type Record = SignUp;
    const VERB: &'static str = "signup.cancel";

    fn decide(self, state: &SignUp, _: &Situation<'_>) -> Result<Vec<SignUpEvent>, Refusal> {
        standing(state)?;
        Ok(vec![SignUpEvent::Withdrawn { cancelled: true, admitted: false, came: false }])
    }
}

/// They come after all, at the end of the line.
#[derive(Deserialize, JsonSchema)]
pub struct Renew {
    /// The session, so that it is seen whether it is held.
    session: kernel::Id,
}

impl Command for Renew {
    type Record = SignUp;
    const VERB: &'static str = "signup.renew";

    fn links(&self) -> Vec<Link> {
        vec![Link::to("session", self.session)]
    }

    fn decide(self, state: &SignUp, situation: &Situation<'_>) -> Result<Vec<SignUpEvent>, Refusal> {
        if !state.cancelled {
            return Err(Refusal::new(&faults::SIGNUP_STANDS));
        }
        let session = situation.links.get::<Session>(self.session).filter(|_| self.session == state.session);
        let session = session.ok_or_else(|| Refusal::new(&kernel::faults::UNKNOWN_RECORD).at("session"))?;
        check_held(session)?;
        let place = Some(situation.position);
        Ok(vec![SignUpEvent::Renewed { cancelled: false, place, told: session.changes }])
    }
}

/// Lets them in though it is full; the reason stands in the journal.
#[derive(Deserialize, JsonSchema)]
pub struct Admit {}

impl Command for Admit {
    type Record = SignUp;
    const VERB: &'static str = "signup.admit";

    fn decide(self, state: &SignUp, _: &Situation<'_>) -> Result<Vec<SignUpEvent>, Refusal> {
        standing(state)?;
        Ok(vec![SignUpEvent::Admitted { admitted: true }])
    }
}

/// They are here. Who is here is counted by the marks of the roll, which are made beside this.
#[derive(Deserialize, JsonSchema)]
pub struct Come {}

impl Command for Come {
    type Record = SignUp;
    const VERB: &'static str = "signup.come";

    fn decide(self, state: &SignUp, _: &Situation<'_>) -> Result<Vec<SignUpEvent>, Refusal> {
        standing(state)?;
        Ok(vec![SignUpEvent::Arrived { came: true }])
    }
}

/// They are not here after all.
#[derive(Deserialize, JsonSchema)]
pub struct Stay {}

impl Command for Stay {
    type Record = SignUp;
    const VERB: &'static str = "signup.stay";

    fn decide(self, state: &SignUp, _: &Situation<'_>) -> Result<Vec<SignUpEvent>, Refusal> {
        if !state.came {
            return Err(Refusal::new(&faults::NOT_HERE));
        }
        Ok(vec![SignUpEvent::Arrived { came: false }])
    }
}

/// They were told what changed.
#[derive(Deserialize, JsonSchema)]
pub struct Tell {
    /// Of how many changes of the session.
    #[schemars(range(min = 0))]
    told: u32,
}

impl Command for Tell {
    type Record = SignUp;
    const VERB: &'static str = "signup.tell";

    fn decide(self, state: &SignUp, _: &Situation<'_>) -> Result<Vec<SignUpEvent>, Refusal> {
        // Told of less than they knew: nothing is forgotten.
        Ok(vec![SignUpEvent::Told { told: self.told.max(state.told) }])
    }
}
