//! What is done with a work: its file, its marks, who may open it, publishing and taking back.

use kernel::consent::{Given, Group, Purpose};
use kernel::{AccountId, Command, ConsentId, Id, Link, PersonId, Refusal, Situation};
use schemars::JsonSchema;
use serde::Deserialize;

use super::state::{Face, FileRef, Kind, MOST, Point, WHOLE, Work, WorkEvent};
use crate::faults;

/// Gives a work its file. The bytes were stored before, under the digest.
#[derive(Deserialize, JsonSchema)]
pub struct File {
    /// The file.
    file: FileRef,
}

impl Command for File {
    type Record = Work;
    const VERB: &'static str = "work.file";

    fn decide(self, state: &Work, situation: &Situation<'_>) -> Result<Vec<WorkEvent>, Refusal> {
        state.guard(situation.actor.account)?;
        if state.file.as_ref() == Some(&self.file) {
            return Ok(Vec::new());
        }
        if state.published_on.is_some() {
            return Err(Refusal::new(&faults::PUBLISHED));
        }
        if self.file.media.is_picture() != (state.kind == Kind::Photo) {
            return Err(Refusal::new(&faults::OTHER_KIND).at("file"));
        }
        let digest = self.file.digest.len() == 64 && self.file.digest.bytes().all(|b| b.is_ascii_hexdigit());
        if !digest {
            return Err(Refusal::new(&faults::DAMAGED).at("file"));
        }
        // Marks lie where faces were on the picture before.
        let faces = if state.kind == Kind::Photo { Vec::new() } else { state.faces.clone() };
        Ok(vec![WorkEvent::Filed { file: Some(self.file), faces }])
    }
}

/// Marks somebody, or changes a mark.
#[derive(Deserialize, JsonSchema)]
pub struct MarkFace {
    /// The mark: a new id, or that of the mark to change.
    face: Id,
    /// Where on the picture.
    #[serde(default)]
    at: Option<Point>,
    /// Who it is.
    #[serde(default)]
    person: Option<PersonId>,
    /// Nobody could tell who it is.
    #[serde(default)]
    unrecognisable: bool,
    /// What is known of somebody who is not on the register.
    #[serde(default)]
    #[schemars(length(max = 200))]
    words: String,
}

impl Command for MarkFace {
    type Record = Work;
    const VERB: &'static str = "work.mark_face";

    fn links(&self) -> Vec<Link> {
        self.person.map(|id| Link::to("person", id)).into_iter().collect()
    }

    fn decide(self, state: &Work, situation: &Situation<'_>) -> Result<Vec<WorkEvent>, Refusal> {
        state.guard(situation.actor.account)?;
        kernel::faults::text("words", &self.words, 200)?;
        let inside = self.at.is_some_and(|at| at.x <= WHOLE && at.y <= WHOLE);
        if inside != (state.kind == Kind::Photo) || (self.at.is_some() && !inside) {
            return Err(Refusal::new(&faults::PLACE).at("at"));
        }
        if self.unrecognisable && self.person.is_some() {
            return Err(Refusal::new(&faults::WHO).at("person"));
        }
        let face = Face {
            id: self.face,
            at: self.at,
            person: self.person,
            unrecognisable: self.unrecognisable,
            words: self.words.trim().to_owned(),
        };
        let mut faces = state.faces.clone();
        match faces.iter_mut().find(|known| known.id == face.id) {
            Some(known) => *known = face,
            None => faces.push(face),
        }
        if faces.len() > MOST {
            return Err(Refusal::new(&faults::TOO_MANY_FACES).with("most", MOST));
        }
        if faces == state.faces {
            return Ok(Vec::new());
        }
        Ok(vec![WorkEvent::Marked { faces }])
    }
}

/// Takes a mark away.
#[derive(Deserialize, JsonSchema)]
pub struct UnmarkFace {
    /// The mark.
    face: Id,
}

impl Command for UnmarkFace {
    type Record = Work;
    const VERB: &'static str = "work.unmark_face";

    fn decide(self, state: &Work, situation: &Situation<'_>) -> Result<Vec<WorkEvent>, Refusal> {
        state.guard(situation.actor.account)?;
        let mut faces = state.faces.clone();
        faces.retain(|face| face.id != self.face);
        if faces.len() == state.faces.len() {
            return Err(Refusal::new(&faults::NO_FACE));
        }
        Ok(vec![WorkEvent::Marked { faces }])
    }
}

