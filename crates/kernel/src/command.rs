//! Commands: the envelope, the receipt, and what a verb declares on the line that registers it.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::access::{Actor, Roles};
use crate::held::Held;
use crate::ids::{AccountId, Id};
use crate::problem::{Problem, Refusal};
use crate::record::{Link, Object, Record};

/// A command as a device, a page, an import or another node sends it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Envelope {
    /// Makes the command idempotent: sent twice, it is done once.
    pub id: Id,
    /// `noun.verb`.
    #[schemars(length(max = 60))]
    pub verb: String,
    /// The record it is about; a new id for a verb that makes one.
    pub record: Id,
    /// The version that the sender saw; `null` where it does not matter.
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub base: Option<i64>,
    /// When it was done, by the device's clock.
    #[schemars(with = "String", extend("format" = "date-time"))]
    pub at: Timestamp,
    /// Which device.
    #[serde(default)]
    #[schemars(length(max = 120))]
    pub device: String,
    /// Commands of one bundle are stored together or not at all.
    #[serde(default)]
    pub bundle: Option<Id>,
    /// Why, for verbs that ask.
    #[serde(default)]
    #[schemars(length(max = 2000))]
    pub reason: Option<String>,
    /// What the verb takes.
    #[serde(default)]
    #[schemars(with = "serde_json::Map<String, Value>")]
    pub body: Value,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Stored.
    Applied,
    /// Stored before under this id; nothing changed now.
    AlreadyApplied,
    /// Not stored; the problem says why.
    Refused,
    /// Stored, but at least one field had changed since the base version: that value was set aside.
    Conflict,
}

/// What became of a command.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// The command's id.
    pub id: Id,
    /// How it ended.
    pub outcome: Outcome,
    /// Its place in the site's journal.
    pub position: Option<i64>,
    /// The record's version after it.
    pub version: Option<i64>,
    /// Why it was refused, or what to know besides.
    pub problem: Option<Problem>,
    /// Fields whose value was set aside.
    pub set_aside: Vec<String>,
}

/// What a decision may know: who, when, and the records that the command names. No ambient time, ids or chance.
#[derive(Debug)]
pub struct Situation<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The server's time.
    pub now: Timestamp,
    /// When it was done, corrected for a wrong device clock.
    pub at: Timestamp,
    /// Today at the site.
    pub today: Date,
    /// The place in the site's journal that the command takes if it is stored: who came first.
    pub position: i64,
    /// The command's id; further ids derive from it.
    pub command: Id,
    /// The record's id.
    pub record: Id,
    /// Who made the record; the actor where it is being made.
    pub made_by: AccountId,
    /// `noun.verb`.
    pub verb: &'a str,
    /// Why, where the sender said so.
    pub reason: Option<&'a str>,
    /// The records named by [`Command::links`] and [`Record::links`].
    pub links: &'a Linked,
}

/// Records that a command names, as they stand.
#[derive(Default)]
pub struct Linked(pub HashMap<Id, Arc<Held>>);

impl std::fmt::Debug for Linked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Linked {
    /// The state of a linked record, if it is an `R`.
    pub fn get<R: Record>(&self, id: impl Into<Id>) -> Option<&R> {
        self.0.get(&id.into()).and_then(|held| held.state.as_any().downcast_ref())
    }

    /// A linked record with everything that is kept about it.
    pub fn held(&self, id: impl Into<Id>) -> Option<&Held> {
        self.0.get(&id.into()).map(Arc::as_ref)
    }

    /// The record that stands for this one: itself, unless it is a duplicate. A record that was withdrawn stands for
    /// nobody. Known for those that came along with a link of [`Link::with_persons`].
    pub fn stands_for(&self, id: impl Into<Id>) -> Id {
        let mut id = id.into();
        // A record is merged only into one that is not, so that there is no circle; a damaged one must not hang.
        for _ in 0..self.0.len() {
            match self.held(id).and_then(|held| held.state.duplicate_of()) {
                Some(next) if self.held(next).is_some_and(Held::is_live) => id = next,
                _ => break,
            }
        }
        id
    }

    /// Whether two records are of one.
    pub fn are_one(&self, one: impl Into<Id>, other: impl Into<Id>) -> bool {
        self.stands_for(one) == self.stands_for(other)
    }
}

/// A verb with a decision of its own.
pub trait Command: DeserializeOwned + JsonSchema + 'static {
    /// The record it changes.
    type Record: Record;
    /// `noun.verb`.
    const VERB: &'static str;

    /// Further records that the decision must see.
    fn links(&self) -> Vec<Link> {
        Vec::new()
    }

    /// The decision: pure, events or a refusal.
    fn decide(
        self,
        state: &Self::Record,
        situation: &Situation<'_>,
    ) -> Result<Vec<<Self::Record as Record>::Event>, Refusal>;
}

