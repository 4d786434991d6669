//! Stand-ins for the people that other contexts link to, so that a context's tests need no other context: a person
//! with a name, and a household.

use kernel::{CommandDef, Field, Label, Manifest, NoEvent, Record, RecordDef, Roles};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A person of the stand-in.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Person {
    /// The name.
    #[serde(default)]
    pub name: String,
}

impl Record for Person {
    const NOUN: &'static str = "person";
    const FIELDS: &'static [Field] = &[Field::new("name", Label::Identity)];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }
}

/// A household of the stand-in.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Household {
    /// The number.
    #[serde(default)]
    pub number: String,
}

impl Record for Household {
    const NOUN: &'static str = "household";
    const FIELDS: &'static [Field] = &[Field::new("number", Label::Plain)];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }
}

/// `person.create`, `person.retract`, `person.erase` and `household.create`.
pub fn people() -> Manifest {
    Manifest {
        context: "people",
        records: vec![RecordDef::of::<Person>(), RecordDef::of::<Household>()],
        commands: vec![
            CommandDef::create::<Person>("person.create").by(Roles::HELPERS),
            CommandDef::retract::<Person>("person.retract").by(Roles::STAFF),
            CommandDef::erase::<Person>("person.erase").by(Roles::MANAGER),
            CommandDef::create::<Household>("household.create").by(Roles::HELPERS),
        ],
        statements: Vec::new(),
        tables: Vec::new(),
        migrations: &[],
        problems: &[],
    }
}