/// Leaves a work to the members of a circle, or opens it to the staff again.
#[derive(Deserialize, JsonSchema)]
pub struct Restrict {
    /// The circle.
    #[serde(default)]
    circle: Option<Id>,
    /// Its members, who alone open it; nobody opens it to the staff.
    #[serde(default)]
    #[schemars(length(max = 100))]
    readers: Vec<AccountId>,
}

impl Command for Restrict {
    type Record = Work;
    const VERB: &'static str = "work.restrict";

    fn links(&self) -> Vec<Link> {
        self.circle.map(|id| Link::to("circle", id)).into_iter().collect()
    }

    fn decide(self, state: &Work, situation: &Situation<'_>) -> Result<Vec<WorkEvent>, Refusal> {
        state.guard(situation.actor.account)?;
        if state.published_on.is_some() {
            return Err(Refusal::new(&faults::PUBLISHED));
        }
        let mut readers = self.readers;
        readers.sort_unstable();
        readers.dedup();
        let after = Work { circle: self.circle, readers, ..state.clone() };
        after.check_readers(situation.links)?;
        if after.circle == state.circle && after.readers == state.readers {
            return Ok(Vec::new());
        }
        Ok(vec![WorkEvent::Restricted { circle: after.circle, readers: after.readers }])
    }
}

/// Publishes a work under the consents of everybody on it. That these are the consents of those people is what the server
/// has looked at before, in the ledger; here each must be one that can be acted on.
#[derive(Deserialize, JsonSchema)]
pub struct Publish {
    /// The consents.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub consents: Vec<ConsentId>,
    /// Somebody has looked, and there is nobody on it.
    #[serde(default)]
    pub nobody: bool,
}

impl Command for Publish {
    type Record = Work;
    const VERB: &'static str = "work.publish";

    fn links(&self) -> Vec<Link> {
        self.consents.iter().map(|id| Link::to("consent", *id)).collect()
    }

    fn decide(self, state: &Work, situation: &Situation<'_>) -> Result<Vec<WorkEvent>, Refusal> {
        state.guard(situation.actor.account)?;
        if state.published_on.is_some() {
            return Ok(Vec::new());
        }
        if state.file.is_none() {
            return Err(Refusal::new(&faults::NO_FILE));
        }
        if state.faces.is_empty() && !self.nobody {
            return Err(Refusal::new(&faults::NOBODY).at("nobody"));
        }
        let unknown = |face: &&Face| face.person.is_none() && !face.unrecognisable;
        if let Some(face) = state.faces.iter().find(unknown) {
            return Err(Refusal::new(&faults::UNKNOWN).at(&format!("faces.{}", face.id)));
        }
        let holds = |id: &ConsentId| {
            let given = situation.links.held(*id).and_then(Given::read);
            given.is_some_and(|given| {
                given.in_force(situation.today, Purpose::Photo)
                    && given.covers(Group::Image)
                    && given.organisation.is_none()
            })
        };
        if !self.consents.iter().all(holds) || (self.consents.is_empty() && !state.persons().is_empty()) {
            return Err(Refusal::new(&faults::CITED).at("consents"));
        }
        let mut cited = self.consents;
        cited.sort_unstable();
        cited.dedup();
        Ok(vec![WorkEvent::Published {
            published_on: Some(situation.today),
            published_by: Some(situation.actor.account),
            cited,
        }])
    }
}

/// Takes a work back from the public. Why is said as the command's reason.
#[derive(Deserialize, JsonSchema)]
pub struct Withdraw {}

impl Command for Withdraw {
    type Record = Work;
    const VERB: &'static str = "work.withdraw";

    fn decide(self, state: &Work, situation: &Situation<'_>) -> Result<Vec<WorkEvent>, Refusal> {
        if state.published_on.is_none() {
            return Err(Refusal::new(&faults::NOT_PUBLISHED));
        }
        Ok(vec![WorkEvent::Withdrawn {
            published_on: None,
            withdrawn_on: Some(situation.today),
            withdrawn_why: situation.reason.unwrap_or_default().trim().to_owned(),
        }])
    }
}