/// What a verb does to its record.
#[derive(Clone, Copy)]
pub enum Action {
    /// Makes a record from the fields in the body.
    Create,
    /// Sets fields; edits made apart merge or conflict.
    Amend,
    /// Settles one conflict: takes the value set aside, or keeps the other.
    Settle,
    /// Withdraws the record; it can be restored.
    Retract,
    /// Takes a withdrawal back.
    Restore,
    /// Destroys the subject's data key.
    Erase,
    /// A decision of its own.
    Own {
        /// The links named by the body.
        links: fn(&Value) -> Result<Vec<Link>, String>,
        /// The decision, as event objects.
        decide: fn(&Held, Value, &Situation<'_>) -> Result<Vec<Object>, Refusal>,
        /// JSON schema of the body.
        schema: fn() -> schemars::Schema,
    },
}

/// One line of a manifest: a verb with all that is needed to know about it.
#[derive(Clone, Copy)]
pub struct CommandDef {
    /// `noun.verb`.
    pub verb: &'static str,
    /// The noun of the record.
    pub noun: &'static str,
    /// What it does.
    pub action: Action,
    /// Who may.
    pub roles: Roles,
    /// Whether a reason is asked for.
    pub reason: bool,
    /// Whether a device may do it offline.
    pub offline: bool,
}

impl CommandDef {
    const fn new(verb: &'static str, noun: &'static str, action: Action) -> Self {
        Self { verb, noun, action, roles: Roles::NOBODY, reason: false, offline: false }
    }

    /// A verb that makes an `R`.
    pub const fn create<R: Record>(verb: &'static str) -> Self {
        Self::new(verb, R::NOUN, Action::Create)
    }

    /// A verb that sets fields of an `R`.
    pub const fn amend<R: Record>(verb: &'static str) -> Self {
        Self::new(verb, R::NOUN, Action::Amend)
    }

    /// A verb that settles a conflict of an `R`.
    pub const fn settle<R: Record>(verb: &'static str) -> Self {
        Self::new(verb, R::NOUN, Action::Settle)
    }

    /// A verb that withdraws an `R`.
    pub const fn retract<R: Record>(verb: &'static str) -> Self {
        Self::new(verb, R::NOUN, Action::Retract)
    }

    /// A verb that restores a withdrawn `R`.
    pub const fn restore<R: Record>(verb: &'static str) -> Self {
        Self::new(verb, R::NOUN, Action::Restore)
    }

    /// A verb that erases the personal data of an `R`.
    pub const fn erase<R: Record>(verb: &'static str) -> Self {
        Self::new(verb, R::NOUN, Action::Erase)
    }

    /// A verb with a decision of its own.
    pub const fn own<C: Command>() -> Self {
        let action = Action::Own { links: links_of::<C>, decide: decide_of::<C>, schema: schema_of::<C> };
        Self::new(C::VERB, <C::Record as Record>::NOUN, action)
    }

    /// Who may.
    #[must_use]
    pub const fn by(mut self, roles: Roles) -> Self {
        self.roles = roles;
        self
    }

    /// A reason is asked for.
    #[must_use]
    pub const fn with_reason(mut self) -> Self {
        self.reason = true;
        self
    }

    /// A device may do it offline.
    #[must_use]
    pub const fn works_offline(mut self) -> Self {
        self.offline = true;
        self
    }
}

fn links_of<C: Command>(body: &Value) -> Result<Vec<Link>, String> {
    C::deserialize(body).map(|command| command.links()).map_err(|error| error.to_string())
}

fn decide_of<C: Command>(
    held: &Held,
    body: Value,
    situation: &Situation<'_>,
) -> Result<Vec<Object>, Refusal> {
    let bad = |why: String| {
        Refusal::new(&crate::faults::BAD_BODY).with("field", "body").with("why", why).at("body")
    };
    let command: C = serde_json::from_value(body).map_err(|error| bad(error.to_string()))?;
    let state = held
        .state
        .as_any()
        .downcast_ref::<C::Record>()
        .ok_or_else(|| Refusal::new(&crate::faults::UNKNOWN_RECORD))?;
    let events = command.decide(state, situation)?;
    events
        .iter()
        .map(|event| match serde_json::to_value(event) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(bad("an event must be an object".into())),
            Err(error) => Err(bad(error.to_string())),
        })
        .collect()
}

fn schema_of<C: Command>() -> schemars::Schema {
    schemars::generate::SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator()
        .into_root_schema_for::<C>()
}
