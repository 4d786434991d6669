//! Stand-ins for the records that other contexts link to, so that a context's tests need no other context: a person
//! with a name, a household, a consent; an organisation with a service.

use jiff::civil::Date;
use kernel::consent::{Group, OwnAnswer, Purpose};
use kernel::{
    CommandDef, Field, Id, Label, Manifest, NoEvent, OrganisationId, PersonId, Record, RecordDef, Roles,
};
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

/// A consent of the stand-in: the fields that [`kernel::consent::Given`] reads.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Consent {
    /// About whom.
    pub person: PersonId,
    /// What for.
    #[serde(default)]
    pub purpose: Purpose,
    /// What it covers.
    #[serde(default)]
    pub fields: Vec<Group>,
    /// The only organisation it is for.
    #[serde(default)]
    pub organisation: Option<OrganisationId>,
    /// What the child said itself.
    #[serde(default)]
    pub own_answer: OwnAnswer,
    /// First day.
    #[schemars(with = "String")]
    pub given_on: Date,
    /// Last day.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub expires_on: Option<Date>,
    /// From this day on it is withdrawn.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub withdrawn_on: Option<Date>,
}

impl Record for Consent {
    const NOUN: &'static str = "consent";
    const FIELDS: &'static [Field] = &[
        Field::new("person", Label::Plain),
        Field::new("purpose", Label::Plain),
        Field::new("fields", Label::Plain),
        Field::new("organisation", Label::Plain),
        Field::new("own_answer", Label::Minor),
        Field::new("given_on", Label::Plain),
        Field::new("expires_on", Label::Plain),
        Field::new("withdrawn_on", Label::Plain),
    ];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }

    fn subject(&self, _: Id) -> Id {
        self.person.0
    }

    fn within(&self) -> Vec<Id> {
        vec![self.person.0]
    }
}

/// An organisation of the stand-in.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Organisation {
    /// The name.
    #[serde(default)]
    pub name: String,
}

impl Record for Organisation {
    const NOUN: &'static str = "organisation";
    const FIELDS: &'static [Field] = &[Field::new("name", Label::Plain)];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }
}

/// A service of the stand-in.
#[derive(Clone, Default, Serialize, Deserialize, JsonSchema)]
pub struct Service {
    /// What it is.
    #[serde(default)]
    pub what: String,
}

impl Record for Service {
    const NOUN: &'static str = "service";
    const FIELDS: &'static [Field] = &[Field::new("what", Label::Plain)];
    type Event = NoEvent;

    fn apply(&mut self, event: NoEvent) {
        match event {}
    }
}

/// `organisation.add` and `service.add`.
pub fn network() -> Manifest {
    Manifest {
        context: "network",
        records: vec![RecordDef::of::<Organisation>(), RecordDef::of::<Service>()],
        commands: vec![
            CommandDef::create::<Organisation>("organisation.add").by(Roles::STAFF),
            CommandDef::create::<Service>("service.add").by(Roles::STAFF),
        ],
        statements: Vec::new(),
        tables: Vec::new(),
        rollups: kernel::Rollups::NONE,
        migrations: &[],
        problems: &[],
    }
}

/// `person.create`, `person.retract`, `person.erase`, `household.create`; `consent.record`, `consent.amend` and
/// `consent.retract`.
pub fn people() -> Manifest {
    Manifest {
        context: "people",
        records: vec![RecordDef::of::<Person>(), RecordDef::of::<Household>(), RecordDef::of::<Consent>()],
        commands: vec![
            CommandDef::create::<Person>("person.create").by(Roles::HELPERS),
            CommandDef::retract::<Person>("person.retract").by(Roles::STAFF),
            CommandDef::erase::<Person>("person.erase").by(Roles::MANAGER),
            CommandDef::create::<Household>("household.create").by(Roles::HELPERS),
            CommandDef::create::<Consent>("consent.record").by(Roles::HELPERS),
            CommandDef::amend::<Consent>("consent.amend").by(Roles::HELPERS),
            CommandDef::retract::<Consent>("consent.retract").by(Roles::STAFF),
        ],
        statements: Vec::new(),
        tables: Vec::new(),
        rollups: kernel::Rollups::NONE,
        migrations: &[],
        problems: &[],
    }
}
