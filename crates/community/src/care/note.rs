//! What whoever looks after a child must know: allergies, medicine, whom to call.

use kernel::faults::text;
use kernel::{Field, Id, Label, Link, NoEvent, PersonId, Record, Refusal, Situation};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::faults;

/// Notes on a child's care, one record per child. Has no `Debug`: it names people and illnesses.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct CareNote {
    /// The child.
    pub child: PersonId,
    /// Allergies, medicine, what to do.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub health: String,
    /// Whom to call first.
    #[serde(default)]
    #[schemars(length(max = 80))]
    pub guardian: String,
    /// Their phone.
    #[serde(default)]
    #[schemars(length(max = 40))]
    pub phone: String,
}

/// The record of a child: written down twice, it is there once.
pub fn note_id(child: PersonId) -> Id {
    child.0.derive("care_note")
}

impl Record for CareNote {
    const NOUN: &'static str = "care_note";
    const FIELDS: &'static [Field] = &[
        Field::new("child", Label::Plain).fixed(),
        Field::new("health", Label::Health),
        Field::new("guardian", Label::Identity),
        Field::new("phone", Label::Contact),
    ];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn normalise(&mut self) {
        for words in [&mut self.health, &mut self.guardian, &mut self.phone] {
            *words = words.trim().to_owned();
        }
    }

    fn check(&self, situation: &Situation<'_>) -> Result<(), Refusal> {
        text("health", &self.health, 500)?;
        text("guardian", &self.guardian, 80)?;
        text("phone", &self.phone, 40)?;
        let expected = note_id(self.child);
        if situation.record != expected {
            return Err(Refusal::new(&faults::CARE_ID).with("expected", expected));
        }
        Ok(())
    }

    fn subject(&self, _: Id) -> Id {
        self.child.0
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::to("person", self.child)]
    }

    fn within(&self) -> Vec<Id> {
        vec![self.child.0]
    }
}
